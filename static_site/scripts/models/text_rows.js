import { QUOTED, itemsOf, markerOf } from "./markup/blocks.js";
import { outlineOf } from "./markup/outline.js";

/** How good it is to end a message before a row and to begin the next one with it. */
export const RANK = Object.freeze({ never: 0, poor: 1, line: 2, item: 3, block: 4, heading: 5 });
const MORE = "…"; // stands for an item that began in the message before
const LATE_TICKS = /```([\w+#.-]*)[ \t]*$/;
const LANGUAGE = /^[\w+#.-]{1,24}$/;

/**
 * The lines of a text as rows that know how a message can end before them: `rank` says how well, `close` are the lines with which
 * that message ends and `open` those with which the next one begins; so does a piece that is cut off the row, after `prefix`.
 * `code` rows are cut anywhere, and keep their spaces. A row of a list has the `list`, with how many markers it has, and `nth`, how
 * many are before the row.
 */
export function rowsOf(text) {
  return rowsIn(text.split("\n"), { depth: 0, inList: false });
}

function rowsIn(lines, context) {
  const found = [];
  for (const { node, lines: own } of outlineOf(lines, context)) {
    const rows = node ? blockRows(node, own, context) : own.length > 1 ? lateCode(own) : [textRow(own[0])];
    const before = found.at(-1);
    if (rows[0].blank && before?.heading) rows[0].heading = true; // and what follows it still belongs to the heading
    rows[0].rank = rankAfter(before, rows[0], node);
    for (const row of rows) found.push(row); // spread, as many lines would be too many arguments
  }
  return found;
}

function textRow(text) {
  return { text, rank: RANK.line, close: [], open: [], prefix: "", blank: text.trim() === "", code: false, heading: false };
}

/** How well a message can begin with what begins there. */
function rankAfter(before, row, node) {
  if (before?.heading && (row.blank || !row.heading)) return RANK.never;
  if (!before || row.blank) return RANK.poor;
  if (row.heading) return RANK.heading;
  if (before.blank) return RANK.block;
  if (!node) return before.inBlock ? RANK.block : RANK.line;
  return before.inBlock ? RANK.block : RANK.item; // the words before a list or code lead to it
}

function blockRows(node, lines, context) {
  const rows = { heading: headingRows, code: codeRows, quote: quoteRows, list: listRows, table: tableRows }[node.kind](lines, context);
  if (node.kind !== "heading") for (const row of rows) row.inBlock = true;
  return rows;
}

function headingRows(lines) {
  const [prefix] = /^#+[ \t]+/.exec(lines[0]);
  return [{ ...textRow(lines[0]), prefix, heading: true }];
}

function codeRows(lines) {
  const [, indent, ticks, info] = /^( *)(`+)(.*)$/.exec(lines[0]);
  const named = LANGUAGE.test(info.trim());
  return fenced(lines, { open: indent + ticks + (named ? info.trim() : ""), close: indent + ticks, prefix: indent });
}

function lateCode(lines) {
  const rows = fenced(lines, { open: `\`\`\`${LATE_TICKS.exec(lines[0])?.[1] ?? ""}`, close: "```" });
  for (const row of rows) row.inBlock = true;
  return rows;
}

/** No message has a fence without code, at its end or its beginning. */
function fenced(lines, { open, close, prefix = "" }) {
  const closes = lines.length > 1 && lines.at(-1).trim().length >= 3 && /^`+$/.test(lines.at(-1).trim());
  const last = closes ? lines.length - 1 : lines.length;
  return lines.map((text, at) => {
    if (at === 0 || at === last) return { ...textRow(text), blank: false, rank: RANK.never };
    const rank = at === 1 ? RANK.never : lines[at - 1].trim() === "" ? RANK.item : RANK.line;
    return { ...textRow(text), blank: false, rank, open: [open], close: [close], prefix, code: true };
  });
}

function tableRows(lines) {
  const open = lines.slice(0, 2);
  return lines.map((text, at) => (at < 3 ? { ...textRow(text), rank: RANK.never } : { ...textRow(text), open }));
}

function quoteRows(lines, context) {
  const inner = rowsIn(lines.map((line) => line.replace(QUOTED, "")), { depth: context.depth + 1, inList: false });
  return inner.map((row, at) =>
    Object.assign(row, {
      text: lines[at],
      rank: Math.min(row.rank, RANK.item),
      close: row.close.map(quoted),
      open: row.open.map(quoted),
      prefix: quoted(row.prefix),
      heading: false,
    }),
  );
}

function quoted(line) {
  return `> ${line}`;
}

function listRows(lines, context) {
  const { items } = itemsOf(lines, 0, markerOf(lines[0]));
  const rows = [];
  for (const item of items) for (const row of itemRows(item, lines.slice(rows.length, rows.length + item.lines.length), context)) rows.push(row);
  return context.inList ? rows : counted(rows);
}

/** What goes on within an item has a marker before it, so that it stays in a list, as deep as it was. */
function itemRows({ width, lines: own }, lines, context) {
  const marker = lines[0].slice(0, lines[0].length - own[0].length);
  const indented = (line) => " ".repeat(width) + line;
  return rowsIn(own, { depth: context.depth + 1, inList: true }).map((row, at) =>
    Object.assign(row, {
      text: lines[at],
      rank: at === 0 ? RANK.item : Math.min(row.rank, RANK.line),
      close: row.close.map(indented),
      open: at === 0 ? row.open : [marker + MORE, ...row.open.map(indented)],
      prefix: at === 0 ? marker + row.prefix : indented(row.prefix),
      markers: (at === 0 ? 1 : 0) + (row.markers ?? 0),
      heading: false,
    }),
  );
}

function counted(rows) {
  const list = { markers: 0 };
  return rows.map((row) => {
    const nth = list.markers;
    list.markers += row.markers ?? 0;
    return Object.assign(row, { list, nth });
  });
}
