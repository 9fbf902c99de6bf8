import { edited } from "./edits.js";
import { MARKS, pairsIn, ticksAround } from "./mark_pairs.js";
import { canEnclose } from "./markup/mark_rules.js";

const PREFIX = /^[ \t]*(?:(?:>|[-*]|\d{1,9}\.|#{1,3})[ \t]+)*/; // of a quote, a list, a heading: no mark stands before it
const WORD_BEFORE = /[\p{L}\p{M}\p{N}_'’-]*$/u;
const WORD_AFTER = /^[\p{L}\p{M}\p{N}_'’-]*/u;

/**
 * Puts marks around what is selected, line by line, or takes them away where all of it has them: `{text, start, end}` before and
 * after. Without a selection it is the word at the caret; at the end of marked words the caret leaves them.
 */
export function toggleMark(kind, state) {
  return state.start === state.end ? toggleAtCaret(kind, state) : toggleSelected(kind, state);
}

/** Whether all that is selected has the marks, or what the caret is in. */
export function isMarked(kind, { text, start, end }) {
  const parts = start === end ? [partAt(text, start)] : partsOf(text, start, end);
  return parts.length > 0 && parts.every((part) => pairAround(kind, part, start === end));
}

function toggleSelected(kind, { text, start, end }) {
  const parts = partsOf(text, start, end);
  const all = parts.length > 0 && parts.every((part) => pairAround(kind, part));
  const edits = parts.flatMap((part) => (all ? without(kind, part, pairAround(kind, part)) : around(kind, part)));
  return edited({ text, start, end }, edits);
}

function toggleAtCaret(kind, { text, start }) {
  const part = partAt(text, start);
  const mark = MARKS[kind];
  const pair = pairAround(kind, part, true);
  const at = { text, start, end: start };
  if (pair && part.from === pair.end) return { text, start: start + mark.length, end: start + mark.length };
  if (pair) return edited(at, without(kind, part, pair));
  if (text.slice(0, start).endsWith(mark) && text.startsWith(mark, start)) {
    return edited(at, [{ at: start - mark.length, remove: mark.length }, { at: start, remove: mark.length }]);
  }
  const left = WORD_BEFORE.exec(part.line.slice(0, part.from))[0].length;
  const right = WORD_AFTER.exec(part.line.slice(part.from))[0].length;
  return edited(at, around(kind, { ...part, from: part.from - left, to: part.from + right }));
}

/** The selected part of each line, without blanks at its ends and what the line begins with: `{line, offset, from, to}`. */
function partsOf(text, start, end) {
  const found = [];
  let offset = 0;
  for (const line of text.split("\n")) {
    const [first, last] = [Math.max(start - offset, PREFIX.exec(line)[0].length), Math.min(end - offset, line.length)];
    const chosen = line.slice(first, last);
    const from = first + chosen.length - chosen.trimStart().length;
    if (last > first && chosen.trim() !== "") found.push({ line, offset, from, to: from + chosen.trim().length });
    offset += line.length + 1;
  }
  return found;
}

function partAt(text, caret) {
  const offset = text.lastIndexOf("\n", caret - 1) + 1;
  const [line] = text.slice(offset).split("\n", 1);
  return { line, offset, from: caret - offset, to: caret - offset };
}

/** The pair in which a part is, whichever of its marks are selected as well; a caret is only between them. */
function pairAround(kind, { line, from, to }, caret = false) {
  if (caret) return pairsIn(line, kind).find(({ start, end }) => start <= from && from <= end);
  const first = from + /^[*_~`]*/.exec(line.slice(from, to))[0].length;
  const last = from + line.slice(from, to).replace(/[*_~`]+$/, "").length;
  return pairsIn(line, kind).find(({ outerStart, outerEnd }) => outerStart <= first && last <= outerEnd);
}

/** Code that begins or ends with a backtick has blanks between, which go too. */
function without(kind, { line, offset }, { outerStart, start, end, outerEnd }) {
  const blank = kind === "code" && /^ .*\S.* $/.test(line.slice(start, end)) ? 1 : 0;
  return [
    { at: offset + outerStart, remove: start - outerStart + blank },
    { at: offset + end - blank, remove: outerEnd - end + blank },
  ];
}

/** The same marks within are taken away: they do not nest. Code in which there are backticks gets more of them around it. */
function around(kind, part) {
  const { line, offset } = part;
  const { from, to } = widened(kind, part);
  const inner = kind === "code" ? [] : pairsIn(line, kind).filter(({ outerStart, outerEnd }) => outerStart < to && outerEnd > from);
  const [open, close] = kind === "code" ? ticksAround(line.slice(from, to)) : [MARKS[kind], MARKS[kind]];
  return [
    { at: offset + from, insert: open, opens: true },
    ...inner.flatMap((pair) => without(kind, part, pair)),
    { at: offset + to, insert: close },
  ];
}

/** A part of a word that cannot be marked itself is the whole word. */
function widened(kind, { line, from, to }) {
  if (kind === "code" || from === to || canEnclose(line[from - 1] ?? "", line.slice(from, to), line[to] ?? "", MARKS[kind])) return { from, to };
  return { from: from - WORD_BEFORE.exec(line.slice(0, from))[0].length, to: to + WORD_AFTER.exec(line.slice(to))[0].length };
}
