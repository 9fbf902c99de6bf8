import { languageNamed } from "./markup/highlight.js";

const HEAD_BYTES = 16 * 1024; // how much of a file is asked for unasked
const MOST_BYTES = 1_000_000; // how much of it when somebody wants all: more would hold the page up
const HEAD_LINES = 8;
const HEAD_LENGTH = 600;
const LINE_BYTES = 60; // a guess, for the place that is kept free
const MOST_KEPT = 100;
const ENDINGS = new Set(["txt", "text", "md", "markdown", "log", "csv", "tsv", "ini", "cfg", "conf", "toml", "env", "tex", "rst", "srt"]);
const CONTROL = /[\u0000-\u0008\u000e-\u001a]/; // oxlint-disable-line no-control-regex -- these say that it is no text

/** Whether the beginning of a file can be shown as text: what it is called says so, or its type. Its bytes decide then. */
export function isTextFile({ name, type = "", bytes }) {
  const ending = endingOf(name);
  return bytes > 0 && (ENDINGS.has(ending) || languageNamed(ending) !== null || type.startsWith("text/"));
}

/** The language of a file's text, or "". */
export function languageOf({ name }) {
  const ending = endingOf(name);
  return languageNamed(ending) === null ? "" : ending;
}

/** How many lines the beginning of a file has at most, as far as its size tells. */
export function linesExpected({ bytes }) {
  return Math.min(HEAD_LINES, Math.ceil(bytes / LINE_BYTES));
}

/** The text of a file's first bytes, null if they are no text; what is cut within a character leaves it out. */
export function textOf(bytes) {
  const [one, two] = bytes;
  const wide = (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff);
  const decoder = new TextDecoder(wide ? (one === 0xff ? "utf-16le" : "utf-16be") : "utf-8");
  const text = decoder.decode(bytes, { stream: true }).replace(/\r\n?/g, "\n");
  return CONTROL.test(text) ? null : text.toWellFormed().trimEnd();
}

/** The first lines of a text; a long line is cut. */
export function firstLines(text) {
  return text.split("\n", HEAD_LINES).join("\n").slice(0, HEAD_LENGTH).toWellFormed().trimEnd();
}

/** The texts of files. The beginning of each is asked for once, and kept; all of one when somebody wants to see it. */
export class FileTexts {
  #addresses;
  #read;
  #heads = new Map(); // id of a file -> {head, all}, or null if it is no text

  /** `addresses` has `of(room, id)`; `read(address, most)` resolves with the first bytes of a file. */
  constructor({ addresses, read }) {
    this.#addresses = addresses;
    this.#read = read;
  }

  /** What is known of a file: its first lines, `head`, and `all` of it, which is null if that is more; null if it is no text, undefined before it was asked for. */
  known({ id }) {
    return this.#heads.get(id);
  }

  /** Resolves with what `known` then is. */
  async begin(room, file) {
    const bytes = await this.#bytes(room, file, HEAD_BYTES);
    const text = textOf(bytes);
    const known = text === null ? null : { head: firstLines(text), all: file.bytes <= HEAD_BYTES ? text : null };
    this.#heads.set(file.id, known);
    if (this.#heads.size > MOST_KEPT) this.#heads.delete(this.#heads.keys().next().value);
    return known;
  }

  /** Resolves with all of a file, `{text, more}`, or null if it is no text; `more` says that it is too large, and this its beginning. */
  async whole(room, file) {
    const all = this.known(file)?.all;
    if (typeof all === "string") return { text: all, more: false };
    const text = textOf(await this.#bytes(room, file, MOST_BYTES));
    return text === null ? null : { text, more: file.bytes > MOST_BYTES };
  }

  forget() {
    this.#heads.clear();
  }

  async #bytes(room, { id, bytes }, most) {
    return this.#read(await this.#addresses.of(room, id), Math.min(bytes, most));
  }
}

function endingOf(name) {
  return /\.([^.]{1,10})$/u.exec(name)?.[1].toLowerCase() ?? "";
}
