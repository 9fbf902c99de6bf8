import { cut, wordsOf } from "../models/rich/lines.js";
import { linkAround, withLink } from "../models/rich/links.js";
import { isCode, withMark } from "../models/rich/run_marks.js";

/** The line above the message box in which the link at the caret is shown and removed, and its address and words are written. */
export class RichLink {
  #content;
  #naming;
  #marks;
  #leave;
  #t;
  #line;
  #goal;
  #look;
  #form;
  #address;
  #words;
  #problem;
  #removers;
  #chosen = null; // {start, end} of what is written about, while it is

  /** `naming` is `{addressOf, canName, linkWords}`, `marks()` are those at the caret, and `leave()` is called with the caret behind a new link. */
  constructor({ form, h, t, naming, content, marks, leave }) {
    this.#content = content;
    this.#naming = naming;
    this.#marks = marks;
    this.#leave = leave;
    this.#t = t;
    const button = (words, press, kind = "") => h("button", { type: "button", class: `button button-small ${kind}`, click: press }, t(words));
    const field = (attributes) => h("input", { class: "composer-link-field", type: "text", autocomplete: "off", "aria-describedby": "composer-link-problem", ...attributes });
    const label = (words, input) => h("label", { class: "composer-link-label" }, t(words), input);
    this.#goal = h("bdi", { class: "composer-link-goal" });
    this.#removers = [button("format.link.remove", () => this.#remove()), button("format.link.remove", () => this.#remove())];
    this.#look = h("div", { class: "composer-link-row" }, this.#goal, button("format.link.change", () => this.open()), this.#removers[0]);
    this.#address = field({ dir: "ltr", inputmode: "url", spellcheck: "false" });
    this.#words = field({ dir: "auto", maxlength: "300" });
    this.#problem = h("p", { id: "composer-link-problem", class: "composer-link-problem", role: "alert" });
    const deeds = [button("format.link.apply", () => this.#apply(), "button-primary"), this.#removers[1], button("cancel", () => this.#end())];
    this.#form = h("div", { class: "composer-link-row", hidden: true }, label("format.link.address", this.#address), label("format.link.words", this.#words), ...deeds, this.#problem);
    this.#line = h("div", { class: "composer-link", role: "group", "aria-label": t("format.link"), hidden: true, keydown: (event) => this.#key(event) }, this.#look, this.#form);
    this.#look.addEventListener("mousedown", (event) => event.preventDefault()); // the focus and the selection stay in the box
    form.querySelector(".composer-box").before(this.#line);
  }

  /** Asks for the address and the words of a link in the place of what is selected. */
  open() {
    const { lines } = this.#content.now;
    const { start, end } = this.#content.selection;
    if (lines.slice(start.line, end.line + 1).some(isCode)) return;
    const link = linkAround(lines, { start, end }, this.#marks().href);
    this.#chosen = link ?? trimmed(lines, { start, end });
    const words = this.#chosenWords(lines);
    const isAddress = !link && words.includes("://") && this.#naming.addressOf(words) !== null;
    this.#address.value = isAddress ? words : (link?.href ?? "");
    this.#words.value = isAddress ? "" : words;
    this.#words.parentElement.hidden = start.line !== end.line;
    this.#removers[1].hidden = link === null;
    this.#refuse(null);
    this.#show();
    if (isAddress) this.#words.focus();
    else this.#address.focus();
    this.#address.select();
  }

  /** Shows the link at the caret; whatever was being written about another place is given up. */
  close() {
    this.#chosen = null;
    this.#show();
  }

  /** Looks at the caret again; whoever is back in the field has left what was being written here. */
  update() {
    if (this.#chosen === null || this.#content.isFocused) this.close();
  }

  #show() {
    const { href } = this.#marks();
    const isWritten = this.#chosen !== null;
    if (!isWritten && href && this.#goal.textContent !== href) this.#goal.textContent = href;
    for (const field of [this.#address, this.#words]) field.type = isWritten ? "text" : "hidden"; // which takes what was typed in them out of what undo takes back
    this.#look.hidden = isWritten;
    this.#form.hidden = !isWritten;
    this.#line.hidden = !isWritten && !href;
  }

  #chosenWords(lines) {
    const { start, end } = this.#chosen;
    return start.line === end.line ? wordsOf({ runs: cut(lines[start.line].runs, start.at, end.at) }) : "";
  }

  #apply() {
    const { addressOf, canName, linkWords } = this.#naming;
    const href = addressOf(this.#address.value);
    if (!href) return this.#refuse("format.link.no_address", this.#address);
    const typed = this.#address.value.trim();
    const words = linkWords(this.#words.value) || (typed.includes("://") ? href : typed);
    if (!canName(words, href)) return this.#refuse("format.link.no_words", this.#words);
    const { start, end } = this.#chosen;
    const { lines } = this.#content.now;
    this.#end();
    if (start.line !== end.line) return this.#content.replace(withMark(lines, { start, end }, "href", href), { start, end });
    this.#content.replace(withLink(lines, { start, end }, words, href), { start: { line: start.line, at: start.at + words.length } });
    return this.#leave();
  }

  #remove() {
    const { lines } = this.#content.now;
    const selection = this.#content.selection;
    const link = linkAround(lines, this.#chosen ?? selection, this.#marks().href);
    this.#end();
    if (link) this.#content.replace(withMark(lines, link, "href", undefined), selection);
  }

  /** Back to the box, as it was. */
  #end() {
    this.#chosen = null;
    this.#content.focus();
    this.#show();
  }

  #refuse(reason, field = null) {
    this.#problem.textContent = reason ? this.#t(reason) : "";
    for (const one of [this.#address, this.#words]) one.setAttribute("aria-invalid", String(one === field));
    field?.focus();
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const isField = event.target === this.#address || event.target === this.#words;
    if (event.key === "Escape") this.#end();
    else if (event.key === "Enter" && isField) this.#apply();
    else return;
    event.preventDefault(); // and sends nothing, and cancels no reply
    event.stopPropagation();
  }
}

/** Blanks at the ends of what is selected in a line stay outside. */
function trimmed(lines, { start, end }) {
  if (start.line !== end.line) return { start, end };
  const words = wordsOf(lines[start.line]).slice(start.at, end.at);
  const at = start.at + (words.length - words.trimStart().length);
  return words.trim() === "" ? { start, end } : { start: { line: start.line, at }, end: { line: end.line, at: at + words.trim().length } };
}
