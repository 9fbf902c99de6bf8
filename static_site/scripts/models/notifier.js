import { t } from "../lib/i18n.js";
import { Turns } from "../lib/turns.js";
import { isTold, noticesOf } from "./notices.js";

const TOLD = "noticed";
const MAX_TOLD = 100;

/** Tells of new messages by what was chosen, unless somebody looks at their room: one tab of the browser tells of each. */
export class Notifier {
  #rooms;
  #choices;
  #levelOf;
  #gaze;
  #store;
  #user;
  #show;
  #turns = new Turns();

  /** `levelOf(about)` is what is chosen for a room; `show(notices, {sound})` shows them; `user()` is who is here, or null. */
  constructor({ rooms, choices, levelOf, gaze, store, user, show }) {
    this.#rooms = rooms;
    this.#choices = choices;
    this.#levelOf = levelOf;
    this.#gaze = gaze;
    this.#store = store;
    this.#user = user;
    this.#show = show;
  }

  /** Takes new messages of a room; resolves when they are told of, or need not be. */
  async tell(room, messages) {
    const user = this.#user();
    if (!user || !this.#choices.enabled) return;
    const about = this.#rooms.about(room);
    const level = this.#levelOf(about);
    const wanted = messages.filter((message) => isTold(message, { level, userId: user.id }));
    if (wanted.length === 0) return;
    const own = await this.#turns.take("notices", () => this.#claim(wanted));
    if (own.length === 0 || (await this.#gaze.isOn(room))) return;
    await this.#show(noticesOf(own, { about, userId: user.id }), { sound: this.#choices.sound });
  }

  /** Somebody added this person to a room. */
  async tellAdded(room) {
    if (!this.#user() || !this.#choices.enabled) return;
    const { title } = this.#rooms.about(room);
    const notice = { room, seq: null, id: `added ${room}`, by: null, title: t("room.added", { title }), body: "" };
    const own = await this.#turns.take("notices", () => this.#claim([notice]));
    if (own.length > 0) await this.#show(own, { sound: this.#choices.sound });
  }

  /** Those of which no tab has told yet; this one does now. */
  #claim(messages) {
    const told = this.#store.get(TOLD, []);
    const fresh = messages.filter(({ id }) => !told.includes(id));
    this.#store.set(TOLD, [...told, ...fresh.map(({ id }) => id)].slice(-MAX_TOLD));
    return fresh;
  }
}
