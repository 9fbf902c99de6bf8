// What is written in a formatted box, as lines: `{runs, within}`. A run is a text with its marks, `{text, marks}`; `within` is what
// the line stands in, the outermost first: `{kind: "quote", key}`, `{kind: "list", ordered, first, key, item}` or
// `{kind: "code", language, key}`, or the innermost `{kind: "table", alignments, key, row}`, of which it is a cell. Lines side by side with the same key are in the same quote, list or block, and those with the
// same item or row are one item or row. A place is `{line, at}`: the index of a line, and an offset in its text.

let keys = 0;

/** A name that nothing else has. */
export function newKey() {
  keys += 1;
  return keys;
}

export function wordsOf({ runs }) {
  return runs.map(({ text }) => text).join("");
}

/** Runs without what is outside of two offsets. */
export function cut(runs, from, to = Infinity) {
  let at = 0;
  return runs.flatMap(({ text, marks }) => {
    const part = text.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += text.length;
    return part === "" ? [] : [{ text: part, marks }];
  });
}

/** Indexes of lines, those together that are in the same thing so deep: `{context, indexes}`; a line that is in none is alone. */
export function groupsOf(lines, indexes, depth) {
  const contextOf = (index) => lines[index].within[depth] ?? null;
  return together(indexes, (index) => contextOf(index)?.key).map((own) => ({ context: contextOf(own[0]), indexes: own }));
}

/** The items of a list, as indexes of their lines. */
export function itemsOf(lines, indexes, depth) {
  return together(indexes, (index) => lines[index].within[depth].item);
}

/** The rows of a table, as indexes of their cells. */
export function rowsOf(lines, indexes, depth) {
  return together(indexes, (index) => lines[index].within[depth].row);
}

/** Indexes, those together that are side by side and have the same name; without a name, one is alone. */
function together(indexes, nameOf) {
  const groups = [];
  for (const index of indexes) {
    const name = nameOf(index);
    if (name !== undefined && groups.length > 0 && nameOf(groups.at(-1)[0]) === name) groups.at(-1).push(index);
    else groups.push([index]);
  }
  return groups;
}

/** The lines without what is between two places, the second one behind the first. What is left of the last line goes to the first; without anything it stands in nothing. */
export function without(lines, start, end) {
  if (areAll(lines, start, end)) return [{ runs: [], within: [] }];
  const { runs, within } = lines[start.line];
  const rest = cut(lines[end.line].runs, end.at);
  const isCode = within.at(-1)?.kind === "code";
  const merged = { runs: [...cut(runs, 0, start.at), ...(isCode ? rest.map(({ text }) => ({ text, marks: {} })) : rest)], within };
  return [...lines.slice(0, start.line), merged, ...lines.slice(end.line + 1)];
}

/** Whether nothing is outside of two places. */
export function areAll(lines, start, end) {
  return start.line === 0 && start.at === 0 && end.line === lines.length - 1 && end.at === wordsOf(lines.at(-1)).length;
}

/** Whether the line is the first one of what it stands in most closely. */
export function isFirstWithin(lines, index) {
  const inner = lines[index].within.at(-1);
  const above = lines[index - 1]?.within[lines[index].within.length - 1];
  return inner !== undefined && (above?.key !== inner.key || (inner.kind === "list" && above.item !== inner.item));
}

/**
 * The lines with one taken out of what it stands in most closely. Out of an inner list it becomes an item of the outer one, and
 * what followed it in the inner list belongs to it. The same line of an item stays below it: only its first line is taken out.
 */
export function lifted(lines, index) {
  const { within } = lines[index];
  const inner = within.at(-1);
  if (!inner) return lines;
  const outer = within.slice(0, -1);
  const own = outer.at(-1);
  if (own?.kind !== "list") return apart(lines, index, outer);
  const item = newKey();
  return lines.map((line, at) => {
    if (at < index || line.within[outer.length - 1]?.item !== own.item) return line;
    const around = [...outer.slice(0, -1), { ...own, item }];
    return { ...line, within: at === index ? around : [...around, ...line.within.slice(outer.length)] };
  });
}

/** What is below the line in the same thing is another one from there on, and lines of the same item go with it. */
function apart(lines, index, outer) {
  const inner = lines[index].within[outer.length];
  const key = newKey();
  return lines.map((line, at) => {
    const own = line.within[outer.length];
    if (at < index || own?.key !== inner.key) return line;
    if (at === index || (inner.kind === "list" && own.item === inner.item)) return { ...line, within: [...outer, ...line.within.slice(outer.length + 1)] };
    return { ...line, within: line.within.with(outer.length, { ...own, key, ...(own.ordered && { first: 1 }) }) };
  });
}
