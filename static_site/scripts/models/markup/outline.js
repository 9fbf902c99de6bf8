import { firstOf, readersIn } from "./blocks.js";

/**
 * A text as what it consists of, with the lines in which that stands: `{node, lines}`. `node` is a block as in `parse`, or null for
 * a line of a paragraph. All lines together are the text.
 */
export function outline(text) {
  return outlineOf(text.split("\n"), { depth: 0, inList: false });
}

/** The same for the lines within a quote or an item; `depth` says within how many. */
export function outlineOf(lines, { depth, inList }) {
  const context = { people: [], depth, inList };
  const readers = readersIn(context);
  const found = [];
  for (let at = 0; at < lines.length; at = found.at(-1).end) {
    const { before, node = null, end = at + 1 } = firstOf(readers, lines, at, context) ?? {};
    found.push({ node: before ? null : node, lines: lines.slice(at, end), end });
  }
  return found;
}
