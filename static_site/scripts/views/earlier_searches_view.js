import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { icon } from "./icons.js";

/** The earlier searches below the field of the search: ↓ leads into them, Enter takes one, Delete removes it. */
export class EarlierSearchesView {
  #part = byId("search-earlier");
  #list = byId("search-earlier-list");
  #field = byId("search-field");
  #earlier;
  #take;

  /** `take(query)` searches for one anew. */
  constructor({ earlier, take }) {
    this.#earlier = earlier;
    this.#take = take;
    byId("search-earlier-clear").addEventListener("click", () => {
      earlier.clear();
      this.hide();
      this.#field.focus();
    });
    this.#field.addEventListener("keydown", (event) => this.#enter(event));
    this.#part.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Shows them; false if there are none. */
  show() {
    const all = this.#earlier.all;
    this.#list.replaceChildren(...all.map((query) => this.#row(query)));
    this.#part.hidden = all.length === 0;
    return all.length > 0;
  }

  hide() {
    this.#part.hidden = true;
  }

  #row(query) {
    const name = t("search.earlier.remove", { query });
    const again = h("button", { class: "earlier-search", type: "button", click: () => this.#take(query) }, icon("search"), h("bdi", {}, query));
    const remove = h("button", { class: "icon-button", type: "button", "aria-label": name, title: name, click: () => this.#remove(query) }, icon("close"));
    return h("li", {}, again, remove);
  }

  #remove(query) {
    const at = this.#earlier.all.indexOf(query);
    this.#earlier.remove(query);
    this.show();
    const rows = this.#rows();
    (rows[Math.min(at, rows.length - 1)] ?? this.#field).focus();
  }

  #enter(event) {
    if (event.key !== "ArrowDown" || event.isComposing || (this.#part.hidden && !this.show())) return;
    event.preventDefault();
    this.#rows()[0].focus();
  }

  #key(event) {
    const rows = this.#rows();
    const row = event.target.closest("li");
    const at = rows.findIndex((button) => button.parentElement === row);
    if (at < 0 || !["ArrowDown", "ArrowUp", "Delete"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "Delete") this.#remove(this.#earlier.all[at]);
    else (rows[at + (event.key === "ArrowDown" ? 1 : -1)] ?? (at === 0 && event.key === "ArrowUp" ? this.#field : rows[at])).focus();
  }

  #rows() {
    return [...this.#list.querySelectorAll(".earlier-search")];
  }
}
