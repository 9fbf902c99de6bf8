import { areAll } from "../models/rich/lines.js";
import { copied, erased, isCell } from "../models/rich/tables.js";

/** What is copied, cut, pasted and dropped in the field that formats. */
export class RichClipboard {
  #content;
  #insert;

  /** `insert(text)` puts a text with marks in the place of the selection. */
  constructor({ element, content, insert }) {
    this.#content = content;
    this.#insert = insert;
    element.addEventListener("copy", (event) => this.#copy(event));
    element.addEventListener("cut", (event) => this.#cut(event));
    element.addEventListener("paste", () => this.#clear());
  }

  /** What nobody else has taken comes as text. */
  comes(event) {
    event.preventDefault();
    const [target] = event.getTargetRanges();
    if (event.inputType === "insertFromDrop" && target) getSelection().collapse(target.startContainer, target.startOffset);
    const text = event.dataTransfer?.getData("text/plain") ?? event.data ?? "";
    if (text !== "") this.#insert(text);
  }

  /** What comes in the place of several lines, of which some are cells, comes where they began: a text in their place would cut the table. */
  #clear() {
    const { lines } = this.#content.now;
    const { start, end } = this.#content.selection;
    if (start.line !== end.line && !areAll(lines, start, end) && (isCell(lines[start.line]) || isCell(lines[end.line]))) this.#content.replace(erased(lines, start, end), { start });
  }

  /** Other fields get the marks. */
  #copy(event) {
    const { start, end, isCollapsed } = this.#content.selection;
    if (isCollapsed) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", this.#content.written(copied(this.#content.now.lines, start, end)).text);
  }

  #cut(event) {
    const { start, end, isCollapsed } = this.#content.selection;
    if (isCollapsed) return;
    this.#copy(event);
    this.#content.replace(erased(this.#content.now.lines, start, end), { start });
  }
}
