import { toClipboard } from "../lib/clipboard.js";
import { savesData } from "../lib/data_saving.js";
import { h, say } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { firstLines, languageOf, linesExpected } from "../models/text_files.js";
import { codeLines } from "./code_block.js";

const ANSWER_MS = 2_000;

/**
 * The text of a file in its place: its first lines, whatever it is as text, and all of it for who asks. The first lines come as
 * they come near, into a place that is kept free for them, unless data is saved.
 */
export class FileText {
  element;
  #place = h("div", { class: "file-text-place" });
  #all = h("button", { class: "fold", type: "button", "aria-expanded": "false" }, t("fold.all"));
  #copy = h("button", { class: "fold", type: "button", hidden: true }, t("copy"));
  #note = h("span", { class: "field-help" });
  #room;
  #file;
  #texts;
  #hold;
  #whole = null; // {text, more}, once it is known

  /** `texts` are `FileTexts`, `near` tells when it is near; `hold(change)` changes the log and moves nothing that is read, nor `hold(change, anchor)` the anchor. */
  constructor({ room, file, texts, near, hold }) {
    this.#room = room;
    this.#file = file;
    this.#texts = texts;
    this.#hold = hold;
    const foot = h("div", { class: "file-text-foot" }, this.#all, this.#copy, this.#note);
    this.element = h("div", { class: "file-text", role: "group", "aria-label": file.name, "aria-live": "off" }, this.#place, foot);
    this.#all.addEventListener("click", () => this.#turn());
    this.#copy.addEventListener("click", () => this.#copied());
    const known = texts.known(file);
    if (known !== undefined) this.#begin(known);
    else if (!savesData()) this.#wait(near);
  }

  #wait(near) {
    this.element.dataset.waiting = "";
    this.element.style.setProperty("--lines", linesExpected(this.#file));
    const begin = (known) => this.#hold(() => {
      delete this.element.dataset.waiting;
      if (known !== undefined) this.#begin(known);
    });
    near.watch(this.element, () => this.#texts.begin(this.#room, this.#file).then(begin, () => begin(undefined)));
  }

  #begin(known) {
    this.element.hidden = known === null; // it is no text, whatever it is called
    if (known === null) return;
    if (known.all !== null) this.#whole = { text: known.all, more: false };
    this.#show(known.head, false);
  }

  async #turn() {
    if (this.#all.getAttribute("aria-expanded") === "true") {
      this.#hold(() => this.#show(firstLines(this.#whole.text), false), this.#all);
      return;
    }
    try {
      if (this.#whole === null) say(this.#note, t("files.loading"));
      this.#whole ??= await this.#texts.whole(this.#room, this.#file);
      if (this.#whole === null) this.#tell(t("files.no_text"));
      else this.#hold(() => this.#show(this.#whole.text, true), this.element);
    } catch (error) {
      this.#tell(t("files.unreachable", { name: this.#file.name, problem: error.message }));
    }
  }

  #tell(problem) {
    this.#note.setAttribute("role", "alert");
    say(this.#note, problem);
  }

  #show(text, open) {
    const isAll = this.#whole?.text === text;
    this.element.toggleAttribute("data-open", open || isAll);
    this.#all.setAttribute("aria-expanded", String(open));
    say(this.#all, t(open ? "fold.less" : "fold.all"));
    this.#all.hidden = isAll && !open;
    this.#copy.hidden = this.#whole === null;
    this.#note.removeAttribute("role");
    say(this.#note, open && this.#whole.more ? t("files.first", { count: text.split("\n").length }) : "");
    this.#place.replaceChildren(this.#text(text, open));
  }

  #text(text, open) {
    const language = languageOf(this.#file);
    const scrolls = open && { tabindex: "0", role: "group", "aria-label": this.#file.name };
    if (!language) return h("div", { class: "file-paper" }, h("div", { class: "file-prose", dir: "auto", ...scrolls }, text));
    return h("div", { class: "file-paper code-block", dir: "ltr" }, h("pre", { ...scrolls }, codeLines(text, language)));
  }

  async #copied() {
    const done = await toClipboard(this.#whole.text);
    if (!done) getSelection().selectAllChildren(this.#place);
    say(this.#copy, t(done ? "copied" : "code.selected"));
    setTimeout(() => say(this.#copy, t("copy")), ANSWER_MS);
  }
}
