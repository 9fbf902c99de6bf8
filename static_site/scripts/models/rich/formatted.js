import { groupsOf, newKey } from "./lines.js";
import { Writer } from "./written.js";

const MOST_CELLS = 400; // each costs time with every character that is typed

/**
 * Texts with marks as lines (`lines.js`), and lines as such texts. What lines cannot say as it was written, as numbers that do not count up, stays
 * in them as plain text with its marks, so that a text whose lines were not changed is written as it was. `markup` is
 * `{outline, spansOf}` of this page's marks, and what `Writer` needs of them.
 */
export class Formatted {
  #markup;
  #writer;
  #sources = new Map(); // a block as it would be written -> as it was written

  constructor(markup) {
    this.#markup = markup;
    this.#writer = new Writer(markup);
  }

  lines(text) {
    const made = this.#markup.outline(text).flatMap(({ node, lines: rows }) => {
      const source = rows.join("\n");
      const own = node ? linesOf([node]) : rows.length === 1 ? [{ runs: runsOf(this.#markup.spansOf(source), {}), within: [] }] : null; // such as code that begins within a line
      return own && this.#means(own, source) ? own : rows.map((row) => plain(row));
    });
    return this.write(made).text === text ? made : text.split("\n").map((row) => plain(row));
  }

  /** `{text, segments}`, as `Writer` does. What was read and is as it was has the marks with which somebody wrote it. */
  write(lines) {
    const made = this.#writer.write(lines);
    return this.#sources.size === 0 ? made : this.#asWritten(lines, made);
  }

  /** Whether lines say what a text says; how it was written is kept then. */
  #means(lines, source) {
    const { text } = this.#writer.write(lines);
    if (text === source) return true;
    const shape = (words) => JSON.stringify(this.#markup.outline(words).map(({ node, lines: rows }) => node ?? rows.map((row) => this.#markup.spansOf(row))), filled);
    const same = shape(text) === shape(source);
    if (same) this.#sources.set(text, source);
    return same;
  }

  /** Each block that stands at the outermost is looked up alone. Its words are found in the source one after the other. */
  #asWritten(lines, { text, segments }) {
    const made = { text: "", segments: [] };
    let copied = 0;
    for (const { indexes } of groupsOf(lines, [...lines.keys()], 0)) {
      const [first, last] = [indexes[0], indexes.at(-1)];
      const own = segments.filter(({ line }) => first <= line && line <= last);
      const { text: block } = this.#writer.write(lines.slice(first, last + 1));
      const begin = text.indexOf(block, copied);
      const source = this.#sources.get(block) ?? block;
      made.text += text.slice(copied, begin);
      let within = 0;
      for (const segment of own) {
        const words = text.slice(segment.to, segment.to + segment.length);
        const found = source === block ? segment.to - begin : source.indexOf(words, within);
        within = Math.max(found, within);
        made.segments.push({ ...segment, to: made.text.length + within });
        within += segment.length;
      }
      made.text += source;
      copied = begin + block.length;
    }
    return { text: made.text + text.slice(copied), segments: made.segments };
  }
}

/** The offset in the text of a place; `later` prefers the one behind marks that begin there. */
export function offsetOf(segments, { line, at }, later = false) {
  const own = segments.filter((segment) => segment.line === line);
  const found = later ? own.findLast((segment) => segment.at <= at) : own.find((segment) => at <= segment.at + segment.length);
  const { to, at: begin, length } = found ?? own.at(-1);
  return to + Math.min(at - begin, length);
}

/** The place of an offset; one in a mark is that of the words beside it. */
export function placeOf({ text, segments }, offset) {
  const index = segments.findLastIndex(({ to }) => to <= offset);
  const found = segments[index];
  const next = segments[index + 1];
  const end = found && found.to + found.length;
  if (next && (!found || (offset > end && text.slice(end, offset).includes("\n")))) return { line: next.line, at: next.at };
  return { line: found.line, at: found.at + Math.min(offset - found.to, found.length) };
}

function plain(text, within = []) {
  return { runs: text === "" ? [] : [{ text, marks: {} }], within };
}

/** The lines of blocks as `parse` makes them; null if one of them is nothing that lines can be. */
function linesOf(blocks, within = []) {
  const found = blocks.map((block) => blockLines(block, within));
  return found.includes(null) ? null : found.flat();
}

function blockLines(block, within) {
  if (block.kind === "paragraph") return rowsOf(block.children).map((spans) => ({ runs: runsOf(spans, {}), within }));
  if (block.kind === "heading") return [{ runs: [{ text: `${"#".repeat(block.level)} `, marks: {} }, ...runsOf(block.children, {})], within }];
  if (block.kind === "quote") return linesOf(block.blocks, [...within, { kind: "quote", key: newKey() }]);
  if (block.kind === "list") return listLines(block, within);
  if (block.kind === "table") return tableLines(block, within);
  if (block.kind !== "code") return null;
  const code = { kind: "code", language: block.language, key: newKey() };
  return block.text.split("\n").map((text) => plain(text, [...within, code]));
}

function listLines({ ordered, items }, within) {
  const list = { kind: "list", ordered, first: items[0].number ?? 1, key: newKey() };
  const found = items.map(({ blocks }) => linesOf(blocks, [...within, { ...list, item: newKey() }]));
  return found.includes(null) ? null : found.flat();
}

function tableLines({ alignments, head, rows }, within) {
  if (alignments.length * (rows.length + 1) > MOST_CELLS) return null;
  const table = { kind: "table", alignments, key: newKey() };
  return [head, ...rows].flatMap((cells) => {
    const row = newKey();
    return alignments.map((_, column) => ({ runs: runsOf(cells[column] ?? [], {}), within: [...within, { ...table, row }] }));
  });
}

/** Of tables, cells that are missing at the ends of rows are empty ones. */
function filled(_, value) {
  return value?.kind === "table" ? { ...value, rows: value.rows.map((cells) => value.head.map((_cell, column) => cells[column] ?? [])) } : value;
}

function rowsOf(spans) {
  const rows = [[]];
  for (const span of spans) {
    if (typeof span !== "string") rows.at(-1).push(span);
    else for (const [index, text] of span.split("\n").entries()) {
      if (index > 0) rows.push([]);
      if (text !== "") rows.at(-1).push(text);
    }
  }
  return rows;
}

/** An address that shows itself is text, as it was typed. */
function runsOf(spans, marks) {
  return spans.flatMap((span) => {
    if (typeof span === "string") return span === "" ? [] : [{ text: span, marks }];
    if (span.kind === "code") return [{ text: span.text, marks: { ...marks, code: true } }];
    if (span.kind !== "link") return runsOf(span.children, { ...marks, [span.kind]: true });
    return span.text !== undefined ? [{ text: span.text, marks }] : runsOf(span.children, { ...marks, href: span.href.replaceAll("(", "%28").replaceAll(")", "%29").replace(/[[\]]/g, encodeURIComponent) });
  });
}
