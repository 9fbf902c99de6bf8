import { cutAnywhere, cutCode, cutLine } from "./line_cut.js";
import { MAX_TEXT_LENGTH, cleanText, countCodePoints } from "./text.js";
import { RANK, rowsOf } from "./text_rows.js";

export const MAX_PARTS = 16; // what is longer is read as a file
const FILLED = [0.5, 0.75, 0.9]; // how much of a message is filled at least, if that makes few enough
const NOTHING = Object.freeze({ open: [], close: [] });
const LEAST_PIECE = 0.05; // of a message: a shorter piece of a line is not worth a cut

/**
 * A text that is too long for a message as several, in their order, or null if they were too many. Each is cut where it is best: before
 * a heading or a paragraph, between lines, sentences or words. Code, lists, quotes and tables go on in the next one as what they are.
 * `people` are those whom it may mention; `most` is how many code points a message has.
 */
export function textParts(text, people = [], { most = MAX_TEXT_LENGTH, parts = MAX_PARTS } = {}) {
  if (countCodePoints(text) > most * parts) return null;
  const rows = rowsOf(text).map((row) => Object.assign(row, { size: countCodePoints(row.text) }));
  for (const filled of FILLED) {
    const found = new Cutter([...rows], { people, most, least: most * filled }).parts(parts);
    if (found !== null) return found;
  }
  return null;
}

class Cutter {
  #rows;
  #people;
  #most;
  #least;
  #at = 0;

  /** `rows` are its own: what is left of one that was cut takes its place. */
  constructor(rows, { people, most, least }) {
    this.#rows = rows;
    this.#people = people;
    this.#most = most;
    this.#least = least;
  }

  parts(atMost) {
    const found = [];
    while (this.#at < this.#rows.length) {
      const part = cleanText(this.#next().join("\n"));
      if (part !== "") found.push(part);
      if (found.length > atMost) return null;
      while (this.#rows[this.#at]?.blank) this.#at += 1;
    }
    return found;
  }

  /** The lines of the next message. */
  #next() {
    const rows = this.#rows;
    const begin = this.#at;
    const { open } = this.#edges(rows[begin]);
    const { end, size, borders } = this.#reach(begin, sizeOf(open));
    const { close } = this.#edges(rows[end]);
    const room = this.#most - size - sizeOf(close);
    const good = best(borders.filter((border) => border.size >= this.#least));
    if (end === rows.length) return this.#take(open, end, []);
    if (good) return this.#take(open, good.at, this.#edges(rows[good.at]).close);
    const worth = Math.min(room, rows[end].size) >= this.#most * LEAST_PIECE;
    const piece = worth || end === begin ? this.#cut(rows[end], Math.max(room, 1)) : null;
    const other = best(borders);
    if (piece === null && other) return this.#take(open, other.at, this.#edges(rows[other.at]).close);
    if (piece === null && end > begin) return this.#take(open, end, room >= 0 ? close : []);
    const [left, right] = piece ?? cutAnywhere(rows[end].text, Math.max(room, 1));
    const lines = this.#take(open, end, []);
    const text = rows[end].prefix + right;
    rows[end] = { ...rows[end], text, size: countCodePoints(text) };
    return [...lines, left, ...close];
  }

  /** Both pieces of a row that is cut after so many code points at most, or null. */
  #cut({ text, code, close }, most) {
    return code ? cutCode(text, most, /`+/.exec(close[0])[0]) : cutLine(text, most, this.#people);
  }

  /** How far a message that begins there can go: the first row that does not fit, how long it is by then, and before which rows it can end. */
  #reach(begin, opened) {
    const borders = [];
    let size = opened;
    let end = begin;
    for (; end < this.#rows.length; end += 1) {
      const row = this.#rows[end];
      const rank = end > begin ? this.#rankOf(this.#rows[begin], row) : RANK.never;
      if (rank > RANK.never && size + sizeOf(this.#edges(row).close) <= this.#most) borders.push({ at: end, size, rank });
      if (size + row.size > this.#most) break;
      size += row.size + 1;
    }
    return { end, size, borders };
  }

  /** A list of one item is none: it is cut like that only if nothing else is possible. */
  #rankOf(first, { rank, list, nth, open }) {
    if (!list || nth === 0) return rank;
    const before = nth - (first.list === list ? first.nth - first.open.length : 0);
    return Math.min(before, list.markers - nth + open.length) < 2 ? Math.min(rank, RANK.poor) : rank;
  }

  #take(open, end, close) {
    let until = end;
    while (this.#rows[until - 1]?.blank) until -= 1;
    const lines = this.#rows.slice(this.#at, Math.max(until, this.#at)).map(({ text }) => text);
    this.#at = end;
    return [...open, ...lines, ...close];
  }

  /** The lines with which messages end and begin before a row; what would take more than its content is left out. */
  #edges({ open, close } = NOTHING) {
    return sizeOf(open) + sizeOf(close) > this.#most / 2 ? NOTHING : { open, close };
  }
}

function best(borders) {
  const rank = borders.reduce((most, border) => Math.max(most, border.rank), RANK.never);
  return borders.findLast((border) => border.rank === rank);
}

function sizeOf(lines) {
  return lines.reduce((size, line) => size + countCodePoints(line) + 1, 0);
}
