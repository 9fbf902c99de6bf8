import { offsetOf, placeOf } from "../models/rich/formatted.js";
import { areAll } from "../models/rich/lines.js";
import { isCode, marksAt, marksOf, wholeWords, withMark } from "../models/rich/run_marks.js";
import { isCell } from "../models/rich/tables.js";
import { areWithin, toggled } from "../models/rich/toggles.js";
import { MARKS } from "../models/rich/written.js";
import { RichContent } from "./rich_content.js";
import { RichLink } from "./rich_link.js";
import { RichTable } from "./rich_table.js";
import { RichTyping } from "./rich_typing.js";

const BLOCKS = ["block", "list", "ordered", "quote"];
const COMMANDS = { strong: "bold", emphasis: "italic", struck: "strikeThrough" };
const MARKED = /[\n*_~`[\]>|#]/;

/**
 * The field in which words look as they will in the message. `MessageBox` says what each method does. Words are typed by the browser;
 * what changes lines or marks replaces the elements, by the browser's command too, so that its undo takes it back. Left alone,
 * browsers write styles into them, which the site's policy refuses.
 */
export class RichBox {
  element;
  #form;
  #content;
  #markup;
  #typing;
  #link;
  #table;
  #difference;

  /**
   * `markup` is what `Formatted` needs, `naming` what `RichLink` does, `h`, `t`, `icon` and `difference(before, text)` are those of the page, and
   * `keepsLines()` says whether Enter begins a line in a list, quote or code.
   */
  constructor({ form, attributes, h, t, icon, markup, naming, difference, keepsLines }) {
    this.#form = form;
    this.#markup = markup;
    this.#difference = difference;
    this.element = h("div", { ...attributes, contenteditable: "true", role: "textbox", "aria-multiline": "true" });
    this.#content = new RichContent({ element: this.element, h, markup });
    this.#typing = new RichTyping({ element: this.element, content: this.#content, keepsLines, insert: (text) => this.#insert(text) });
    const leave = () => (this.#typing.marks = { ...this.#marks, href: undefined });
    this.#link = new RichLink({ form, h, t, naming, content: this.#content, marks: () => this.#marks, leave });
    this.#table = new RichTable({ form, h, t, icon, content: this.#content });
    this.element.addEventListener("input", () => this.#look());
    document.addEventListener("selectionchange", () => this.#moved());
  }

  get value() {
    return this.#content.now.text;
  }

  get state() {
    const { text, segments, lines } = this.#content.now;
    const { start, end, isCollapsed } = this.#content.selection;
    if (!isCollapsed && areAll(lines, start, end)) return { text, start: 0, end: text.length }; // with the marks at its ends
    const from = offsetOf(segments, start, !isCollapsed);
    return { text, start: from, end: isCollapsed ? from : offsetOf(segments, end) };
  }

  get formats() {
    const { lines } = this.#content.now;
    const { start, end } = this.#content.selection;
    const marks = this.#marks;
    const inline = Object.keys(marks).filter((kind) => marks[kind]).map((kind) => (kind === "href" ? "link" : kind));
    const isInTable = isCell(lines[start.line]) || isCell(lines[end.line]);
    return [...(isInTable ? ["table"] : []), ...BLOCKS.filter((kind) => areWithin(kind, lines, start.line, end.line)), ...inline];
  }

  set hint(words) {
    this.element.setAttribute("aria-placeholder", words);
  }

  set(text) {
    this.#content.fill(text);
    this.#typing.forget();
    this.#look();
  }

  recall({ start, end }) {
    const { now } = this.#content;
    this.#content.remember({ start: placeOf(now, start), end: placeOf(now, end) });
    if (start === end) this.#typing.leaveMarks(start);
  }

  put(state) {
    this.focus();
    const { text, start, end = start } = this.#fitted(state);
    if (this.value !== text && !this.#typeWords(text)) this.#content.replace(this.#content.linesOf(text));
    const { now } = this.#content;
    this.#content.select({ start: placeOf(now, start), end: placeOf(now, end) });
    if (start === end) this.#typing.leaveMarks(start);
  }

  focus() {
    this.#content.focus();
  }

  fit() {
    if (this.#content.now.lines.length > 1) return this.#form.toggleAttribute("data-tall", true); // nothing to measure
    this.#form.toggleAttribute("data-tall", false);
    const style = getComputedStyle(this.element);
    const line = ["lineHeight", "paddingTop", "paddingBottom"].reduce((sum, name) => sum + Number.parseFloat(style[name]), 0);
    return this.#form.toggleAttribute("data-tall", this.element.scrollHeight > line * 1.25);
  }

  format(kind) {
    this.focus();
    const { start, end } = this.#content.selection;
    if (BLOCKS.includes(kind)) this.#content.replace(toggled(kind, this.#content.now.lines, start.line, end.line), { start, end });
    else if (kind === "link") this.#link.open();
    else this.#mark(kind);
  }

  /** The browser's own key does. */
  continueLine() {
    return false;
  }

  get #marks() {
    const { lines } = this.#content.now;
    const { start, end, isCollapsed } = this.#content.selection;
    return isCollapsed ? (this.#typing.marks ?? marksAt(lines, start)) : marksOf(lines, start, end);
  }

  /** Where nothing is selected, what is typed next has the mark, or has not: the browser is told as well, for what input methods type. */
  #mark(kind) {
    const { lines } = this.#content.now;
    const { start, end, isCollapsed } = this.#content.selection;
    const marks = this.#marks;
    if (isCollapsed && isCode(lines[start.line])) return;
    if (isCollapsed) {
      if (kind in COMMANDS) this.#content.command(COMMANDS[kind]);
      this.#typing.marks = { ...marks, [kind]: !marks[kind] };
      return;
    }
    const chosen = wholeWords(lines, { start, end }, (...words) => this.#markup.canEnclose(...words, MARKS[kind]));
    this.#content.replace(withMark(lines, chosen, kind, !marksOf(lines, chosen.start, chosen.end)[kind]), chosen);
  }

  #insert(text) {
    const { text: now, start, end } = this.state;
    const words = text.replace(/\r\n?/g, "\n");
    this.put({ text: now.slice(0, start) + words + now.slice(end), start: start + words.length });
  }

  /** Types what is new in a text, where it is just words within a line; false if more is to be done. */
  #typeWords(text) {
    const { now } = this.#content;
    const { from, to, words } = this.#difference(now.text, text);
    const holds = (segment) => segment.to <= from && to <= segment.to + segment.length;
    if (words === "" || MARKED.test(words) || !now.segments.some(holds)) return false;
    this.#content.select({ start: placeOf(now, from), end: placeOf(now, to) });
    this.#content.command("insertText", words);
    return this.value === text;
  }

  /** What comes into a cell comes in one line, and its pipes with a backslash. */
  #fitted(state) {
    const { lines, text, segments } = this.#content.now;
    const { from, to, words } = this.#difference(text, state.text);
    const { line } = segments.findLast((segment) => segment.to <= from) ?? segments[0];
    const own = segments.filter((segment) => segment.line === line);
    const isWithin = isCell(lines[line]) && own[0].to <= from && to <= own.at(-1).to + own.at(-1).length;
    const fitting = words.replace(/\s*\n\s*/g, " ").replace(/\\?\|/g, "\\|");
    return isWithin && fitting !== words ? { text: text.slice(0, from) + fitting + text.slice(to), start: from + fitting.length } : state;
  }

  #moved() {
    if (!this.element.contains(getSelection().anchorNode) || this.element.hasAttribute("data-writing")) return;
    this.#link.update();
    this.#table.update();
  }

  #look() {
    this.#link.close();
    this.#table.update();
  }
}
