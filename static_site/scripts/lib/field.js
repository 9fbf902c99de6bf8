/**
 * Gives a field another text and selection as somebody would by typing, so that the browser's own undo takes it back. Only
 * what differs is replaced. The field gets the focus, and an `input` event if its text is another one.
 */
export function putText(field, { text, start, end = start }) {
  const before = field.value;
  const { from, to, words } = difference(before, text);
  field.focus();
  if (before !== text) {
    field.setSelectionRange(from, to);
    const typed = document.execCommand(...(words === "" ? ["delete"] : ["insertText", false, words]));
    if (!typed || field.value !== text) {
      field.value = text; // without undo
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  field.setSelectionRange(start, end);
}

/** What makes another text of one: `words` in the place of what stands there between two offsets. */
export function difference(before, text) {
  const shorter = Math.min(before.length, text.length);
  let from = 0;
  while (from < shorter && before[from] === text[from]) from += 1;
  let behind = 0;
  while (behind < shorter - from && before.at(-1 - behind) === text.at(-1 - behind)) behind += 1;
  return { from, to: before.length - behind, words: text.slice(from, text.length - behind) };
}
