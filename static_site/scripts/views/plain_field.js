import { putText } from "../lib/field.js";
import { format, formatsAt } from "../models/formatting.js";
import { continuedLine } from "../models/line_marks.js";
import { growingField } from "./growing_field.js";

/** The field of plain text in which a message is written, with its marks. `MessageBox` says what each method does. */
export class PlainField {
  element;
  fit;

  constructor(element, form) {
    this.element = element;
    this.fit = growingField(element, form);
  }

  get value() {
    return this.element.value;
  }

  get state() {
    return { text: this.element.value, start: this.element.selectionStart, end: this.element.selectionEnd };
  }

  get formats() {
    return formatsAt(this.state);
  }

  set hint(words) {
    if (this.element.placeholder !== words) this.element.placeholder = words;
  }

  set(text) {
    this.element.value = text;
  }

  /** Selects a part of the text, to be selected when the focus comes. */
  recall({ start, end }) {
    this.element.setSelectionRange(start, end);
  }

  put(state) {
    putText(this.element, state);
  }

  focus() {
    this.element.focus();
  }

  format(kind) {
    this.put(format(kind, this.state));
  }

  continueLine() {
    const made = continuedLine(this.state);
    if (made) this.put(made);
    return made !== null;
  }
}
