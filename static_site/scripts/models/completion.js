const WORD = /[\p{L}\p{M}\p{N}]/u;
const NAME = /@([^\n@]{0,32})$/u; // names have spaces; what nobody is called ends the completion
const SHORTCODE = /:([a-z0-9_+-]{2,30})$/i; // ":)" and ":D" are faces that somebody typed
const CLOSED = /:([a-z0-9_+-]{2,30}):$/i;
const SOUND = /^\/(?:play ([\p{L}\p{M}]*)|p?l?a?y?)$/iu; // at the beginning of the text
const FENCE = /^\s{0,3}```/;

/**
 * What is being typed at the caret that can be completed: `{kind, query, start}`, where `kind` is "mention", "emoji", "command"
 * (`/play`) or "sound" (what follows it) and `start` the place of its `@`, `:` or `/`, or of the sound; or null. Nothing is completed in code, within a word (mail addresses) or while text is selected.
 */
export function completionAt(text, caret, caretEnd = caret) {
  if (caret !== caretEnd) return null;
  const before = text.slice(0, caret);
  const [typed, sound] = (caret === text.length && SOUND.exec(text)) || [];
  if (typed) return { kind: sound === undefined ? "command" : "sound", query: sound ?? typed, start: caret - (sound ?? typed).length };
  const found = NAME.exec(before) ?? SHORTCODE.exec(before);
  if (!found || WORD.test(before[found.index - 1] ?? "") || /^\s/.test(found[1]) || inCode(before, found.index)) return null;
  return { kind: found[0][0] === "@" ? "mention" : "emoji", query: found[1], start: found.index };
}

/** A whole `:name:` before the caret, `{query, start}`, or null. */
export function closedShortcode(text, caret) {
  const before = text.slice(0, caret);
  const found = CLOSED.exec(before);
  if (!found || /[\p{L}\p{N}:]/u.test(before[found.index - 1] ?? "") || inCode(before, found.index)) return null;
  return { query: found[1], start: found.index };
}

/** The text with what was typed from `start` to the caret replaced, and where the caret is then. A space follows, unless one is there. */
export function completed(text, { start }, caret, insertion) {
  const rest = text.slice(caret);
  const space = /^\s/.test(rest) ? "" : " ";
  return { text: text.slice(0, start) + insertion + space + rest, caret: start + insertion.length + 1 };
}

/** Whether a place in a text is in code, so far as the text before it says. */
export function inCode(before, index) {
  const lines = before.slice(0, index).split("\n");
  const fences = lines.filter((line) => FENCE.test(line)).length;
  const ticks = lines.at(-1).split("`").length - 1;
  return fences % 2 === 1 || ticks % 2 === 1;
}
