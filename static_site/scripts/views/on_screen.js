const FIRST_LINE_PX = 24; // so much of a message is on the screen before it counts as seen

/** The newest message of which at least the first line is on the screen, by its `seq`; null if there is none. */
export function newestOnScreen(scroller, rows) {
  const bottom = scroller.getBoundingClientRect().bottom - FIRST_LINE_PX;
  const elements = rows.children;
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (elements[middle].getBoundingClientRect().top <= bottom) low = middle + 1;
    else high = middle;
  }
  let row = elements[low - 1] ?? null;
  while (row && !row.dataset.seq) row = row.previousElementSibling;
  return row ? Number(row.dataset.seq) : null;
}

/** Where an element is: -1 above what the scroller shows, 0 in sight, 1 below. */
export function sideOf(scroller, element) {
  const [shown, box] = [scroller.getBoundingClientRect(), element.getBoundingClientRect()];
  if (box.bottom < shown.top) return -1;
  return box.top > shown.bottom ? 1 : 0;
}
