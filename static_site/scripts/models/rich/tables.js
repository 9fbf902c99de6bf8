import { areAll, cut, newKey, rowsOf, without, wordsOf } from "./lines.js";

// A cell is a line within `{kind: "table", key, alignments, row}`; those with the same row are side by side.

/** Whether a line is a cell. */
export function isCell({ within }) {
  return within.at(-1)?.kind === "table";
}

/** The table in which a line is a cell, `{first, last, rows, row, column}`: indexes of lines, and of the cell in `rows`; or null. */
export function tableAt(lines, index) {
  if (!isCell(lines[index])) return null;
  const depth = lines[index].within.length - 1;
  const { key } = lines[index].within[depth];
  const indexes = [...lines.keys()].filter((one) => lines[one].within[depth]?.key === key);
  const rows = rowsOf(lines, indexes, depth);
  const row = rows.findIndex((own) => own.includes(index));
  return { first: indexes[0], last: indexes.at(-1), rows, row, column: rows[row].indexOf(index) };
}

/** The lines with an empty row above that of a cell, or below: `{lines, start}`, with the place to write at. */
export function withRow(lines, index, isAbove = false) {
  const { rows, row, column } = tableAt(lines, index);
  const at = isAbove ? rows[row][0] : rows[row].at(-1) + 1;
  const { within } = lines[index];
  const own = { ...within.at(-1), row: newKey() };
  const cells = own.alignments.map(() => ({ runs: [], within: [...within.slice(0, -1), own] }));
  return { lines: lines.toSpliced(at, 0, ...cells), start: { line: at + Math.min(column, cells.length - 1), at: 0 } };
}

/** The lines with an empty column before that of a cell, or behind. */
export function withColumn(lines, index, isBefore = false) {
  const { rows, row, column } = tableAt(lines, index);
  const at = isBefore ? column : column + 1;
  const behind = new Map(rows.map((own) => [at === 0 ? own[0] : own[Math.min(at, own.length) - 1], own]));
  const made = lines.flatMap((line, one) => {
    if (!behind.has(one)) return [line];
    const empty = { runs: [], within: line.within };
    return at === 0 ? [empty, line] : [line, empty];
  });
  return { lines: aligned(made, index, (alignments) => alignments.toSpliced(at, 0, null)), start: { line: rows[row][0] + row + at, at: 0 } };
}

/** The lines without the row of a cell; without the last one, there is no table. */
export function withoutRow(lines, index) {
  const { rows, row, column } = tableAt(lines, index);
  if (rows.length === 1) return withoutTable(lines, index);
  const next = row + 1 < rows.length ? rows[row] : rows[row - 1];
  return { lines: lines.toSpliced(rows[row][0], rows[row].length), start: { line: next[Math.min(column, next.length - 1)], at: 0 } };
}

/** The lines without the column of a cell; without the last one, there is no table. */
export function withoutColumn(lines, index) {
  const { rows, row, column } = tableAt(lines, index);
  if (rows.some((own) => own.length === 1)) return withoutTable(lines, index);
  const dropped = new Set(rows.map((own) => own[column]));
  const kept = aligned(lines, index, (alignments) => alignments.toSpliced(column, 1));
  return { lines: kept.filter((_, one) => !dropped.has(one)), start: { line: rows[row][0] - row + Math.max(0, column - 1), at: 0 } };
}

/** The lines with an empty one in the place of a table. */
export function withoutTable(lines, index) {
  const { first, last } = tableAt(lines, index);
  return { lines: lines.toSpliced(first, last - first + 1, beside(lines, index)), start: { line: first, at: 0 } };
}

/** An empty line in what the table stands in. */
export function beside(lines, index) {
  return { runs: [], within: lines[index].within.slice(0, -1) };
}

/** The lines without what is between two places. Tables of which only a part is there keep their cells, empty. */
export function erased(lines, start, end) {
  const [from, to] = [tableAt(lines, start.line), tableAt(lines, end.line)];
  if (start.line === end.line || areAll(lines, start, end) || !(from || to)) return without(lines, start, end);
  const isWhole = !from && end.line === to.last && end.at === wordsOf(lines[end.line]).length;
  return lines.flatMap((line, index) => {
    if (index < start.line || index > end.line) return [line];
    const runs = [...(index === start.line ? cut(line.runs, 0, start.at) : []), ...(index === end.line ? cut(line.runs, end.at) : [])];
    const stays = index === start.line || (from && index <= from.last) || (to && index >= to.first && !isWhole) || (index === end.line && runs.length > 0);
    return stays ? [{ runs, within: line.within }] : [];
  });
}

/** The lines between two places; rows of which only a part is there are whole, with empty cells. A part of one line stands in nothing. */
export function copied(lines, start, end) {
  if (start.line === end.line) return [{ runs: cut(lines[start.line].runs, start.at, end.at), within: [] }];
  const [from, to] = [tableAt(lines, start.line), tableAt(lines, end.line)];
  const [first, last] = [from ? from.rows[from.row][0] : start.line, to ? to.rows[to.row].at(-1) : end.line];
  return lines.slice(first, last + 1).map(({ runs, within }, offset) => {
    const index = first + offset;
    if (index < start.line || index > end.line) return { runs: [], within };
    return { runs: cut(runs, index === start.line ? start.at : 0, index === end.line ? end.at : Infinity), within };
  });
}

/** The indexes of the first and last line, with the other cells of tables in which they are. */
export function wholeTables(lines, first, last) {
  return [tableAt(lines, first)?.first ?? first, tableAt(lines, last)?.last ?? last];
}

function aligned(lines, index, change) {
  const depth = lines[index].within.length - 1;
  const { key, alignments } = lines[index].within[depth];
  const changed = change(alignments);
  return lines.map((line) => (line.within[depth]?.key === key ? { ...line, within: line.within.with(depth, { ...line.within[depth], alignments: changed }) } : line));
}
