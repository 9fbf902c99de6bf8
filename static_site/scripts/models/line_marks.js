import { edited } from "./edits.js";
import { fenceAround } from "./mark_pairs.js";

const ITEM = /^([ \t]*)([-*]|\d{1,9}\.)[ \t]+/;
const BULLET = /^[ \t]*[-*][ \t]+/;
const NUMBER = /^[ \t]*\d{1,9}\.[ \t]+/;
const QUOTED = /^ {0,3}>(?: |$)/;
const FENCE = /^ {0,3}(`{3,})[\w+#.-]*[ \t]*$/;
const CONTINUED = /^([ \t]*)(?:([-*])|(\d{1,9})\.|(>))( +)(.*)$/;

const KINDS = {
  list: { has: BULLET, without: (line) => line.replace(ITEM, "$1"), with: (line) => line.replace(ITEM, "$1").replace(/^[ \t]*/, "$&- ") },
  ordered: { has: NUMBER, without: (line) => line.replace(ITEM, "$1"), with: (line, index) => line.replace(ITEM, "$1").replace(/^[ \t]*/, `$&${index + 1}. `) },
  quote: { has: QUOTED, without: (line) => line.replace(QUOTED, ""), with: (line) => `> ${line}`.trimEnd(), blanks: true },
};

/** Begins the selected lines as a list or quote has them, or takes that away if all of them are so: `{text, start, end}`. */
export function toggleLines(kind, state) {
  const { first, last, lines } = linesOf(state);
  const put = KINDS[kind];
  const counted = lines.length === 1 ? lines : lines.filter((line) => line.trim() !== "");
  const all = isBegun(kind, state);
  let index = -1;
  const changed = lines.map((line) => {
    if (!put.blanks && !counted.includes(line)) return line;
    index += 1;
    return all ? put.without(line) : put.with(line, index);
  });
  if (kind === "quote" && changed.length === 1 && changed[0] === ">") changed[0] = "> ";
  return replaced(state, { first, last }, changed.join("\n"));
}

/** Whether all selected lines begin so; for "block", whether they are between fences. */
export function isBegun(kind, state) {
  if (kind === "block") return fencesAround(state) !== null;
  const filled = linesOf(state).lines.filter((line) => line.trim() !== "");
  return filled.length > 0 && filled.every((line) => KINDS[kind].has.test(line));
}

/** Puts the selected lines between fences, or takes the fences around them away. */
export function toggleBlock(state) {
  const fences = fencesAround(state);
  if (fences) return edited(state, fences);
  const { first, last, lines } = linesOf(state);
  const code = lines.join("\n");
  const fence = fenceAround(code);
  const text = `${state.text.slice(0, first)}${fence}\n${code}\n${fence}${state.text.slice(last)}`;
  const start = first + fence.length + 1;
  return { text, start, end: start + last - first };
}

/** A new line at the caret that goes on with the list or quote in which it is, or ends it if the item is empty; null elsewhere. */
export function continuedLine({ text, start, end }) {
  const begin = text.lastIndexOf("\n", start - 1) + 1;
  const [, indent, bullet, number, quote, space, rest] = CONTINUED.exec(text.slice(begin, start)) ?? [];
  if (space === undefined || start !== end) return null;
  if (rest.trim() === "" && text.slice(start).split("\n", 1)[0].trim() === "") return { text: text.slice(0, begin) + text.slice(start), start: begin, end: begin };
  const next = `\n${indent}${bullet ?? quote ?? `${Number(number) + 1}.`}${space}`;
  return { text: text.slice(0, start) + next + text.slice(end), start: start + next.length, end: start + next.length };
}

/** The whole lines in which the selection is. */
function linesOf({ text, start, end }) {
  const first = text.lastIndexOf("\n", start - 1) + 1;
  const reach = end > start && text[end - 1] === "\n" ? end - 1 : end; // the line below is not selected
  const stop = text.indexOf("\n", reach);
  const last = stop === -1 ? text.length : stop;
  return { first, last, lines: text.slice(first, last).split("\n") };
}

/** What to take away of the fences between which the selection is, or which it has both; null if there are none. */
function fencesAround(state) {
  const { text } = state;
  const { first, last } = linesOf(state);
  let open = null;
  let at = 0;
  for (const line of text.split("\n")) {
    const [, ticks] = FENCE.exec(line) ?? [];
    const next = at + line.length;
    if (ticks && open === null) open = { at, remove: line.length + 1 };
    else if (ticks) {
      if (open.at <= first && last <= next) return [open, { at: at - 1, remove: line.length + 1 }];
      open = null;
    }
    at = next + 1;
  }
  return null;
}

/** What was selected whole stays selected; a caret keeps its place from the end of its line. */
function replaced({ text, start, end }, { first, last }, words) {
  const made = text.slice(0, first) + words + text.slice(last);
  if (start !== end) return { text: made, start: first, end: first + words.length };
  const place = Math.max(first, Math.min(first + words.length, start + made.length - text.length));
  return { text: made, start: place, end: place };
}
