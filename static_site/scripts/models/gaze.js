const CHECK_INTERVAL_MS = 15_000;
const NAME = "undertone looking at ";

/** The room at which somebody looks in this tab, and whether they look at a room in any tab: a lock says so to the others. */
export class Gaze {
  #looksAt;
  #onRoom;
  #held = null;
  #letGo = () => {};
  #request = null;
  #leaving = Promise.resolve();

  /** `looksAt()` is the room that somebody looks at in this tab, or null, `onRoom(room)` hears of it; `changes` are functions that call back when it may be another one. */
  constructor({ looksAt, changes, onRoom = () => {} }) {
    this.#looksAt = looksAt;
    this.#onRoom = onRoom;
    for (const listen of changes) listen(() => this.update());
    setInterval(() => this.update(), CHECK_INTERVAL_MS); // nobody may have touched the page for long
    this.update();
  }

  /** Lets the other tabs know; a tab that ends lets go by that. */
  update() {
    const room = this.#looksAt();
    if (room === this.#held) return room;
    this.#held = room;
    this.#letGo();
    this.#leaving = Promise.all([this.#leaving, this.#request]);
    this.#request = null;
    if (room === null) return room;
    this.#onRoom(room);
    const until = new Promise((resolve) => {
      this.#letGo = resolve;
    });
    this.#request = navigator.locks?.request(NAME + room, { mode: "shared" }, () => until).catch(() => {}); // refused where site data are blocked
    return room;
  }

  /** Whether somebody looks at a room, in this tab or another one. */
  async isOn(room) {
    if (this.update() === room) return true;
    await this.#leaving; // a lock that this tab lets go is held for a moment more
    try {
      const { held } = await navigator.locks.query();
      return held.some(({ name }) => name === NAME + room);
    } catch {
      return false; // no locks: this tab is all that is known
    }
  }
}
