import { groupsOf, itemsOf, rowsOf } from "../models/rich/lines.js";

const TAGS = { strong: "b", emphasis: "i", struck: "s", href: "a", code: "font" }; // as the browser's own commands make them

// Code within a line is a font: that is what browsers keep of it if its words are deleted and others are typed.
export const CODE_FACE = "monospace";

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
  if (context.kind === "table") return table(lines, rowsOf(lines, indexes, depth), h, context);
  const items = itemsOf(lines, indexes, depth).map((own) => h("li", {}, ...blocks(lines, own, depth + 1, h, true)));
  return h(context.ordered ? "ol" : "ul", { dir: "auto", start: context.ordered && context.first !== 1 ? context.first : null }, ...items);
}

function table(lines, found, h, { alignments }) {
  const made = found.map((own) => h("tr", {}, ...own.map((index, column) => h("td", { "data-align": alignments[column] }, ...rows(lines, [index], h)))));
  return h("table", { dir: "auto" }, h("tbody", {}, ...made));
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
