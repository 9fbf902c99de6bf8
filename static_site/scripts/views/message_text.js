import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { parse } from "../models/markup/blocks.js";
import { HERE, isMentioned } from "../models/mentions.js";
import { soundOf } from "../models/sounds.js";
import { hasStackedMarks, isFewEmoji } from "../models/text.js";
import { codeBlock, codeText } from "./code_block.js";
import { soundLine } from "./sound_line.js";

const ELEMENTS = { emphasis: "em", strong: "strong", struck: "s" };

/** A message's text as elements, or the sound that it plays. Everything that somebody wrote goes in as text, except the address of a link. */
export function messageText(message, readerId) {
  const { text, mentions = [], user } = message;
  const sound = user && soundOf(text);
  if (sound) return soundLine(sound, user);
  const here = mentions.length > 0 ? [HERE] : [];
  const own = new Set([readerId, ...(isMentioned(message, readerId) ? [HERE.id] : [])]); // @here meant the reader too
  const look = { class: "message-text", "data-stacked": hasStackedMarks(text), "data-large": isFewEmoji(text) };
  return h("div", look, ...blockElements(parse(text, [...mentions, ...here]), own, "auto"));
}

/** `own` are the ids that mean the reader. `dir` is for paragraphs: those in a list or quote have none, since the list's own direction follows from their text. */
function blockElements(blocks, own, dir = null) {
  let above = 0; // the level of the heading above
  return blocks.map((block) => {
    if (block.kind !== "heading") return blockElement(block, own, dir);
    above = Math.min(block.level, above + 1);
    return headingElement(block, above, own);
  });
}

/** Its looks follow from what was written. For screen readers no level is left out, and the room's title is the first one. */
function headingElement({ level, children }, rank, own) {
  return h(`h${rank + 1}`, { dir: "auto", "data-level": level }, ...spanElements(children, own));
}

function blockElement(block, own, dir) {
  if (block.kind === "code") return codeBlock(block);
  if (block.kind === "quote") return h("blockquote", { dir: "auto" }, ...blockElements(block.blocks, own));
  if (block.kind === "list") return listElement(block, own);
  if (block.kind === "table") return tableElement(block, own);
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

/** It scrolls by itself, and by keys. A head without words is left out. Where a row has fewer cells, one empty cell takes the rest: there may be many. */
function tableElement({ alignments, head, rows }, own) {
  const cell = (tag, index, spans, scope = null) => h(tag, { scope, "data-align": alignments[index] }, ...spanElements(spans, own));
  const top = h("tr", {}, ...head.map((spans, index) => cell("th", index, spans, "col")));
  const body = rows.map((cells) => {
    const missing = head.length - cells.length;
    return h("tr", {}, ...cells.map((spans, index) => cell("td", index, spans)), missing > 0 && h("td", { colspan: missing }));
  });
  const table = h("table", {}, head.some((spans) => spans.length > 0) && h("thead", {}, top), h("tbody", {}, ...body));
  return h("div", { class: "table-scroll", dir: "auto", tabindex: "0", role: "group", "aria-label": t("table") }, table);
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
