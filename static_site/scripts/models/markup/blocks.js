import { spansOf } from "./spans.js";
import { table } from "./tables.js";

const DEEPEST = 4; // lists and quotes within each other; what is deeper stays as written
const OPENING = /^( {0,3})(`{3,})([^`]*)$/;
const LATE_OPENING = /^(?! {0,3}> +\S)([^`]*[^`\s])[ \t]+```([\w+#.-]{0,24})[ \t]*$/;
const LANGUAGE = /^[\w+#.-]{1,24}$/;
const HEADING = /^(#{1,3})[ \t]+(\S.*)$/; // "#general" is none
export const QUOTED = /^ {0,3}>(?: |$)/;
const QUOTE_BEGINS = /^ {0,3}> +\S/;
const MARKER = /^([ \t]*)([-*]|\d{1,9}\.)[ \t]+(?=\S)/;
const RULE = /^[\s*_-]+$/; // a line of stars or hyphens, drawn by hand
const DEEPEST_FIRST_INDENT = 3; // as in code that somebody pastes, further indented lines begin no list
const BELONGS = 2; // columns to the right of a marker
const TAB_COLUMNS = 4;

/**
 * A message's text as a tree: paragraph (`children`, see `spansOf`), heading (`level` from 1 to 3, `children`), code (`language`,
 * `text`), quote (`blocks`), list (`ordered`, `items` with `number` and `blocks`) and table (see `table`). `people` are those whom the message mentions. What is no markup stays
 * character by character as it was written. The time grows with the length of the text alone.
 */
export function parse(text, people = []) {
  return blocksOf(text.split(/\r\n?|\n/), { people, depth: 0, inList: false });
}

/** What may begin in a line; some know what they looked for in vain, so they are made for each text. */
export function readersIn({ depth }) {
  return depth < DEEPEST ? [fence, lateFence(), heading, quote, list, table] : [fence, lateFence(), heading, table];
}

function blocksOf(lines, context) {
  const found = [];
  let plain = [];
  const flush = () => {
    const children = paragraph(plain, context.people);
    if (children) found.push({ kind: "paragraph", children });
    plain = [];
  };
  const readers = readersIn(context);
  for (let at = 0; at < lines.length; ) {
    const block = firstOf(readers, lines, at, context);
    if (block) {
      if (block.before) plain.push(block.before);
      flush();
      found.push(block.node);
    } else {
      plain.push(lines[at]);
    }
    at = block?.end ?? at + 1;
  }
  flush();
  return found;
}

/** The block that begins in a line, `{node, end}`, with the words `before` it that are in its line; or null. */
export function firstOf(readers, lines, at, context) {
  for (const read of readers) {
    const block = read(lines, at, context);
    if (block) return block;
  }
  return null;
}

/** Blank lines within a paragraph stay; those at its ends are the distance to what is above and below. */
function paragraph(lines, people) {
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first === -1) return null;
  const last = lines.findLastIndex((line) => line.trim() !== "");
  const children = [];
  for (const [index, line] of lines.slice(first, last + 1).entries()) {
    for (const span of [...(index > 0 ? ["\n"] : []), ...spansOf(line, people)]) {
      if (typeof span === "string" && typeof children.at(-1) === "string") children.push(children.pop() + span);
      else children.push(span);
    }
  }
  return children;
}

/** In a list, a line is an item, whatever it begins with. */
function heading(lines, at, { people, inList }) {
  const [, signs, words] = (!inList && HEADING.exec(lines[at])) || [];
  return signs ? { node: { kind: "heading", level: signs.length, children: spansOf(words.trimEnd(), people) }, end: at + 1 } : null;
}

/** Code between lines of backticks; it also ends beside backticks at the end of a line, or with the text. */
function fence(lines, at) {
  const [, indent, ticks, info] = OPENING.exec(lines[at]) ?? [];
  if (!ticks || (info.trim() === "" && at === lines.length - 1)) return null;
  const named = LANGUAGE.test(info.trim());
  let end = at + 1;
  while (end < lines.length && !lines[end].trimEnd().endsWith(ticks)) end += 1;
  const code = lines.slice(at + 1, end).map((line) => stripped(line, indent.length));
  if (!named && info.trim() !== "") code.unshift(info.trimStart()); // code that begins beside the backticks
  if (end < lines.length && !closes(lines[end], ticks)) code.push(lines[end].trimEnd().slice(0, -ticks.length));
  return { node: { kind: "code", language: named ? info.trim() : "", text: code.join("\n") }, end: end + 1 };
}

function closes(line, ticks) {
  return /^ {0,3}`+\s*$/.test(line) && line.trim().length >= ticks.length;
}

