import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { plainText } from "../models/markup/plain.js";
import { moodOf } from "../models/mood.js";
import { lately } from "../models/pulse.js";
import { moodStrip } from "./mood_strip.js";
import { decimal, signed } from "./numbers.js";

const TICK_MS = 10_000;
const FRAME_MS = 500; // however fast a room is, nobody reads it faster

/** A large quiet view of the open room for a second screen: its mood now, how many speak, and the last moments. */
export class LiveView {
  #dialog = byId("live-dialog");
  #chat;
  #room;
  #titleOf;
  #tick = null;
  #drawn = null;

  constructor({ chat, room, titleOf }) {
    this.#chat = chat;
    this.#room = room;
    this.#titleOf = titleOf;
    chat.on("room", () => this.#dialog.open && this.#soon());
    this.#dialog.addEventListener("close", () => {
      clearInterval(this.#tick);
      clearTimeout(this.#drawn);
      this.#drawn = null;
    });
  }

  open() {
    this.#dialog.showModal();
    this.#draw();
    this.#tick = setInterval(() => this.#draw(), TICK_MS); // what is long ago leaves by itself
  }

  #soon() {
    this.#drawn ??= setTimeout(() => {
      this.#drawn = null;
      this.#draw();
    }, FRAME_MS);
  }

  #draw() {
    const room = this.#room();
    const { messages } = this.#chat.channel(room).log;
    const { scores, word, mean, error } = moodOf(messages);
    const now = lately(messages, Date.now());
    byId("live-title").textContent = this.#titleOf(room);
    byId("live-mood").replaceChildren(...(word === null ? [t("live.few")] : moodStrip(scores, word)));
    byId("live-error").textContent = word === null ? "" : t("mood.within", { mean: signed(mean), error: decimal(error) });
    byId("live-people").textContent = t("live.wrote", { people: t("people.count", { count: now.people }), messages: t("live.messages", { count: now.messages }) });
    byId("live-moments").replaceChildren(...now.moments.map((message) => h("li", { "data-sign": message.sentiment.label, dir: "auto" }, plainText(message))));
  }
}
