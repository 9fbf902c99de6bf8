import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { AnchoredCard } from "./anchored_card.js";
import { icon } from "./icons.js";
import { keepSelection } from "./selected_text.js";

const FACES = 6;

/** What can be done with a message: react, reply, change or delete one's own, report that of others. */
export class MessageMenu {
  #card = new AnchoredCard(byId("message-menu"), { menu: true });
  #actions;
  #recent;
  #message = null;

  /**
   * `actions` has `react(message, emoji, on)`, `pick(message)` for another emoji, and by their names what `offers` of `toggle`
   * lists: `edit(message)` and so on. `recent` knows the emoji that are used.
   */
  constructor(actions, recent) {
    this.#actions = actions;
    this.#recent = recent;
    keepSelection();
  }

  /** The message that the open menu is about, or null. */
  get message() {
    return this.#card.isOpen ? this.#message : null;
  }

  toggle(opener, message, offers) {
    this.#message = message;
    const faces = this.#recent.all.slice(0, FACES).map((emoji, index) => this.#face(message, emoji, index === 0));
    const more = h("button", { class: "menu-face", type: "button", role: "menuitem", "aria-label": t("menu.emoji"), title: t("menu.emoji"), click: this.#then(() => this.#actions.pick(message)) }, icon("plus"));
    const items = [h("div", { class: "menu-faces", role: "group", "aria-label": t("menu.react") }, ...faces, more)];
    items.push(...offers.map((offer) => this.#item(t(`menu.${offer}`), () => this.#actions[offer](message))));
    this.#card.toggle(opener, items);
  }

  close() {
    this.#card.close();
  }

  #face(message, emoji, first) {
    const on = message.mine?.reactions?.includes(emoji) ?? false;
    const press = this.#then(() => this.#actions.react(message, emoji, !on));
    return h("button", { class: "menu-face", type: "button", role: "menuitemcheckbox", "aria-checked": String(on), autofocus: first, click: press }, emoji);
  }

  #item(words, action) {
    return h("button", { class: "menu-item", type: "button", role: "menuitem", click: this.#then(action) }, words);
  }

  #then(action) {
    return () => {
      this.close();
      action();
    };
  }
}
