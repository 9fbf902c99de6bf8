import { takenAddress } from "../link_address.js";
import { safeHref } from "../links.js";
import { ticksAround } from "../mark_pairs.js";
import { canEnclose } from "./mark_rules.js";

const ORDER = ["strong", "emphasis", "struck", "href", "code"]; // from the outer marks to the inner ones
const MARKS = { strong: "**", emphasis: "*", struck: "~~" };
const TAGS = { __proto__: null, b: "strong", strong: "strong", i: "emphasis", em: "emphasis", s: "struck", strike: "struck", del: "struck", code: "code", tt: "code", kbd: "code", samp: "code" };
const SPACED_WORD = /[\p{L}\p{N}]/u;

/** The marks that an element gives what is in it, beside those around it. */
export function marksWithin(element, marks) {
  const found = { ...marks };
  const style = element.getAttribute("data-style") ?? "";
  const own = TAGS[element.localName];
  if (own) found[own] = true;
  const weight = /font-weight:\s*(\w+)/i.exec(style)?.[1].toLowerCase();
  if (weight) found.strong = weight.startsWith("bold") || Number(weight) >= 600;
  const slant = /font-style:\s*(\w+)/i.exec(style)?.[1].toLowerCase();
  if (slant) found.emphasis = slant !== "normal";
  if (/text-decoration[\w-]*:[^;]*line-through/i.test(style)) found.struck = true;
  if (element.localName === "a") found.href = takenAddress(element.getAttribute("href") ?? "");
  return found;
}

/** Pieces of text with their marks, `{text, marks}`, as one text with marks. What they enclose says something, and no word is cut that has no such part. */
export function written(runs, kinds = ORDER, around = { before: "", after: "" }) {
  const [kind, ...inner] = kinds;
  if (kind === undefined) return runs.map(({ text }) => text).join("");
  const groups = [];
  for (const run of runs) {
    if (groups.length > 0 && (groups.at(-1).mark ?? null) === (run.marks[kind] ?? null)) groups.at(-1).runs.push(run);
    else groups.push({ mark: run.marks[kind], runs: [run] });
  }
  let made = "";
  for (const [index, group] of groups.entries()) {
    const beside = { before: made.at(-1) ?? around.before, after: groups[index + 1]?.runs[0].text[0] ?? around.after };
    const text = written(group.runs, inner, group.mark ? { before: "", after: "" } : beside);
    made += group.mark ? enclosed(kind, group.mark, text, beside) : text;
  }
  return made;
}

function enclosed(kind, mark, text, { before, after }) {
  const words = text.trim();
  const [ahead, behind] = [text.slice(0, text.indexOf(words)), text.slice(text.indexOf(words) + words.length)];
  if (words === "" || words.includes("\n")) return text;
  if (kind === "href") return ahead + linkOf(words, mark) + behind;
  if (!SPACED_WORD.test(words)) return text;
  if (kind === "code") return ahead + ticksAround(words).join(words) + behind;
  const [left, right] = [ahead === "" ? before : "", behind === "" ? after : ""];
  if ((SPACED_WORD.test(left) || SPACED_WORD.test(right)) && !canEnclose(left, words, right, MARKS[kind])) return text;
  return ahead + MARKS[kind] + words + MARKS[kind] + behind;
}

/** An address that shows itself needs no words. */
function linkOf(words, href) {
  if (words === href || safeHref(words) === href) return href;
  const label = words.replace(/[[\]]/g, "");
  return label.trim() === "" ? words : `[${label}](${href})`;
}
