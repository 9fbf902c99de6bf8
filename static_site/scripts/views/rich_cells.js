import { wordsOf } from "../models/rich/lines.js";
import { beside, isCell, tableAt, withRow, withoutTable } from "../models/rich/tables.js";

/** The keys that mean something else in a table of the field that formats. Each method returns whether it did something. */
export class RichCells {
  #content;

  constructor(content) {
    this.#content = content;
  }

  /** Whether the caret is in a cell. */
  get isHere() {
    const { lines } = this.#content.now;
    return isCell(lines[this.#content.selection.start.line]);
  }

  /** Enter goes to the row below, and behind the last one leaves the table. */
  enter() {
    const { lines, index, table } = this.#here;
    if (!table) return false;
    const below = table.rows[table.row + 1];
    if (below) this.#goTo(below[Math.min(table.column, below.length - 1)]);
    else this.#leave(lines, index, table);
    return true;
  }

  /** Tab goes to the next cell, and behind the last one to a new row; with Shift to the one before, but not out of the table. */
  tab(isBack) {
    const { lines, index, table } = this.#here;
    if (!table || (isBack && index === table.first)) return false;
    if (!isBack && index === table.last) {
      const made = withRow(lines, index);
      this.#content.replace(made.lines, { start: { line: index + 1, at: 0 } });
    } else {
      this.#goTo(isBack ? index - 1 : index + 1);
    }
    return true;
  }

  /** Where the text begins or ends with a table, an arrow key at its edge makes a line to write in. */
  arrow(isUp) {
    const { lines, index, table, at } = this.#here;
    if (!table) return false;
    const isEdge = isUp ? table.first === 0 && table.row === 0 && at === 0 : table.last === lines.length - 1 && table.row === table.rows.length - 1 && at === wordsOf(lines[index]).length;
    if (isEdge && isUp) this.#content.replace([beside(lines, index), ...lines], { start: { line: 0, at: 0 } });
    else if (isEdge) this.#leave(lines, index, table);
    return isEdge;
  }

  /** A key that would join lines: cells stay apart, and an empty table goes. */
  join(isBackward) {
    const { lines, index, table } = this.#here;
    const next = isBackward ? index - 1 : index + 1;
    if (table) {
      const isEmpty = table.rows.flat().every((cell) => wordsOf(lines[cell]) === "");
      if (isEmpty && isBackward) this.#replace(withoutTable(lines, index));
      return true;
    }
    if (!lines[next] || !isCell(lines[next])) return false;
    const isBlank = wordsOf(lines[index]) === "";
    const line = isBackward || !isBlank ? next : next - 1;
    const at = isBackward ? wordsOf(lines[next]).length : 0;
    if (isBlank) this.#content.replace(lines.toSpliced(index, 1), { start: { line, at } });
    else this.#content.select({ start: { line, at } });
    return true;
  }

  /** Two lines that were typed as a table become one once a line is begun below them. */
  begin() {
    const { lines, index, at } = this.#here;
    const { within } = lines[index];
    const above = lines[index - 1];
    if (!above || at < wordsOf(lines[index]).length || !isSameQuote(above.within, within)) return false;
    const { text } = this.#content.written([above, lines[index]].map(({ runs }) => ({ runs, within: [] })));
    const made = this.#content.linesOf(text);
    if (!made.every(isCell)) return false;
    const cells = made.map(({ runs, within: own }) => ({ runs, within: [...within, ...own] }));
    const all = lines.toSpliced(index - 1, 2, ...cells);
    this.#replace({ lines: withRow(all, index - 2 + cells.length).lines, start: { line: index - 1 + cells.length, at: 0 } });
    return true;
  }

  get #here() {
    const { lines } = this.#content.now;
    const { line: index, at } = this.#content.selection.start;
    return { lines, index, at, table: tableAt(lines, index) };
  }

  /** All that is in a cell is selected, to be written over. */
  #goTo(line) {
    const { lines } = this.#content.now;
    this.#content.select({ start: { line, at: 0 }, end: { line, at: wordsOf(lines[line]).length } });
  }

  #leave(lines, index, { last }) {
    const line = last + 1;
    const empty = beside(lines, index);
    if (lines[line] && isSameQuote(lines[line].within, empty.within)) this.#content.select({ start: { line, at: 0 } });
    else this.#replace({ lines: lines.toSpliced(line, 0, empty), start: { line, at: 0 } });
  }

  #replace({ lines, start }) {
    this.#content.replace(lines, { start });
  }
}

function isSameQuote(one, other) {
  return one.length === other.length && one.every(({ kind, key }, depth) => kind === "quote" && key === other[depth].key);
}
