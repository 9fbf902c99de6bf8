import { fenceAround } from "../mark_pairs.js";
import { marksWithin, written } from "./rich_runs.js";
import { tableText } from "./rich_tables.js";

const SILENT = new Set(["script", "style", "xmp", "template", "head", "title", "noscript", "iframe", "object", "embed", "svg", "math", "select", "textarea", "canvas", "audio", "video"]);
const CLOSE = new Set(["div", "tr", "dt", "dd", "address", "figure", "figcaption", "summary", "option", "form"]); // no blank line around them
const BLOCKS = new Set([...CLOSE, "p", "section", "article", "header", "footer", "main", "nav", "aside", "dl", "details", "fieldset", "center", "body", "hr"]);
const HIDDEN = /display:\s*none|visibility:\s*hidden|mso-hide/i;
const HEADING = /^h([1-6])$/;
const DEEPEST = 100; // elements within each other; what is deeper is left out

/**
 * What somebody pasted as rich text, with this page's marks: emphasis, code, links, lists, quotes, headings and tables. `body`
 * belongs to an `inertDocument` and is only read. What no reader would have seen is left out.
 */
export function richText(body) {
  return joined(blocksOf(body, {}, 0)).trim();
}

/** `{text, apart}` for each block of an element; blocks that are `apart` have a blank line around them. */
function blocksOf(element, marks, depth) {
  const found = [];
  let runs = [];
  const flush = () => {
    const text = tidy(written(collapsed(runs)));
    if (runs.length > 0 && (text.trim() !== "" || runs.some((run) => run.text === "\n"))) found.push({ text, apart: false });
    runs = [];
  };
  const read = (node, within, deep) => {
    if (node.nodeType === Node.TEXT_NODE) runs.push({ text: node.data.replace(/[ \t\r\n\f]+/g, " "), marks: within });
    if (node.nodeType !== Node.ELEMENT_NODE || deep > DEEPEST || isSilent(node)) return;
    const name = node.localName;
    if (name === "br") runs.push({ text: "\n", marks: {} });
    else if (name === "img") runs.push({ text: emojiOf(node), marks: {} });
    else if (blockReader(name)) {
      flush();
      found.push(...blockReader(name)(node, marksWithin(node, within), deep + 1));
    } else {
      for (const child of node.childNodes) read(child, marksWithin(node, within), deep + 1);
    }
  };
  for (const child of element.childNodes) read(child, marks, depth);
  flush();
  return found;
}

function blockReader(name) {
  if (HEADING.test(name)) return heading;
  if (name === "ul" || name === "ol") return list;
  const readers = { __proto__: null, pre: code, blockquote: quote, table };
  return readers[name] ?? (BLOCKS.has(name) ? container : null);
}

function container(element, marks, depth) {
  const blocks = blocksOf(element, marks, depth);
  const apart = !CLOSE.has(element.localName);
  return blocks.length === 1 ? [{ text: blocks[0].text, apart: apart || blocks[0].apart }] : apart && blocks.length > 1 ? [{ text: joined(blocks), apart }] : blocks;
}

function heading(element, marks, depth) {
  const words = joined(blocksOf(element, { ...marks, strong: false }, depth)).replace(/\s+/g, " ").trim().replaceAll("**", "");
  const level = Math.min(3, Number(HEADING.exec(element.localName)[1]));
  return words === "" ? [] : [{ text: `${"#".repeat(level)} ${words}`, apart: true }];
}

function quote(element, marks, depth) {
  const text = joined(blocksOf(element, marks, depth)).trim();
  return text === "" ? [] : [{ text: text.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n"), apart: true }];
}

function code(element) {
  const text = element.textContent.replace(/\r\n?/g, "\n").replace(/^\n|\n$/g, "");
  const named = /\blang(?:uage)?-([\w+#.-]{1,24})/.exec(`${element.className} ${element.querySelector("code")?.className ?? ""}`)?.[1] ?? "";
  const fence = fenceAround(text);
  return text.trim() === "" ? [] : [{ text: `${fence}${named}\n${text}\n${fence}`, apart: true }];
}

/** Some editors put an inner list beside its item and not into it. */
function list(element, marks, depth) {
  const ordered = element.localName === "ol";
  let number = Number.parseInt(element.getAttribute("start") ?? "1", 10) || 1;
  const lines = [];
  for (const child of element.children) {
    if (isSilent(child)) continue;
    const inner = child.localName === "ul" || child.localName === "ol";
    const text = joined(inner ? list(child, marks, depth + 1) : blocksOf(child, marksWithin(child, marks), depth + 1).map(({ text: words }) => ({ text: words, apart: false }))).trim();
    if (text === "") continue;
    const marker = ordered ? `${number}. ` : "- ";
    if (!inner) number += 1;
    lines.push(...text.split("\n").map((line, index) => (index === 0 && !inner ? marker : " ".repeat(marker.length)) + line));
  }
  return lines.length === 0 ? [] : [{ text: lines.map((line) => line.trimEnd()).join("\n"), apart: true }];
}

function table(element, marks, depth) {
  const cell = (node) => joined(blocksOf(node, node.localName === "th" ? {} : marksWithin(node, marks), depth)).replace(/\s+/g, " ").trim();
  const text = tableText(element, cell);
  return text === null ? container(element, marks, depth) : [{ text, apart: true }];
}

function isSilent(element) {
  return SILENT.has(element.localName) || element.hasAttribute("hidden") || HIDDEN.test(element.getAttribute("data-style") ?? "");
}

/** Many chats draw emoji as pictures. */
function emojiOf(image) {
  const words = image.getAttribute("alt") ?? "";
  return /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator})/u.test(words) && words.length < 20 ? words : "";
}

/** Of blanks side by side in different elements one is shown. */
function collapsed(runs) {
  let blank = true;
  return runs.map(({ text, marks }) => {
    const shown = blank ? text.replace(/^ /, "") : text;
    if (text !== "") blank = /[ \n]$/.test(text);
    return { text: shown, marks };
  });
}

function tidy(text) {
  return text.replaceAll("\u00a0", " ").split("\n").map((line) => line.trim()).join("\n").replace(/\n$/, ""); // a line break at the end shows none
}

function joined(blocks) {
  return blocks.map(({ text, apart }, index) => (index === 0 ? "" : apart || blocks[index - 1].apart ? "\n\n" : "\n") + text).join("");
}
