// What stands beside a mark of emphasis, and what is between two, for them to be marks: a character, or nothing.

const WIDE = String.raw`\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f\uff00-\uffef\ud800-\udfff`; // the last are halves of emoji
export const BEFORE_OPENING = new RegExp(`^$|[\\s(\\[{"'“‘«„¿¡—–*_~${WIDE}]`);
export const AFTER_OPENING = /[^\s.,;:!?)\]}/\\=|&%+<>-]/;
export const BEFORE_CLOSING = /[^\s([{\\/]/;
export const AFTER_CLOSING = new RegExp(`^$|[\\s.,;:!?)\\]}"'”’»…—–*_~|<\\-${WIDE}]`);
export const SAYS = /[\p{L}\p{N}\p{Extended_Pictographic}]/u; // faces such as *_* and *^_^* emphasise nothing

/** Whether marks of emphasis around such words are marks there; `before` and `after` are the characters beside them, or empty. */
export function canEnclose(before, words, after) {
  return BEFORE_OPENING.test(before) && AFTER_OPENING.test(words[0]) && BEFORE_CLOSING.test(words.at(-1)) && AFTER_CLOSING.test(after) && SAYS.test(words);
}

/** Where in a text such marks may begin at the earliest. */
export function startsWords(text) {
  const found = text.search(AFTER_OPENING);
  return found === -1 ? text.length : found;
}

/** Where in a text such marks may end at the latest. */
export function endsWords(text) {
  let end = text.length;
  while (end > 0 && !BEFORE_CLOSING.test(text[end - 1])) end -= 1;
  return end;
}
