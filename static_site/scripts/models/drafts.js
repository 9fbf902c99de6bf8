const PREFIX = "draft.";
const EDITS = "edit.";

/** What is being written in each room, kept across reloads, sign-outs by expiry and rooms. */
export class Drafts {
  #store;

  constructor(store) {
    this.#store = store;
  }

  get(room) {
    return this.#store.get(PREFIX + room, "");
  }

  set(room, text) {
    if (text.trim() === "") this.#store.remove(PREFIX + room);
    else this.#store.set(PREFIX + room, text);
  }

  /** The change of a message that has begun in a room, `{message: {room, seq, text}, text}`, or null. */
  edit(room) {
    return this.#store.get(EDITS + room);
  }

  keepEdit({ room, seq, text: before }, text) {
    this.#store.set(EDITS + room, { message: { room, seq, text: before }, text });
  }

  dropEdit(room) {
    this.#store.remove(EDITS + room);
  }

  clear() {
    for (const prefix of [PREFIX, EDITS]) for (const key of this.#store.keys(prefix)) this.#store.remove(key);
  }
}
