// What stands beside a mark of emphasis, and what is between two, for them to be marks: a character, or nothing.

const WIDE = String.raw`\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f\uff00-\uffef\ud800-\udfff`; // the last are halves of emoji
export const BEFORE_OPENING = new RegExp(`^$|[\\s(\\[{"'“‘«„¿¡—–*_~${WIDE}]`);
export const AFTER_OPENING = /[^\s.,;:!?)\]}/\\=|&%+<>-]/;
export const BEFORE_CLOSING = /[^\s([{\\/]/;
export const AFTER_CLOSING = new RegExp(`^$|[\\s.,;:!?)\\]}"'”’»…—–*_~|<\\-${WIDE}]`);
export const SAYS = /[\p{L}\p{N}\p{Extended_Pictographic}]/u; // faces such as *_* and *^_^* emphasise nothing

// Within a word, only doubled marks are marks: 2*3*4 and snake_case have single ones.
export const WITHIN_WORDS = new Set(["**", "~~"]);
export const LETTER_BEFORE = /[\p{L}\p{M}]/u;
export const LETTER_AFTER = /\p{L}/u;
const PART = /^(?:\*\*|~~)*(?:\p{L}(?:\*\*|~~|\p{M})*){2,}$/u; // x**y**z has one letter, 2**34**5 has none

/** Whether a mark within a word can enclose this: two letters of it at least and nothing else, as in un**believ**able. */
export function isPartOfWord(words) {
  return PART.test(words);
}

/** Whether marks around such words are marks there; `before` and `after` are the characters beside them, or empty. */
export function canEnclose(before, words, after, mark) {
  const [opens, closes] = [BEFORE_OPENING.test(before), AFTER_CLOSING.test(after)];
  if (opens && closes) return AFTER_OPENING.test(words[0]) && BEFORE_CLOSING.test(words.at(-1)) && SAYS.test(words);
  return WITHIN_WORDS.has(mark) && (opens || LETTER_BEFORE.test(before)) && (closes || LETTER_AFTER.test(after)) && isPartOfWord(words);
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
