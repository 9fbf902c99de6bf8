const KEY = "mood";

/** Whether the mood of what somebody writes in this browser may be read: it is, unless they have said no. */
export class MoodChoice {
  #store;

  constructor(store) {
    this.#store = store;
  }

  get isRead() {
    return this.#store.get(KEY, true) !== false;
  }

  choose(isRead) {
    if (isRead) this.#store.remove(KEY);
    else this.#store.set(KEY, false);
  }

  /** A frame as it goes out: what carries a text says that its mood is not to be read. */
  mark(frame) {
    return this.isRead || !(frame.action === "send" || frame.action === "edit") ? frame : { ...frame, mood: false };
  }

  forget() {
    this.#store.remove(KEY);
  }
}
