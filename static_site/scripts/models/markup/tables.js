import { spansOf } from "./spans.js";

const DASHES = /^(:?)-+(:?)$/;
const WITHOUT_WORDS = /^\s*\|(?:[ \t]+\|)+\s*$/; // a head that is enclosed, and has room for words
const PIECES = /\\\||\||[^|\\]+|\\/g; // a pipe after a backslash stands in its cell

/**
 * A table that begins there: `{node: {kind: "table", alignments, head, rows}, end}`, or null. It is a line of cells, a line of as
 * many dashes, and lines that have a pipe. An alignment is "start", "center", "end" or null; a cell is what `spansOf` returns. A
 * row may have fewer cells than the head, of which all may be empty; what it has more stands in its last one, so that nothing is lost.
 */
export function table(lines, at, { people }) {
  const alignments = alignmentsOf(lines[at + 1]);
  const head = alignments && lines[at].includes("|") ? cellsOf(lines[at]) : [];
  if (head.length !== alignments?.length || (head.every((cell) => cell === "") && !WITHOUT_WORDS.test(lines[at]))) return null;
  const rows = [];
  let end = at + 2;
  for (; end < lines.length && lines[end].includes("|"); end += 1) rows.push(fitted(cellsOf(lines[end]), head.length));
  const spans = (cells) => cells.map((cell) => spansOf(cell, people));
  return { node: { kind: "table", alignments, head: spans(head), rows: rows.map(spans) }, end };
}

function alignmentsOf(line) {
  if (!line?.includes("|") || !line.includes("-")) return null;
  const found = cellsOf(line).map((cell) => DASHES.exec(cell));
  return found.every(Boolean) ? found.map(([, before, after]) => (before && after ? "center" : before ? "start" : after ? "end" : null)) : null;
}

/** Pipes at the ends of a line enclose it. */
function cellsOf(line) {
  const cells = [""];
  for (const [piece] of line.trim().matchAll(PIECES)) {
    if (piece === "|") cells.push("");
    else cells.push(cells.pop() + (piece === "\\|" ? "|" : piece));
  }
  const trimmed = cells.map((cell) => cell.trim());
  if (trimmed.length > 1 && trimmed[0] === "") trimmed.shift();
  if (trimmed.length > 1 && trimmed.at(-1) === "") trimmed.pop();
  return trimmed;
}

function fitted(cells, most) {
  return cells.length > most ? [...cells.slice(0, most - 1), cells.slice(most - 1).join(" | ")] : cells;
}
