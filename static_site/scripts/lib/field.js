/**
 * Gives a field another text and selection as somebody would by typing, so that the browser's own undo takes it back. Only
 * what differs is replaced. The field gets the focus, and an `input` event if its text is another one.
 */
export function putText(field, { text, start, end = start }) {
  const before = field.value;
  const shorter = Math.min(before.length, text.length);
  let same = 0;
  while (same < shorter && before[same] === text[same]) same += 1;
  let after = 0;
  while (after < shorter - same && before.at(-1 - after) === text.at(-1 - after)) after += 1;
  const insertion = text.slice(same, text.length - after);
  field.focus();
  if (before !== text) {
    field.setSelectionRange(same, before.length - after);
    const typed = document.execCommand(...(insertion === "" ? ["delete"] : ["insertText", false, insertion]));
    if (!typed || field.value !== text) {
      field.value = text; // without undo
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  field.setSelectionRange(start, end);
}
