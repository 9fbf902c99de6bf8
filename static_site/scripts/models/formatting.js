import { isMarked, toggleMark } from "./inline_marks.js";
import { isBegun, toggleBlock, toggleLines } from "./line_marks.js";
import { safeHref } from "./links.js";
import { MARKS } from "./mark_pairs.js";

const LINK = /\[([^[\]\n]*)\]\(([^()\s]*)\)/g;
const ADDRESS = "https://";

/** What the toolbar offers, in its order, with the keys: `Ctrl` (`⌘`) and that one, with `Shift` after a +. */
export const FORMATS = {
  strong: "B", emphasis: "I", struck: "+X", code: "E", block: "+E", list: "+8", ordered: "+7", quote: "+9", link: "K",
};

/** A text and its selection, `{text, start, end}`, with a format put on it, or taken away where it is on. */
export function format(kind, state) {
  if (kind in MARKS) return toggleMark(kind, state);
  if (kind === "block") return toggleBlock(state);
  return kind === "link" ? toggleLink(state) : toggleLines(kind, state);
}

/** The formats that are on where the selection is. */
export function formatsAt(state) {
  return Object.keys(FORMATS).filter((kind) => {
    if (kind in MARKS) return isMarked(kind, state);
    return kind === "link" ? linkAround(state) !== null : isBegun(kind, state);
  });
}

/** What is selected becomes a link to an address that is pasted: `{text, start, end}`; null if it cannot be one. */
export function linked({ text, start, end }, address) {
  const words = text.slice(start, end).trim();
  const from = start + text.slice(start, end).indexOf(words); // blanks stay outside
  if (words === "" || /[[\]\n]/.test(words) || safeHref(words) || !safeHref(address) || /[()\s]/.test(address)) return null;
  const link = `[${words}](${address})`;
  return { text: text.slice(0, from) + link + text.slice(from + words.length), start: from + link.length, end: from + link.length };
}

/** The words become a link whose address is to be typed; an address becomes one whose words are. */
function toggleLink(state) {
  const { text, start, end } = state;
  const link = linkAround(state);
  if (link) {
    const made = text.slice(0, link.start) + link.words + text.slice(link.end);
    return { text: made, start: link.start, end: link.start + link.words.length };
  }
  const chosen = text.slice(start, end).trim();
  const from = start + text.slice(start, end).indexOf(chosen);
  const isAddress = chosen !== "" && Boolean(safeHref(chosen));
  const [words, address] = isAddress ? ["", chosen] : [chosen.replace(/[[\]\n]+/g, " "), ADDRESS];
  const made = `${text.slice(0, from)}[${words}](${address})${text.slice(from + chosen.length)}`;
  const place = from + 1 + (words === "" ? 0 : words.length + 2);
  return { text: made, start: place, end: words === "" ? place : place + address.length };
}

function linkAround({ text, start, end }) {
  for (const { 0: whole, 1: words, index } of text.matchAll(LINK)) {
    if (index <= start && end <= index + whole.length && (start !== end || (index < start && end < index + whole.length))) return { start: index, end: index + whole.length, words };
  }
  return null;
}
