import { lifted, newKey, wordsOf } from "./lines.js";
import { isCell, wholeTables } from "./tables.js";

const KINDS = {
  list: ({ kind, ordered }) => kind === "list" && !ordered,
  ordered: ({ kind, ordered }) => kind === "list" && ordered,
  quote: ({ kind }) => kind === "quote",
  block: ({ kind }) => kind === "code",
};

/** Whether all of the lines from one to another stand in such a thing: "list", "ordered", "quote" or "block". */
export function areWithin(kind, lines, first, last) {
  return lines.slice(first, last + 1).every(({ within }) => (kind === "quote" ? within.some(KINDS.quote) : within.length > 0 && KINDS[kind](within.findLast(({ kind: one }) => one !== "quote") ?? {})));
}

/** The lines with such a thing around those from one to another, or without it where all of them stand in it. A cell has no list or code. */
export function toggled(kind, lines, from, to) {
  if (kind !== "quote" && lines.slice(from, to + 1).some(isCell)) return lines;
  const [first, last] = wholeTables(lines, from, to);
  if (areWithin(kind, lines, first, last)) return kind === "quote" ? unquoted(lines, first, last) : taken(lines, first, last);
  const changed = { list: listed, ordered: listed, quote: quoted, block: coded }[kind];
  return changed(lines, first, last, kind === "ordered");
}

/** The lines with an item of a list in an inner one, below the item above it; null for the first item, and for what is none. */
export function nested(lines, index, ordered) {
  const { runs, within } = lines[index];
  const depth = within.length - 1;
  const above = lines[index - 1]?.within ?? [];
  if (within[depth]?.kind !== "list" || above[depth]?.key !== within[depth].key || above[depth].item === within[depth].item) return null;
  const beside = above[depth + 1];
  const key = beside?.kind === "list" && beside.ordered === ordered ? beside.key : newKey();
  return lines.with(index, { runs, within: [...within.slice(0, depth), above[depth], { kind: "list", ordered, first: 1, key, item: newKey() }] });
}

function taken(lines, first, last) {
  let made = lines;
  for (let index = last; index >= first; index -= 1) made = lifted(made, index);
  return made;
}

/** Lines of a list of the other kind change the whole list. What stands in code leaves it. */
function listed(lines, first, last, ordered) {
  const chosen = lines.slice(first, last + 1);
  const others = new Set(chosen.map(({ within }) => within.at(-1)).filter((inner) => inner?.kind === "list").map((inner) => inner.key));
  const key = neighbour(lines, first, ordered) ?? [...others].at(-1) ?? newKey();
  return lines.map((line, index) => {
    const inner = line.within.at(-1);
    if (line.within.some((one) => others.has(one.key))) return { ...line, within: line.within.map((one) => (others.has(one.key) ? { ...one, ordered, first: 1 } : one)) };
    if (index < first || index > last) return line;
    const around = inner?.kind === "code" ? line.within.slice(0, -1) : line.within;
    return { ...line, within: [...around, { kind: "list", ordered, first: 1, key, item: newKey() }] };
  });
}

/** The list of that kind that ends above: it goes on. */
function neighbour(lines, first, ordered) {
  const depth = lines[first].within.length;
  const above = lines[first - 1]?.within;
  const list = above?.[depth];
  const same = above?.slice(0, depth).every(({ key }, at) => key === lines[first].within[at].key);
  return same && list?.kind === "list" && list.ordered === ordered ? list.key : null;
}

function quoted(lines, first, last) {
  const whole = reach(lines, first, last);
  const quote = { kind: "quote", key: newKey() };
  return lines.map((line, index) => (index < whole.first || index > whole.last ? line : { ...line, within: [quote, ...line.within] }));
}

/** A list or block of code is quoted as a whole. */
function reach(lines, first, last) {
  const same = (one, other) => lines[one] && lines[other].within.length > 0 && lines[one].within[0]?.key === lines[other].within[0].key;
  let [from, to] = [first, last];
  while (same(from - 1, from)) from -= 1;
  while (same(to + 1, to)) to += 1;
  return { first: from, last: to };
}

function unquoted(lines, first, last) {
  const outermost = lines[first].within.find(KINDS.quote).key;
  const below = newKey();
  return lines.map((line, index) => {
    const at = line.within.findIndex(({ key }) => key === outermost);
    if (at === -1 || index < first) return line;
    if (index > last) return { ...line, within: line.within.with(at, { kind: "quote", key: below }) };
    return { ...line, within: line.within.toSpliced(at, 1) };
  });
}

/** Code has no marks, and stands in no list. */
function coded(lines, first, last) {
  const code = { kind: "code", language: "", key: newKey() };
  return lines.map((line, index) => {
    if (index < first || index > last) return line;
    const around = line.within.filter(KINDS.quote);
    return { runs: [{ text: wordsOf(line), marks: {} }], within: [...around, code] };
  });
}
