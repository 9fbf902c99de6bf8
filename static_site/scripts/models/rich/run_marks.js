import { cut, wordsOf } from "./lines.js";

const WORD = /[\p{L}\p{M}\p{N}_'’-]/u;

/** The marks at a place: those of the character before it, or of the first one of the line. */
export function marksAt(lines, { line, at }) {
  const { runs } = lines[line];
  return (cut(runs, Math.max(0, at - 1), Math.max(1, at))[0] ?? { marks: {} }).marks;
}

/** The marks that all words between two places have. */
export function marksOf(lines, start, end) {
  const runs = partsOf(lines, start, end).flatMap(({ line, from, to }) => cut(lines[line].runs, from, to)).filter(({ text }) => text.trim() !== "");
  const [first, ...others] = runs;
  return Object.fromEntries(Object.entries(first?.marks ?? {}).filter(([kind, mark]) => others.every(({ marks }) => marks[kind] === mark)));
}

/** The lines with a mark on all words between two places, or without it; code has none. */
export function withMark(lines, { start, end }, kind, mark) {
  const parts = new Map(partsOf(lines, start, end).map((part) => [part.line, part]));
  return lines.map((line, index) => {
    const part = parts.get(index);
    if (!part || isCode(line)) return line;
    const marked = cut(line.runs, part.from, part.to).map(({ text, marks }) => ({ text, marks: Object.assign({}, marks, { [kind]: mark }) }));
    return { runs: [cut(line.runs, 0, part.from), marked, cut(line.runs, part.to)].flat(), within: line.within };
  });
}

/** The lines with words at a place, which have these marks. */
export function withWords(lines, { line, at }, text, marks) {
  const { runs, within } = lines[line];
  const run = { text, marks: isCode(lines[line]) ? {} : marks };
  return lines.with(line, { runs: [...cut(runs, 0, at), run, ...cut(runs, at)], within });
}

/** What can be seen of a line: its characters with their marks; those of blanks show nothing. */
export function looksOf({ runs }) {
  return runs.flatMap(({ text, marks }) => {
    const kinds = Object.keys(marks).filter((kind) => marks[kind]).toSorted().join();
    return [...text.replace(/\s/g, "")].map((character) => character + kinds);
  }).join("|");
}

/** Whether a line is one of a block of code. */
export function isCode({ within }) {
  return within.at(-1)?.kind === "code";
}

/**
 * The whole words of which a part is between two places of a line, if that part cannot be marked itself; without blanks between words,
 * as in Japanese, there are none. `canEnclose` is that of the mark.
 */
export function wholeWords(lines, { start, end }, canEnclose) {
  const text = wordsOf(lines[start.line]);
  const chosen = text.slice(start.at, end.at).trim();
  if (start.line !== end.line || chosen === "" || canEnclose(text[start.at - 1] ?? "", chosen, text[end.at] ?? "")) return { start, end };
  let [from, to] = [start.at, end.at];
  while (from > 0 && WORD.test(text[from - 1]) && WORD.test(text[from])) from -= 1;
  while (to < text.length && WORD.test(text[to]) && WORD.test(text[to - 1])) to += 1;
  return { start: { line: start.line, at: from }, end: { line: end.line, at: to } };
}

function partsOf(lines, start, end) {
  const found = [];
  for (let line = start.line; line <= end.line; line += 1) {
    found.push({ line, from: line === start.line ? start.at : 0, to: line === end.line ? end.at : wordsOf(lines[line]).length });
  }
  return found;
}
