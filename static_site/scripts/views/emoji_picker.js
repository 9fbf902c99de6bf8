import { byId, h } from "../lib/dom.js";
import { hasMessage, t } from "../lib/i18n.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PAUSE_MS = 80;

/** A dialog in which one emoji is chosen: by its group, by a search, or from those used last. Arrow keys move in the grid. */
export class EmojiPicker {
  #dialog = byId("emoji-dialog");
  #field = byId("emoji-search");
  #grid = byId("emoji-grid");
  #name = byId("emoji-name");
  #list;
  #recent;
  #answer = () => {};
  #timer = null;

  /** `list` knows all emoji, `recent` those used last. */
  constructor({ list, recent }) {
    this.#list = list;
    this.#recent = recent;
    this.#field.addEventListener("input", () => this.#soon());
    this.#field.addEventListener("keydown", (event) => this.#searchKey(event));
    this.#grid.addEventListener("keydown", (event) => this.#gridKey(event));
    this.#grid.addEventListener("click", ({ target }) => this.#choose(target.closest("button")));
    for (const type of ["focusin", "mouseover"]) this.#grid.addEventListener(type, ({ target }) => this.#tell(target.closest("button")));
    this.#dialog.addEventListener("close", () => this.#answer(null));
  }

  /** Resolves with the emoji that was chosen, or null. */
  pick() {
    this.#field.value = "";
    this.#grid.replaceChildren();
    this.#dialog.showModal();
    this.#field.focus();
    this.#show();
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(), PAUSE_MS);
  }

  async #show() {
    const query = this.#field.value.trim();
    try {
      const groups = query === "" ? await this.#all() : [{ name: t("emoji.found"), emoji: await this.#list.find(query) }];
      if (query === this.#field.value.trim()) this.#fill(groups);
    } catch (error) {
      this.#grid.replaceChildren(h("p", { class: "field-problem", role: "alert" }, t("emoji.failed", { problem: error.message })));
    }
  }

  async #all() {
    return [{ name: t(this.#recent.isUsed ? "emoji.recent" : "emoji.common"), emoji: await this.#list.about(this.#recent.all) }, ...(await this.#list.load()).map(named)];
  }

  #fill(groups) {
    const found = groups.reduce((sum, { emoji }) => sum + emoji.length, 0);
    const sections = groups.filter(({ emoji }) => emoji.length > 0).map((group, index) => section(group, index));
    this.#grid.replaceChildren(...sections, ...(found === 0 ? [h("p", { class: "field-help" }, t("emoji.none"))] : []));
    this.#grid.scrollTop = 0;
    this.#grid.querySelector("button")?.setAttribute("tabindex", "0");
    this.#name.textContent = this.#field.value.trim() === "" ? "" : t("found.count", { count: found });
  }

  #searchKey(event) {
    const first = this.#grid.querySelector("button");
    if (event.isComposing || !first) return;
    if (event.key === "ArrowDown") this.#focus(first);
    else if (event.key === "Enter") this.#choose(first);
    else return;
    event.preventDefault();
  }

  #gridKey(event) {
    const at = event.target.closest("button");
    const step = STEPS[event.key];
    if (!at || !step) return;
    event.preventDefault();
    const next = step[0] === 0 ? rowBeside(this.#buttons, at, step[1]) : this.#buttons[this.#buttons.indexOf(at) + step[0] * direction(at)];
    if (next) this.#focus(next);
    else if (event.key === "ArrowUp") this.#field.focus();
  }

  get #buttons() {
    return [...this.#grid.querySelectorAll("button")];
  }

  #focus(button) {
    for (const one of this.#grid.querySelectorAll('[tabindex="0"]')) one.tabIndex = -1;
    button.tabIndex = 0;
    button.focus();
  }

  #tell(button) {
    if (button) this.#name.textContent = `${button.textContent} ${button.ariaLabel} :${button.dataset.code}:`;
  }

  #choose(button) {
    if (!button) return;
    this.#recent.use(button.textContent);
    this.#answer(button.textContent);
    this.#dialog.close();
  }
}

/** A group under the name that it has in the language of the page; Unicode's own name, if a newer list has another group. */
function named({ name, emoji }) {
  const key = `emoji.group.${name}`;
  return { name: hasMessage(key) ? t(key) : name, emoji };
}

function section({ name, emoji }, index) {
  const buttons = emoji.map((one) => h("button", { class: "emoji", type: "button", tabindex: "-1", "aria-label": one.name, "data-code": one.code }, one.emoji));
  const title = `emoji-group-${index}`;
  return h("section", { class: "emoji-group", "aria-labelledby": title }, h("h3", { id: title }, name), h("div", { class: "emoji-row" }, ...buttons));
}

/** The button above or below one, nearest to it; undefined at the end. Only the rows between are measured. */
function rowBeside(buttons, at, by) {
  const { top, left } = at.getBoundingClientRect();
  let row = null;
  let nearest;
  for (let index = buttons.indexOf(at) + by; buttons[index]; index += by) {
    const place = buttons[index].getBoundingClientRect();
    if (place.top === top) continue;
    if (row !== null && place.top !== row) break;
    row = place.top;
    const distance = Math.abs(place.left - left);
    if (!nearest || distance < nearest.distance) nearest = { button: buttons[index], distance };
  }
  return nearest?.button;
}

function direction(element) {
  return getComputedStyle(element).direction === "rtl" ? -1 : 1;
}
