import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { parse } from "../models/markup/blocks.js";
import { HERE, isMentioned } from "../models/mentions.js";
import { hasStackedMarks } from "../models/text.js";
import { codeBlock, codeText } from "./code_block.js";

const ELEMENTS = { emphasis: "em", strong: "strong", struck: "s" };

/** A message's text as elements. Everything that somebody wrote goes in as text, except the address of a link. */
export function messageText(message, readerId) {
  const { text, mentions = [] } = message;
  const here = mentions.length > 0 ? [HERE] : [];
  const own = new Set([readerId, ...(isMentioned(message, readerId) ? [HERE.id] : [])]); // @here meant the reader too
  return h("div", { class: "message-text", "data-stacked": hasStackedMarks(text) }, ...blockElements(parse(text, [...mentions, ...here]), own, "auto"));
}

/** `own` are the ids that mean the reader. `dir` is for paragraphs: those in a list or quote have none, since the list's own direction follows from their text. */
function blockElements(blocks, own, dir = null) {
  return blocks.map((block) => blockElement(block, own, dir));
}

function blockElement(block, own, dir) {
  if (block.kind === "code") return codeBlock(block);
  if (block.kind === "quote") return h("blockquote", { dir: "auto" }, ...blockElements(block.blocks, own));
  if (block.kind === "list") return listElement(block, own);
  return h("p", { dir }, ...spanElements(block.children, own));
}

/** Numbers are shown as they were written. */
function listElement({ ordered, items }, own) {
  const rows = items.map(({ number, blocks }, index) => {
    const counted = index > 0 && number === items[index - 1].number + 1;
    return h("li", { value: ordered && !counted && number }, ...blockElements(blocks, own));
  });
  return h(ordered ? "ol" : "ul", { dir: "auto" }, ...rows);
}

function spanElements(spans, own) {
  return spans.map((span) => (typeof span === "string" ? span : spanElement(span, own)));
}

function spanElement(span, own) {
  if (span.kind === "code") return h("code", { dir: "ltr" }, ...codeText(span.text));
  if (span.kind === "mention") return mention(span, own);
  const children = spanElements(span.children, own);
  if (span.kind === "link") return link(span, children);
  return h(ELEMENTS[span.kind], {}, ...children);
}

/** A link whose words are not its address says where it leads. */
function link({ href, host, named }, children) {
  const attributes = { href, target: "_blank", rel: "noopener noreferrer nofollow", dir: named ? "auto" : "ltr", title: host && t("link.leads", { host }) };
  return h("a", attributes, ...children, named && h("span", { class: "link-host", dir: "ltr" }, ` (${host})`));
}

function mention({ id, name }, own) {
  const meant = own.has(id);
  return h(meant ? "mark" : "span", { class: "mention" }, "@", h("bdi", {}, name), meant && h("span", { class: "visually-hidden" }, " ", t("message.own")));
}
