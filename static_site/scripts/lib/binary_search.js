/** The first index for which `test(item)` holds, in a list in which it holds for every later item too; its length if for none. */
export function firstIndex(list, test) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(list[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
