import { groupsOf, itemsOf, newKey } from "../models/rich/lines.js";

const TAGS = { strong: "b", emphasis: "i", struck: "s", href: "a", code: "font" }; // as the browser's own commands make them
const MARKS = { __proto__: null, b: "strong", strong: "strong", i: "emphasis", em: "emphasis", s: "struck", strike: "struck", del: "struck", code: "code" };
const BLOCKS = new Set(["div", "p", "ul", "ol", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"]);

// Code within a line is a font: that is what browsers keep of it if its words are deleted and others are typed.
const CODE_FACE = "monospace";

/** Lines (`models/rich/lines.js`) as elements that can be edited; `h` builds one. */
export function elementsOf(lines, h) {
  return blocks(lines, lines.map((_, index) => index), 0, h, false);
}

/** Such an element as HTML; what somebody wrote is text and values in it, and no markup. */
export function htmlOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data);
  const name = node.localName;
  const attributes = [...node.attributes].map((one) => ` ${one.name}="${escaped(one.value)}"`).join("");
  return name === "br" ? "<br>" : `<${name}${attributes}>${[...node.childNodes].map(htmlOf).join("")}</${name}>`;
}

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

/**
 * What stands in a quote or list has no direction of its own, since theirs follows from its text. In an item, what is above its
 * first inner block has no elements of its own, as browsers write it.
 */
function blocks(lines, indexes, depth, h, inItem) {
  const groups = groupsOf(lines, indexes, depth);
  const firstBlock = groups.findIndex(({ context }) => context !== null);
  const bare = inItem ? groups.slice(0, firstBlock === -1 ? groups.length : firstBlock) : [];
  const rest = groups.slice(bare.length);
  const made = rest.map(({ context, indexes: own }) => (context ? block(lines, own, depth, h, context) : h("div", { dir: depth === 0 && "auto" }, ...rows(lines, own, h))));
  return [...rows(lines, bare.flatMap(({ indexes: own }) => own), h), ...made];
}

function block(lines, indexes, depth, h, context) {
  if (context.kind === "quote") return h("blockquote", { dir: "auto" }, ...blocks(lines, indexes, depth + 1, h, false));
  if (context.kind === "code") return h("pre", { dir: "ltr", "data-language": context.language || null }, ...rows(lines, indexes, h));
  const items = itemsOf(lines, indexes, depth).map((own) => h("li", {}, ...blocks(lines, own, depth + 1, h, true)));
  return h(context.ordered ? "ol" : "ul", { dir: "auto", start: context.ordered && context.first !== 1 ? context.first : null }, ...items);
}

/** Lines with breaks between them; an empty one at the end needs one to be seen. */
function rows(lines, indexes, h) {
  const made = indexes.flatMap((index, at) => [at > 0 && h("br"), ...inline(lines[index], h)]).filter(Boolean);
  return indexes.length > 0 && lines[indexes.at(-1)].runs.every(({ text }) => text === "") ? [...made, h("br")] : made;
}

function inline({ runs }, h) {
  return runs.filter(({ text }) => text !== "").map(({ text, marks }) => {
    let node = text;
    for (const [mark, tag] of Object.entries(TAGS).toReversed()) {
      if (marks[mark]) node = h(tag, { href: mark === "href" && marks.href, face: mark === "code" && CODE_FACE }, node);
    }
    return node;
  });
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
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
