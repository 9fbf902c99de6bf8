import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { attempt, sentence } from "./attempt.js";
import { ShownOnce } from "./shown_once.js";
import { waiting } from "./waiting.js";

/** Programs of one kind in their dialog: those that there are, each with a button that ends it, and a form that makes one. */
export class ProgramsPart {
  #place;
  #list;
  #kind;
  #programs;
  #note;
  #made;
  #confirm;
  #more;
  #below;
  #describe;
  #problem = h("p", { class: "field-problem", role: "alert" });
  #name;
  #make;
  #form;
  #once;
  #sample = h("code", { class: "programs-sample", dir: "ltr", tabindex: "0", hidden: true });

  /**
   * `kind` is "hooks" or "bots", whose `programs` these are; `note(one)` says more about one in the list. `made(one)` is
   * `{secret, words}`, which is shown once, and maybe a `sample` of its use. `more` are further fields of the form,
   * `below(one)` is an element below one in the list, `confirm(question)` asks before one is ended, and `describe(one)`, if
   * there is such a thing, changes its picture and words.
   */
  constructor({ kind, programs, note, made, more = [], below = () => null, confirm, describe = null }) {
    this.#kind = kind;
    this.#programs = programs;
    this.#note = note;
    this.#made = made;
    this.#more = more;
    this.#below = below;
    this.#confirm = confirm;
    this.#describe = describe;
    this.#place = byId(kind);
    this.#list = h("ul", { class: "people", "aria-labelledby": `${kind}-title` });
    this.#name = h("input", { id: `${kind}-name`, type: "text", dir: "auto", autocomplete: "off", spellcheck: "false", required: true });
    this.#make = h("button", { class: "button button-small", type: "submit" }, t(`programs.make.${kind}`));
    this.#form = h("form", { class: "programs-form", novalidate: true }, h("div", { class: "field" }, h("label", { for: `${kind}-name` }, t(`programs.name.${kind}`)), this.#name), ...more, this.#make);
    this.#once = new ShownOnce(t(`programs.secret.${kind}`));
    this.#place.append(h("p", { class: "field-help" }, t(`programs.help.${kind}`)), this.#list, this.#form, this.#problem, ...this.#once.elements, this.#sample);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    programs.on("change", () => this.#show());
  }

  /** Shows those that there are; without `makes`, no further ones are made. */
  async open({ makes = true } = {}) {
    this.#place.hidden = false;
    this.#form.hidden = !makes;
    this.#name.value = "";
    this.#problem.textContent = "";
    await this.#programs.load().catch((error) => this.#list.replaceChildren(h("li", {}, h("p", { class: "field-problem", role: "alert" }, sentence(error)))));
  }

  /** Nothing of it stays in the document. */
  close() {
    this.#place.hidden = true;
    this.#programs.clear();
    this.#hush();
  }

  #hush() {
    this.#once.clear();
    this.#sample.hidden = true;
    this.#sample.textContent = "";
  }

  async #submit() {
    this.#hush();
    const values = this.#more.map((field) => Number(field.value));
    const where = { button: this.#make, problem: this.#problem };
    const worked = await attempt(where, async () => this.#tell(await this.#programs.make(this.#name.value, ...values)));
    if (worked) this.#name.value = "";
    else this.#name.focus();
  }

  /** Of one for another room nothing is said here: it is deleted there, and another one made. */
  #tell(one) {
    if (one === null) return;
    const { secret, words, sample } = this.#made(one);
    this.#once.show(secret, words);
    this.#sample.textContent = sample ?? "";
    this.#sample.hidden = !sample;
  }

  #show() {
    const { all } = this.#programs;
    if (this.#place.hidden) this.#list.replaceChildren();
    else if (all === null) this.#list.replaceChildren(h("li", {}, waiting()));
    else if (all.length === 0) this.#list.replaceChildren(h("li", { class: "field-help" }, t(`programs.none.${this.#kind}`)));
    else this.#list.replaceChildren(...all.map((one) => this.#line(one)));
  }

  #line(one) {
    const { id, name } = one;
    const words = h("span", { class: "session-words" }, h("b", {}, h("bdi", {}, name)), this.#note(one));
    const end = h("button", { class: "button button-small", type: "button", "aria-label": t(`programs.end.of.${this.#kind}`, { name }) }, t(`programs.end.${this.#kind}`));
    end.addEventListener("click", () => attempt({ button: end, problem: this.#problem }, () => this.#end(one)));
    return h("li", { "data-program": id }, h("div", { class: "session" }, words, this.#describe && this.#describer(one), end), this.#below(one));
  }

  #describer(one) {
    const button = h("button", { class: "button button-small", type: "button", "aria-label": t("profile.change.of", { name: one.name }) }, t("profile.change"));
    button.addEventListener("click", () => attempt({ button, problem: this.#problem }, () => this.#describe(one)));
    return button;
  }

  async #end({ id, name }) {
    const question = { title: t(`programs.end.title.${this.#kind}`, { name }), words: t(`programs.end.help.${this.#kind}`), action: t(`programs.end.${this.#kind}`) };
    if (!(await this.#confirm(question))) return;
    await this.#programs.end(id);
    this.#hush(); // it may be the one whose secret is still shown
    byId("programs-title").focus();
  }
}
