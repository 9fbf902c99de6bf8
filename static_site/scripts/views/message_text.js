import { h } from "../lib/dom.js";
import { parse } from "../models/markup/blocks.js";
import { codeBlock, codeText } from "./code_block.js";

const ELEMENTS = { emphasis: "em", strong: "strong", struck: "s" };

/** A message's text as elements. Everything that somebody wrote goes in as text, except the address of a link. */
export function messageText({ text, mentions = [] }, readerId) {
  return h("div", { class: "message-text" }, ...blockElements(parse(text, mentions), readerId, "auto"));
}

/** `dir` is for paragraphs: those in a list or quote have none, since the list's own direction follows from their text. */
function blockElements(blocks, readerId, dir = null) {
  return blocks.map((block) => blockElement(block, readerId, dir));
}

function blockElement(block, readerId, dir) {
  if (block.kind === "code") return codeBlock(block);
  if (block.kind === "quote") return h("blockquote", { dir: "auto" }, ...blockElements(block.blocks, readerId));
  if (block.kind === "list") return listElement(block, readerId);
  return h("p", { dir }, ...spanElements(block.children, readerId));
}

/** Numbers are shown as they were written. */
function listElement({ ordered, items }, readerId) {
  const rows = items.map(({ number, blocks }, index) => {
    const counted = index > 0 && number === items[index - 1].number + 1;
    return h("li", { value: ordered && !counted && number }, ...blockElements(blocks, readerId));
  });
  return h(ordered ? "ol" : "ul", { dir: "auto" }, ...rows);
}

function spanElements(spans, readerId) {
  return spans.map((span) => (typeof span === "string" ? span : spanElement(span, readerId)));
}

function spanElement(span, readerId) {
  if (span.kind === "code") return h("code", { dir: "ltr" }, ...codeText(span.text));
  if (span.kind === "mention") return mention(span, readerId);
  const children = spanElements(span.children, readerId);
  if (span.kind === "link") return link(span, children);
  return h(ELEMENTS[span.kind], {}, ...children);
}

/** A link whose words are not its address says where it leads. */
function link({ href, host, named }, children) {
  const attributes = { href, target: "_blank", rel: "noopener noreferrer nofollow", dir: named ? "auto" : "ltr", title: host && `Leads to ${host}` };
  return h("a", attributes, ...children, named && h("span", { class: "link-host", dir: "ltr" }, ` (${host})`));
}

function mention({ id, name }, readerId) {
  const own = id === readerId;
  return h(own ? "mark" : "span", { class: "mention" }, "@", h("bdi", {}, name), own && h("span", { class: "visually-hidden" }, " (you)"));
}
