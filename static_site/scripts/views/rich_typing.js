import { offsetOf, placeOf } from "../models/rich/formatted.js";
import { areAll, cut, isFirstWithin, lifted, wordsOf } from "../models/rich/lines.js";
import { isCode, looksOf, marksAt, withWords } from "../models/rich/run_marks.js";
import { erased, isCell } from "../models/rich/tables.js";
import { nested, toggled } from "../models/rich/toggles.js";
import { RichCells } from "./rich_cells.js";
import { RichClipboard } from "./rich_clipboard.js";
import { isSame } from "./rich_content.js";

const BEGINNINGS = { "- ": "list", "* ": "list", "1. ": "ordered", "> ": "quote", "```": "block" };
const INNER = new Set(["list", "ordered"]);
const SETTLES = /[*_~`)\s]/;
const KNOWN_FORMATS = /Bold|Italic|StrikeThrough/;

/** What is typed and deleted in the field that formats. Within a line the browser does it alone. */
export class RichTyping {
  #content;
  #cells;
  #clipboard;
  #keepsLines;
  #marks = null; // {at, marks} of what is typed next, if others than those of the words before it

  /** `insert(text)` puts a text with marks in the place of the selection. */
  constructor({ element, content, keepsLines, insert }) {
    this.#content = content;
    this.#cells = new RichCells(content);
    this.#keepsLines = keepsLines;
    this.#clipboard = new RichClipboard({ element, content, insert });
    element.addEventListener("beforeinput", (event) => this.#before(event));
    element.addEventListener("input", (event) => this.#typed(event));
    element.addEventListener("keydown", (event) => this.#key(event));
  }

  /** The marks of what is typed next at the caret; null for those of the words before it. */
  get marks() {
    const { start, isCollapsed } = this.#content.selection;
    return this.#marks && isCollapsed && isSame(this.#marks.at, start) ? this.#marks.marks : null;
  }

  set marks(marks) {
    this.#marks = { at: this.#content.selection.start, marks };
  }

  /** What was pressed for another text is nothing for this one. */
  forget() {
    this.#marks = null;
  }

  /** What is typed at an offset behind marks is not marked. */
  leaveMarks(offset) {
    const { segments, lines } = this.#content.now;
    const { start } = this.#content.selection;
    if (offset > offsetOf(segments, start) && Object.values(marksAt(lines, start)).some(Boolean)) this.marks = {};
  }

  /** Shows what the line of the caret will look like: what marks mean that were typed, and that there are none within a word. */
  settle() {
    const { lines } = this.#content.now;
    const { start } = this.#content.selection;
    const line = lines[start.line];
    if (isCode(line)) return;
    const own = this.#content.written([{ runs: line.runs, within: [] }]);
    const [fresh, ...others] = this.#content.linesOf(own.text);
    if (others.length > 0 || fresh.within.length > 0 || looksOf(fresh) === looksOf(line)) return;
    const marks = this.marks ?? marksAt(lines, start);
    const { at } = placeOf(this.#content.written([fresh]), offsetOf(own.segments, { line: 0, at: start.at }));
    this.#content.replace(lines.with(start.line, { runs: fresh.runs, within: line.within }), { start: { line: start.line, at } });
    this.marks = marks; // what is typed next is not within what has just become a word
  }

  #before(event) {
    const { inputType: type, data } = event;
    if (this.#content.isCommanded || !event.cancelable) return; // what some keyboards of phones do, nobody can do in their place
    if (type.startsWith("format") && !KNOWN_FORMATS.test(type)) event.preventDefault();
    else if (type === "insertParagraph" || type === "insertLineBreak") this.#newLine(event);
    else if (/^insertFrom(?:Paste|Drop|Yank)/.test(type)) this.#clipboard.comes(event);
    else if (type === "insertText" && data) this.#words(event);
    else if (type.startsWith("delete")) this.#deletes(event);
  }

  #words(event) {
    const { start, end, isCollapsed } = this.#content.selection;
    const { marks } = this;
    if (!marks && !this.#isMixed(start, end)) return;
    event.preventDefault();
    const { lines } = this.#content.now;
    const rest = isCollapsed ? lines : erased(lines, start, end);
    const behind = { line: start.line, at: start.at + event.data.length };
    this.#content.replace(withWords(rest, start, event.data, marks ?? marksAt(lines, start)), { start: behind });
    this.#shape(event.data);
  }

  #deletes(event) {
    const { start, end, isCollapsed } = this.#content.selection;
    if (isCollapsed) this.#join(event, start, event.inputType.includes("Backward"));
    else if (this.#isMixed(start, end) || areAll(this.#content.now.lines, start, end)) {
      event.preventDefault();
      this.#remove(start, end);
    }
  }

  /** Whether there are several lines or marks between two places, of which browsers would make styles. */
  #isMixed(start, end) {
    return start.line !== end.line || cut(this.#content.now.lines[start.line].runs, start.at, end.at).length > 1;
  }

  #remove(start, end) {
    this.#content.replace(erased(this.#content.now.lines, start, end), { start });
  }

  /** At the beginning of a line it leaves what it stands in, and otherwise goes behind the one above; at its end the one below comes. */
  #join(event, place, isBackward) {
    const { lines } = this.#content.now;
    if (place.at !== (isBackward ? 0 : wordsOf(lines[place.line]).length)) return;
    event.preventDefault();
    if (this.#cells.isHere || !(isBackward && isFirstWithin(lines, place.line))) {
      if (this.#cells.join(isBackward)) return;
    }
    if (isBackward && isFirstWithin(lines, place.line)) this.#content.replace(lifted(lines, place.line), { start: place });
    else if (isBackward && place.line > 0) this.#remove({ line: place.line - 1, at: wordsOf(lines[place.line - 1]).length }, place);
    else if (!isBackward && place.line + 1 < lines.length) this.#remove(place, { line: place.line + 1, at: 0 });
  }

  /** A new item, line of a quote or line of code; an empty one at its end leaves them. */
  #newLine(event) {
    event.preventDefault();
    if (this.#cells.enter() || this.#cells.begin()) return;
    const { start, end, isCollapsed } = this.#content.selection;
    const { marks } = this;
    if (!isCollapsed) this.#remove(start, end);
    const { lines } = this.#content.now;
    const { within } = lines[start.line];
    const inner = within.at(-1);
    const isLast = lines[start.line + 1]?.within[within.length - 1]?.key !== inner?.key;
    if (inner && wordsOf(lines[start.line]) === "" && (isLast || inner.kind === "list")) this.#content.replace(lifted(lines, start.line), { start });
    else this.#content.command(inner?.kind === "code" ? "insertLineBreak" : "insertParagraph");
    if (marks) this.marks = marks;
  }

  #typed({ inputType, data, isComposing }) {
    if (inputType === "insertText" && !isComposing && data) this.#shape(data);
  }

  /** Marks that were typed become what they mean once they are whole, and so does what begins a list, a quote or code. */
  #shape(data) {
    const { lines } = this.#content.now;
    const { start } = this.#content.selection;
    const line = lines[start.line];
    if (isCode(line)) return;
    if (isCell(line)) return SETTLES.test(data) && this.settle();
    const kind = BEGINNINGS[wordsOf(line).slice(0, start.at)];
    const rest = kind && lines.with(start.line, { runs: cut(line.runs, start.at), within: line.within });
    const isInList = line.within.some((one) => one.kind === "list");
    const made = rest && (isInList ? nested(rest, start.line, kind === "ordered") : toggled(kind, rest, start.line, start.line));
    if (made && (!isInList || INNER.has(kind))) this.#content.replace(made, { start: { line: start.line, at: 0 } });
    else if (SETTLES.test(data)) this.settle();
  }

  #key(event) {
    const { key, shiftKey, isComposing, keyCode, ctrlKey, metaKey, altKey } = event;
    if (event.defaultPrevented || isComposing || keyCode === 229 || ctrlKey || metaKey || altKey) return;
    const isDone = key === "Tab" ? this.#cells.tab(shiftKey) : /^Arrow(?:Up|Down)$/.test(key) && !shiftKey && this.#cells.arrow(key === "ArrowUp");
    if (isDone) event.preventDefault();
    if (key !== "Enter" || shiftKey || !this.#keepsLines()) return;
    const { lines } = this.#content.now;
    if (lines[this.#content.selection.start.line].within.length > 0) this.#newLine(event); // and sends nothing
  }
}
