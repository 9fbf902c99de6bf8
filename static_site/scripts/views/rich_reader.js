import { newKey, wordsOf } from "../models/rich/lines.js";
import { CODE_FACE } from "./rich_elements.js";

const MARKS = { __proto__: null, b: "strong", strong: "strong", i: "emphasis", em: "emphasis", s: "struck", strike: "struck", del: "struck", code: "code" };
const BLOCKS = new Set(["div", "p", "ul", "ol", "li", "blockquote", "pre", "table", "h1", "h2", "h3", "h4", "h5", "h6"]);

/**
 * What is in an element that was edited, `{lines, places}`: a place `{line, at, length, node, from}` says that so much of a line stands
 * in a node at that offset.
 */
export function linesIn(root) {
  const reader = new Reader();
  reader.block(root, []);
  return reader;
}

/** Whether it is one of the elements that `RichContent` puts around what it replaces. */
function isGuard(node) {
  return node.nodeType === Node.ELEMENT_NODE && node.hasAttribute("data-guard");
}

function isBlock(node) {
  return BLOCKS.has(node.localName);
}

class Reader {
  lines = [];
  places = [];
  #open = null; // the line that goes on

  block(element, within) {
    const before = this.lines.length;
    this.#open = null;
    for (const [index, child] of [...element.childNodes].entries()) {
      if (isGuard(child)) this.#guard(child, within);
      else if (isBlock(child)) this.#inner(child, within);
      else this.#inline(child, {}, within, element, index);
    }
    if (this.lines.length === before && !isGuard(element)) this.#empty(within, element, 0);
    this.#open = null;
  }

  /** One in which there is something holds the text; the others are what the browser's undo put back. */
  #guard(guard, within) {
    const isRest = guard.childNodes.length === 0 || (guard.childNodes.length === 1 && guard.firstChild.localName === "br");
    if (!isRest || guard.parentNode.childNodes.length === 1) this.block(guard, within);
  }

  #inner(element, within) {
    const name = element.localName;
    if (name === "ul" || name === "ol") this.#list(element, within);
    else if (name === "table") this.#table([...element.rows], within);
    else if (name === "blockquote") this.block(element, [...within, { kind: "quote", key: newKey() }]);
    else if (name === "pre") this.block(element, [...within, { kind: "code", language: element.dataset.language ?? "", key: newKey() }]);
    else this.block(element, within);
    this.#open = null;
  }

  /** Browsers put an inner list beside the item to which it belongs. */
  #list(element, within) {
    const list = { kind: "list", ordered: element.localName === "ol", first: Number.parseInt(element.getAttribute("start"), 10) || 1, key: newKey() };
    let item = newKey();
    for (const child of element.children) {
      const isInner = child.localName === "ul" || child.localName === "ol";
      if (!isInner) item = newKey();
      const around = [...within, { ...list, item }];
      if (isInner) this.#list(child, around);
      else this.block(child, around);
    }
  }

  #table(rows, within) {
    const columns = Math.max(...rows.map(({ cells }) => cells.length));
    const alignments = Array.from({ length: columns }, (_, column) => rows[0].cells[column]?.dataset.align ?? null);
    const table = { kind: "table", alignments, key: newKey() };
    for (const { cells } of rows) {
      const row = newKey();
      for (const cell of cells) this.#cell(cell, [...within, { ...table, row }]);
    }
  }

  /** One line, whatever a browser has put into it. */
  #cell(cell, within) {
    const first = this.lines.length;
    this.block(cell, within);
    const [line, ...others] = this.lines.splice(first);
    this.lines.push(line);
    for (const [index, { runs }] of others.entries()) {
      const at = wordsOf(line).length + 1;
      line.runs.push({ text: " ", marks: {} }, ...runs);
      for (const place of this.places.filter((one) => one.line === first + 1 + index)) Object.assign(place, { line: first, at: place.at + at });
    }
  }

  #inline(node, marks, within, parent, index) {
    if (node.nodeType === Node.TEXT_NODE) this.#text(node, marks, within);
    else if (node.localName === "br") {
      if (!this.#open) this.#empty(within, parent, index);
      this.#open = null;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      const own = withMark(node, marks);
      for (const [at, child] of [...node.childNodes].entries()) this.#inline(child, own, within, node, at);
    }
  }

  #text(node, marks, within) {
    let from = 0;
    for (const [index, text] of node.data.split("\n").entries()) {
      if (index > 0) {
        if (!this.#open) this.#empty(within, node, from - 1);
        this.#open = null;
      }
      if (text !== "") this.#add({ text, marks: within.at(-1)?.kind === "code" ? {} : marks }, within, node, from);
      from += text.length + 1;
    }
  }

  #add(run, within, node, from) {
    this.#open ??= this.#line(within);
    const line = this.lines.length - 1;
    const at = this.#open.runs.reduce((sum, { text }) => sum + text.length, 0);
    this.#open.runs.push(run);
    this.places.push({ line, at, length: run.text.length, node, from });
  }

  #empty(within, node, from) {
    this.#open = this.#line(within);
    this.places.push({ line: this.lines.length - 1, at: 0, length: 0, node, from });
  }

  #line(within) {
    const line = { runs: [], within };
    this.lines.push(line);
    return line;
  }
}

function withMark(element, marks) {
  const { localName: name } = element;
  if (name === "a") return { ...marks, href: element.getAttribute("href") ?? undefined };
  if (name === "font") return element.face === CODE_FACE ? { ...marks, code: true } : marks;
  return MARKS[name] ? { ...marks, [MARKS[name]]: true } : marks;
}
