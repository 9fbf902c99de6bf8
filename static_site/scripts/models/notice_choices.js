import { Emitter } from "../lib/emitter.js";

const KEY = "notices.";
const UNCHOSEN = { enabled: false, sound: true, closed: false, rooms: {} };

/** What somebody wants to be told of in this browser: at all, with a sound, with the page closed, and by room "all", "mentions" or "none". Emits "change". */
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

  /** What was chosen by room, if it is something else than usual. */
  get rooms() {
    return this.#kept.rooms;
  }

  /** What to tell of a room, which is as `RoomList.about` has it: direct messages are for oneself, others may not be. */
  levelOf({ room, access }) {
    return this.#kept.rooms[room] ?? usual(access);
  }

  choose({ room, access }, level) {
    const { [room]: _, ...others } = this.#kept.rooms;
    this.#keep({ rooms: level === usual(access) ? others : { ...others, [room]: level } });
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

function usual(access) {
  return access === "direct" ? "all" : "mentions";
}
