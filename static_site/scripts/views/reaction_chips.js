import { arrange, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

/**
 * The reactions to one message, in the order in which each was first seen. A chip stays the same element for as long as
 * somebody has chosen its emoji, and where it is, so that nothing moves under the pointer and the focus stays with it.
 */
export class ReactionChips {
  #onPress;
  #list = null; // most messages have none
  #chips = new Map(); // emoji -> {item, button, on}

  /** `onPress(emoji, on)` hears what the reader wants. */
  constructor(onPress) {
    this.#onPress = onPress;
  }

  /** The list, or null if there are no reactions. */
  get element() {
    return this.#chips.size > 0 ? this.#list : null;
  }

  update({ reactions, mine }) {
    const counts = new Map(Object.entries(reactions ?? {}).filter(([, count]) => count > 0));
    if (counts.size === 0 && this.#chips.size === 0) return;
    this.#list ??= h("ul", { class: "reactions", "aria-label": t("reactions") });
    for (const emoji of this.#chips.keys()) if (!counts.has(emoji)) this.#chips.delete(emoji);
    for (const [emoji, count] of counts) this.#show(emoji, count, mine?.reactions?.includes(emoji) ?? false);
    const focused = this.#list.contains(document.activeElement) ? document.activeElement.parentElement : null;
    const place = focused && [...this.#list.children].indexOf(focused);
    const items = [...this.#chips.values()].map(({ item }) => item);
    arrange(this.#list, items);
    if (focused && !focused.isConnected) items[Math.min(place, items.length - 1)]?.firstChild.focus({ preventScroll: true });
  }

  #show(emoji, count, on) {
    if (!this.#chips.has(emoji)) this.#chips.set(emoji, this.#chip(emoji));
    const chip = this.#chips.get(emoji);
    chip.on = on;
    chip.button.setAttribute("aria-pressed", String(on));
    const words = t("reactions.chip", { emoji, count });
    if (chip.button.textContent !== words) chip.button.textContent = words;
  }

  #chip(emoji) {
    const press = () => this.#onPress(emoji, !this.#chips.get(emoji).on);
    const button = h("button", { class: "reaction", type: "button", "data-emoji": emoji, click: press });
    return { item: h("li", {}, button), button, on: false };
  }
}
