import { byId, h, refresh } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { PeopleFinder } from "../models/people_finder.js";
import { paintAvatar } from "./avatar.js";

/**
 * A field that completes people's names: a combobox with a list below it. `onPick(person)` hears who was chosen, by
 * click or by arrow keys and Enter.
 */
export class PeoplePicker {
  #field;
  #list;
  #none = h("p", { class: "picker-none", role: "status" }); // beside the list, which holds nothing but options
  #finder;
  #onPick;
  #except = () => new Set();
  #people = [];
  #active = -1;

  /** `field` and `list` are ids; `find(prefix, limit)` asks the service; `except()` are ids of people not to offer. */
  constructor({ field, list, find, except, onPick }) {
    this.#field = byId(field);
    this.#list = byId(list);
    this.#list.after(this.#none);
    this.#finder = new PeopleFinder(find);
    this.#onPick = onPick;
    if (except) this.#except = except;
    this.#finder.on("found", (found) => this.#show(found));
    this.#field.addEventListener("input", () => this.#look());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Empties the field; with `eager`, people are offered before anything is typed. */
  reset({ eager = false } = {}) {
    this.#field.value = "";
    this.#finder.stop();
    this.#show({ people: [], problem: null, silent: true });
    if (eager) this.#finder.type("", { except: this.#except(), pauseMs: 0 });
  }

  #look() {
    if (this.#field.value.trim() === "") this.reset();
    else this.#finder.type(this.#field.value, { except: this.#except() });
  }

  #show({ people, problem, silent }) {
    this.#people = people;
    this.#active = -1;
    this.#none.textContent = silent ? "" : (problem ?? (people.length === 0 ? t("people.none_here") : ""));
    refresh(this.#list, people.map((person, index) => this.#option(person, index))); // a press that has begun is not lost
    this.#list.hidden = people.length === 0;
    this.#field.setAttribute("aria-expanded", String(people.length > 0));
    this.#field.removeAttribute("aria-activedescendant");
  }

  #option(person, index) {
    const avatar = h("span", { class: "avatar", "aria-hidden": "true" });
    paintAvatar(avatar, person, { listed: true });
    const role = person.role !== "member" && h("span", { class: "picker-role" }, t(`role.${person.role}`));
    const press = () => this.#pick(person);
    return h("li", { id: `${this.#list.id}-${index}`, "data-key": person.id, class: "picker-option", role: "option", "aria-selected": "false", click: press }, avatar, h("bdi", {}, person.name), role);
  }

  #key(event) {
    const { key } = event;
    if (event.isComposing || this.#people.length === 0) return;
    if (key === "ArrowDown" || key === "ArrowUp") this.#move(key === "ArrowDown" ? 1 : -1);
    else if (key === "Enter") this.#pick(this.#people[Math.max(0, this.#active)]);
    else if (key === "Escape") this.reset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move(by) {
    const count = this.#people.length;
    this.#active = (Math.max(this.#active, by > 0 ? -1 : 0) + by + count) % count;
    for (const [index, option] of [...this.#list.children].entries()) {
      option.setAttribute("aria-selected", String(index === this.#active));
      if (index !== this.#active) continue;
      this.#field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }

  #pick(person) {
    this.reset();
    this.#onPick(person);
  }
}