/** "Look: ```" above code, if a closing line follows. */
function lateFence() {
  let hopeless = false; // no closing line from here on, so that each text is searched once
  return (lines, at) => {
    const [, before, language] = (!hopeless && lines[at].includes("```") && LATE_OPENING.exec(lines[at])) || [];
    if (!before) return null;
    let end = at + 1;
    while (end < lines.length && !closes(lines[end], "```")) end += 1;
    hopeless = end === lines.length;
    return hopeless ? null : { before, node: { kind: "code", language, text: lines.slice(at + 1, end).join("\n") }, end: end + 1 };
  };
}

/** A quote needs the space after its sign: ">:-(" and ">>> x = 1" are none. */
function quote(lines, at, context) {
  if (!QUOTE_BEGINS.test(lines[at])) return null;
  let end = at;
  while (end < lines.length && QUOTED.test(lines[end])) end += 1;
  const inner = lines.slice(at, end).map((line) => line.replace(QUOTED, ""));
  return { node: { kind: "quote", blocks: blocksOf(inner, { ...context, depth: context.depth + 1, inList: false }) }, end };
}

/** A list has two markers at least: one line that begins with a hyphen or a year is a sentence. */
function list(lines, at, context) {
  const first = markerOf(lines[at]);
  if (!first || (!context.inList && first.indent > DEEPEST_FIRST_INDENT)) return null;
  const { items, markers, end } = itemsOf(lines, at, first);
  if (markers < 2 && !context.inList) return null;
  const inner = { ...context, depth: context.depth + 1, inList: true };
  const filled = items.map(({ number, lines: own }) => ({ number, blocks: blocksOf(own, inner) }));
  return { node: { kind: "list", ordered: first.number !== null, items: filled }, end };
}

/** The items of a list that begins there with the marker `first`: each has its `lines`, without what indents them, which are `width` columns. */
export function itemsOf(lines, at, first) {
  const items = [];
  let markers = 0;
  let end = at;
  for (; end < lines.length; end += 1) {
    const line = lines[end];
    const marker = markerOf(line);
    const sibling = marker && marker.indent < first.indent + BELONGS;
    if (sibling && marker.kind !== first.kind) break;
    if (marker) markers += 1;
    if (sibling) {
      items.push({ number: marker.number, width: marker.width, lines: [line.slice(marker.length)] });
    } else if (line.trim() === "") {
      if (!goesOn(lines[end + 1], first)) break;
      items.at(-1).lines.push("");
    } else if (columns(line) >= first.indent + BELONGS) {
      items.at(-1).lines.push(stripped(line, items.at(-1).width));
    } else {
      break;
    }
  }
  return { items, markers, end };
}

function goesOn(line, first) {
  if (!line || line.trim() === "") return false;
  return markerOf(line)?.kind === first.kind || columns(line) >= first.indent + BELONGS;
}

/** What makes a line an item of a list, or null; `length` is that of the marker with its spaces. */
export function markerOf(line) {
  const [whole, indent, sign] = (!RULE.test(line) && MARKER.exec(line)) || [];
  if (!whole) return null;
  const number = sign.length > 1 ? Number.parseInt(sign, 10) : null;
  return { length: whole.length, indent: columns(indent), width: columns(whole.replace(/\S/g, " ")), kind: number === null ? sign : ".", number };
}

function columns(line) {
  const [blank] = /^[ \t]*/.exec(line);
  let width = 0;
  for (const one of blank) width += one === "\t" ? TAB_COLUMNS : 1;
  return width;
}

/** A line without so many columns of indent, or without all that it has. */
function stripped(line, most) {
  let width = 0;
  let at = 0;
  while (width < most && (line[at] === " " || line[at] === "\t")) {
    width += line[at] === "\t" ? TAB_COLUMNS : 1;
    at += 1;
  }
  return " ".repeat(Math.max(0, width - most)) + line.slice(at);
}
