import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { ChosenPeople } from "../models/chosen_people.js";
import { attempt } from "./attempt.js";
import { icon } from "./icons.js";
import { PeoplePicker } from "./people_picker.js";

/** Asks to whom somebody wants to write directly, one person or several. `onPick(people)` resolves when their room is open; then `write()` goes to the message box. */
export class DirectDialog {
  #dialog = byId("direct-dialog");
  #problem = byId("direct-problem");
  #several = byId("direct-several");
  #list = byId("direct-chosen");
  #start = byId("direct-start");
  #chosen = new ChosenPeople();
  #onPick;
  #write;
  #picker;

  constructor({ house, user, onPick, write }) {
    this.#onPick = onPick;
    this.#write = write;
    this.#picker = new PeoplePicker({
      field: "direct-find",
      list: "direct-found",
      find: (prefix, limit) => house.people(prefix, limit),
      except: () => new Set([user().id, ...this.#chosen.ids]),
      onPick: (person) => this.#picked(person),
    });
    byId("direct-new").append(icon("plus"));
    byId("direct-new").addEventListener("click", () => this.#ask());
    this.#several.addEventListener("change", () => this.#show());
    this.#start.addEventListener("click", () => this.#open(this.#chosen.people));
  }

  #ask() {
    this.#problem.textContent = "";
    this.#several.checked = false;
    this.#chosen.clear();
    this.#show();
    this.#dialog.showModal();
    this.#picker.reset({ eager: true });
    byId("direct-find").focus();
  }

  #picked(person) {
    if (!this.#several.checked) return this.#open([person]);
    this.#chosen.add(person);
    this.#show();
    this.#picker.reset({ eager: true });
    return null;
  }

  async #open(people) {
    const where = { problem: this.#problem, ...(this.#several.checked && { button: this.#start }) };
    if (!(await attempt(where, () => this.#onPick(people)))) return;
    this.#dialog.close(); // which gives the focus back to what opened it
    this.#write();
  }

  #show() {
    const several = this.#several.checked;
    byId("direct-who").textContent = several ? this.#chosen.words : t("direct.two");
    this.#list.hidden = !several;
    this.#list.replaceChildren(...this.#chosen.people.map((person) => this.#line(person)));
    this.#start.hidden = !several;
    this.#start.disabled = this.#chosen.people.length === 0;
  }

  #line({ id, name }) {
    const press = () => {
      this.#chosen.remove(id);
      this.#show();
      byId("direct-find").focus();
    };
    return h("li", {}, h("button", { class: "button button-small", type: "button", "aria-label": t("direct.leave_out", { name }), click: press }, h("bdi", {}, name), " ×"));
  }
}
