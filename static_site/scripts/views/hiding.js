import { t } from "../lib/i18n.js";
import { sentence } from "./attempt.js";

/** Hides a room from the list and shows it again, and says so. */
export class Hiding {
  #choices;
  #rooms;
  #say;

  /** `say(words, how)` tells where it went, and why not if it was refused. */
  constructor({ choices, rooms, say }) {
    this.#choices = choices;
    this.#rooms = rooms;
    this.#say = say;
  }

  async turn(room) {
    const { hidden, title } = this.#rooms.about(room);
    try {
      await this.#choices.hide(room, !hidden);
    } catch (error) {
      this.#say(sentence(error));
      return;
    }
    const all = this.#choices.levelOf(this.#rooms.about(room)) === "all";
    if (hidden) this.#say(t("hide.shown", { title }), { good: true });
    else this.#say(t(all ? "hide.done.all" : "hide.done", { title }), { good: true, offers: [{ words: t("hide.again"), press: () => void this.turn(room) }] });
  }
}
