import { byId, h } from "../lib/dom.js";
import { AnchoredCard } from "./anchored_card.js";

const EMOJI = ["👍", "❤️", "😂", "🎉", "😮", "😢"];

/** What can be done with a message: react, and change or delete one's own. */
export class MessageMenu {
  #card = new AnchoredCard(byId("message-menu"));
  #actions;
  #message = null;

  /** `actions` has `react(message, emoji, on)`, `edit(message)` and `remove(message)`. */
  constructor(actions) {
    this.#actions = actions;
  }

  /** The message that the open menu is about, or null. */
  get message() {
    return this.#card.isOpen ? this.#message : null;
  }

  toggle(opener, message, own) {
    this.#message = message;
    const faces = EMOJI.map((emoji, index) => this.#face(message, emoji, index === 0));
    const items = [h("div", { class: "menu-faces", role: "group", "aria-label": "React" }, ...faces)];
    if (own) items.push(this.#item("Edit", () => this.#actions.edit(message)), this.#item("Delete", () => this.#actions.remove(message)));
    this.#card.toggle(opener, items);
  }

  close() {
    this.#card.close();
  }

  #face(message, emoji, first) {
    const on = message.mine?.reactions?.includes(emoji) ?? false;
    const press = this.#then(() => this.#actions.react(message, emoji, !on));
    return h("button", { class: "menu-face", type: "button", "aria-pressed": String(on), autofocus: first, click: press }, emoji);
  }

  #item(words, action) {
    return h("button", { class: "menu-item", type: "button", click: this.#then(action) }, words);
  }

  #then(action) {
    return () => {
      this.close();
      action();
    };
  }
}
