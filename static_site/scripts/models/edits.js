/**
 * A text with edits made, `{at, remove, insert, opens}` each, and with its selection where it belongs: what is inserted at the
 * selection's start and `opens` stands before it, all else at its end behind it.
 */
export function edited({ text, start, end }, edits) {
  const ordered = edits.map((edit, order) => ({ remove: 0, insert: "", opens: false, order, ...edit })).toSorted((one, other) => one.at - other.at || one.order - other.order);
  let [made, done] = ["", 0];
  for (const { at, remove, insert } of ordered) {
    made += text.slice(done, Math.max(done, at)) + insert;
    done = Math.max(done, at + remove);
  }
  return { text: made + text.slice(done), start: moved(start, ordered), end: moved(end, ordered) };
}

function moved(place, edits) {
  let by = 0;
  for (const { at, remove, insert, opens } of edits) {
    if (at > place || (at === place && insert !== "" && !opens)) continue;
    by += insert.length - Math.min(remove, place - at);
  }
  return place + by;
}
