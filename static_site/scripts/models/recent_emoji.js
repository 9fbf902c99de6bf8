const KEY = "emoji";
const KEPT = 24;
const FIRST = ["👍", "❤️", "😂", "🎉", "😮", "😢"];

/** The emoji that were used last in this browser, the latest one first; for who has used none, the usual six. */
export class RecentEmoji {
  #store;

  constructor(store) {
    this.#store = store;
  }

  /** As many as are kept, filled up with the usual ones. */
  get all() {
    return [...new Set([...this.#store.get(KEY, []), ...FIRST])].slice(0, KEPT);
  }

  /** Whether there is one that was used. */
  get isUsed() {
    return this.#store.get(KEY, []).length > 0;
  }

  use(emoji) {
    this.#store.set(KEY, [...new Set([emoji, ...this.#store.get(KEY, [])])].slice(0, KEPT));
  }

  forget() {
    this.#store.remove(KEY);
  }
}
