import { Emitter } from "../lib/emitter.js";

const KEY = "notices.";
const UNCHOSEN = { enabled: false, sound: true, closed: false };

/** Whether somebody wants to be told of messages in this browser: at all, with a sound, and with the page closed. Emits "change". */
export class NoticeChoices extends Emitter {
  #store;
  #user;

  /** `user()` is who is here, or null. */
  constructor({ store, user }) {
    super();
    this.#store = store;
    this.#user = user;
    store.onElsewhere((key) => key.startsWith(KEY) && this.emit("change"));
  }

  get enabled() {
    return this.#kept.enabled;
  }

  set enabled(enabled) {
    this.#keep({ enabled });
  }

  get sound() {
    return this.#kept.sound;
  }

  set sound(sound) {
    this.#keep({ sound });
  }

  /** Whether to be told also when no page is open. */
  get closed() {
    return this.#kept.closed;
  }

  set closed(closed) {
    this.#keep({ closed });
  }

  get #kept() {
    const { id = "" } = this.#user() ?? {};
    return { ...UNCHOSEN, ...this.#store.get(KEY + id) }; // read each time: another tab may have chosen
  }

  #keep(choice) {
    const { id = "" } = this.#user() ?? {};
    this.#store.set(KEY + id, { ...this.#kept, ...choice });
    this.emit("change");
  }
}
