import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { plainText } from "../models/markup/plain.js";
import { repliesTo } from "../models/quotes.js";
import { namesLine } from "../models/reactors.js";
import { personLine } from "./person_line.js";
import { timeElement } from "./time.js";

/** What there is to read about a message: the replies to it, and who reacted. Each is shown in a dialog. */
export class MessageLists {
  #dialog;
  #reactors;
  #goTo;
  #me;

  /** `goTo(room, seq)` leads to a message, `me()` is who looks. */
  constructor({ dialog, reactors, goTo, me }) {
    this.#dialog = dialog;
    this.#reactors = reactors;
    this.#goTo = goTo;
    this.#me = me;
  }

  /** The replies that are loaded; `messages` are those of the log. */
  replies(message, messages) {
    const found = repliesTo(message.seq, messages);
    const items = found.map((reply) => h("li", {}, this.#line({ ...reply, room: message.room })));
    const note = h("p", { class: "field-help" }, t("replies.loaded"));
    return this.#dialog.open(t("replies.count", { count: found.length }), async () => [
      h("div", { class: "list-original" }, this.#line(message)),
      h("ul", { class: "message-list" }, ...items),
      note,
    ]);
  }

  reacted(message) {
    return this.#dialog.open(t("menu.reactors"), async () => {
      const reactions = await this.#reactors.of(message);
      if (reactions.length === 0) return [h("p", {}, t("reactors.none"))];
      return reactions.map((reaction) => this.#reaction(reaction));
    });
  }

  /** One message in a few lines, which leads to it. */
  #line(message) {
    const press = () => {
      this.#dialog.close();
      this.#goTo(message.room, message.seq);
    };
    const head = h("span", { class: "list-head" }, h("bdi", { class: "quote-author" }, message.user.name), timeElement(new Date(message.sentAt)));
    const text = h("span", { class: "list-text", dir: "auto" }, message.deleted ? t("quote.deleted") : plainText(message));
    return h("button", { class: "list-message", type: "button", "data-seq": message.seq, click: press }, head, text);
  }

  #reaction(reaction) {
    const rest = reaction.count - reaction.people.length;
    const people = reaction.people.map((person) => h("li", {}, h("div", { class: "person" }, ...personLine(person, person.id === this.#me().id && t("role.you")))));
    const more = rest > 0 && h("li", { class: "field-help" }, t("reactors.more", { count: rest }));
    const label = t("reactors.of", { emoji: reaction.emoji, names: namesLine(reaction, this.#me().id) });
    return h("section", { class: "reacted" }, h("h3", {}, `${reaction.emoji} ${reaction.count}`), h("ul", { class: "people", "aria-label": label }, ...people, more));
  }
}
