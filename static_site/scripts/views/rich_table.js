import { tableAt, withColumn, withRow, withoutColumn, withoutRow, withoutTable } from "../models/rich/tables.js";

const DEEDS = {
  "row.above": (lines, index) => withRow(lines, index, true),
  "row.below": withRow,
  "row.remove": withoutRow,
  "column.before": (lines, index) => withColumn(lines, index, true),
  "column.after": withColumn,
  "column.remove": withoutColumn,
  remove: withoutTable,
};
const PARTS = new Set(["table", "tbody", "tr"]);

/** The line above the message box that adds rows and columns to the table at the caret, and removes them. */
export class RichTable {
  #content;
  #line;

  /** `icon(name)` draws one. */
  constructor({ form, h, t, icon, content }) {
    this.#content = content;
    const buttons = Object.keys(DEEDS).map((name) => {
      const words = t(`format.table.${name}`);
      return h("button", { type: "button", class: "icon-button", "aria-label": words, title: words, click: () => this.#do(name) }, icon(`table.${name}`));
    });
    this.#line = h("div", { class: "composer-table", role: "group", "aria-label": t("format.table"), hidden: true }, ...buttons);
    this.#line.addEventListener("mousedown", (event) => event.preventDefault()); // the focus and the selection stay in the box
    form.querySelector(".composer-box").before(this.#line);
  }

  /** Looks at the caret again. */
  update() {
    this.#straighten();
    const isHidden = !this.#isHere;
    if (this.#line.hidden !== isHidden) this.#line.hidden = isHidden;
  }

  /** Between a table and what is beside it, browsers have a caret that is in no line, and make styles of what is typed there. */
  #straighten() {
    if (!this.#content.isFocused || getSelection().rangeCount === 0) return;
    const { startContainer, startOffset, endContainer, endOffset } = getSelection().getRangeAt(0);
    if (isBeside(startContainer, startOffset) || isBeside(endContainer, endOffset)) this.#content.select(this.#content.selection);
  }

  get #isHere() {
    return tableAt(this.#content.now.lines, this.#content.selection.start.line) !== null;
  }

  #do(name) {
    if (!this.#isHere) return;
    this.#content.focus();
    const { lines, start } = DEEDS[name](this.#content.now.lines, this.#content.selection.start.line);
    this.#content.replace(lines, { start });
    this.update();
  }
}

function isBeside(node, offset) {
  return PARTS.has(node.localName) || [node.childNodes[offset - 1], node.childNodes[offset]].some((child) => child?.localName === "table");
}
