import { languageNamed } from "./markup/highlight.js";

export const HEAD_BYTES = 16 * 1024; // how much of a file is asked for
const MOST_LINES = 30;
const MOST_LENGTH = 4_000;
const ENDINGS = new Set(["txt", "text", "md", "markdown", "log", "csv", "tsv", "ini", "cfg", "conf", "toml", "env", "tex", "rst", "srt"]);
const CONTROL = /[\u0000-\u0008\u000e-\u001a]/; // oxlint-disable-line no-control-regex -- these say that it is no text

/** Whether the beginning of a file can be shown as text: what it is called says so, or its type. */
export function isTextFile({ name, type = "" }) {
  const ending = endingOf(name);
  return ENDINGS.has(ending) || languageNamed(ending) !== null || type.startsWith("text/");
}

/** The language of a file's text, or "". */
export function languageOf({ name }) {
  const ending = endingOf(name);
  return languageNamed(ending) === null ? "" : ending;
}

/**
 * The first lines of a text, `{text, lines, more}`, of its first bytes; null if they are no text. `more` says that there is more
 * of it than that.
 */
export function firstLines(bytes, size) {
  const [one, two] = bytes;
  const wide = (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff);
  const decoder = new TextDecoder(wide ? (one === 0xff ? "utf-16le" : "utf-16be") : "utf-8");
  const all = decoder.decode(bytes, { stream: true }).replace(/\r\n?/g, "\n"); // what is cut within a character leaves it out
  if (CONTROL.test(all)) return null;
  const lines = all.split("\n", MOST_LINES).join("\n").slice(0, MOST_LENGTH).toWellFormed();
  const text = lines.trimEnd();
  return { text, lines: text.split("\n").length, more: bytes.length < size || lines.length < all.trimEnd().length };
}

function endingOf(name) {
  return /\.([^.]{1,10})$/u.exec(name)?.[1].toLowerCase() ?? "";
}
