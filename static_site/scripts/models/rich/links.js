import { cut, wordsOf } from "./lines.js";
import { marksAt } from "./run_marks.js";

/** The link in which two places of a line are, `{start, end, href}`; null without one, or if they are in several lines. */
export function linkAround(lines, { start, end }, href) {
  if (!href || start.line !== end.line) return null;
  const { line } = start;
  const isLinked = (at) => cut(lines[line].runs, at, at + 1)[0]?.marks.href === href;
  let [from, to] = [start.at, end.at];
  while (from > 0 && isLinked(from - 1)) from -= 1;
  while (to < wordsOf(lines[line]).length && isLinked(to)) to += 1;
  return { start: { line, at: from }, end: { line, at: to }, href };
}

/** The lines with words between two places of one line that lead to an address. Words that stay keep their other marks. */
export function withLink(lines, { start, end }, words, href) {
  const { runs, within } = lines[start.line];
  const chosen = cut(runs, start.at, end.at);
  const stay = chosen.map(({ text }) => text).join("") === words;
  const marks = chosen[0]?.marks ?? marksAt(lines, start);
  const linked = (stay ? chosen : [{ text: words, marks }]).map((run) => ({ text: run.text, marks: Object.assign({}, run.marks, { href }) }));
  return lines.with(start.line, { runs: [...cut(runs, 0, start.at), ...linked, ...cut(runs, end.at)], within });
}
