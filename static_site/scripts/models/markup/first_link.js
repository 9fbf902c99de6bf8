import { parse } from "./blocks.js";

/**
 * The first link of a message that shows its own address, `{text, href}`, or null. A link with words of its own says what it
 * leads to, and what is quoted was somebody else's to say.
 */
export function firstLink({ text, mentions = [] }) {
  return text.includes("://") ? inBlocks(parse(text, mentions)) : null;
}

function inBlocks(blocks) {
  for (const block of blocks) {
    const found = inBlock(block);
    if (found) return found;
  }
  return null;
}

function inBlock({ kind, children, items, head, rows }) {
  if (kind === "paragraph" || kind === "heading") return inSpans(children);
  if (kind === "table") return inSpans([head, ...rows].flat(2));
  return kind === "list" ? inBlocks(items.flatMap(({ blocks }) => blocks)) : null;
}

function inSpans(spans) {
  for (const span of spans) {
    if (span.kind === "link" && span.text !== undefined) return { text: span.text, href: span.href };
    const found = span.kind !== "link" && span.children ? inSpans(span.children) : null;
    if (found) return found;
  }
  return null;
}
