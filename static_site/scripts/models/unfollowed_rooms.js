const EVERY_MS = 60_000;
const JITTER_MS = 15_000; // so that pages that were opened together do not ask together
const NEWEST = 50; // messages that are looked through for those to tell of

/**
 * Rooms of this person that the page does not follow, because they are too many or were read on another device only: while there are any, the list of rooms is
 * read about every minute as long as somebody looks. If a count rises there, the messages behind it are told of.
 */
export class UnfollowedRooms {
  #rooms;
  #attention;
  #read;
  #levelOf;
  #cursorOf;
  #messages;
  #tell;
  #known = null; // room -> {seq, unread, mentions} when the list was last read; null before
  #timer = null;

  /**
   * `read(ms)` reads the list of rooms if it is older than that; `levelOf(about)` is what is told of a room; `cursorOf(room)` how
   * far a room was followed, if it is; `messages(room, page)` asks for messages, and `tell(room, messages)` takes new ones.
   */
  constructor({ rooms, attention, read, levelOf, cursorOf, messages, tell }) {
    this.#rooms = rooms;
    this.#attention = attention;
    this.#read = read;
    this.#levelOf = levelOf;
    this.#cursorOf = cursorOf;
    this.#messages = messages;
    this.#tell = tell;
    rooms.on("listed", () => this.#compare());
    rooms.on("change", () => this.#follow());
    for (const name of ["look", "wake"]) attention.on(name, () => this.#ask());
  }

  /** Somebody begins to look, or the computer woke. */
  #ask() {
    if (this.#rooms.unfollowed.length > 0) this.#read(EVERY_MS);
  }

  /** Notes how far a room was followed that is no longer, and has the list read in a while; nobody who looks: no timer. */
  #follow() {
    const { unfollowed } = this.#rooms;
    for (const { room } of unfollowed) {
      const seq = this.#known?.has(room) ? null : this.#cursorOf(room);
      if (seq) this.#known?.set(room, { seq, unread: 0, mentions: 0 });
    }
    if (unfollowed.length === 0) this.#rest();
    else this.#timer ??= setTimeout(() => this.#due(), EVERY_MS + Math.random() * JITTER_MS);
  }

  #due() {
    this.#rest();
    if (this.#attention.looking) this.#read(EVERY_MS / 2);
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  #compare() {
    const before = this.#known;
    this.#known = new Map(this.#rooms.unfollowed.map(({ room, lastSeq, unread, mentions }) => [room, { seq: lastSeq, unread, mentions }]));
    this.#rest(); // "change" follows, and the next minute begins
    for (const [room, now] of this.#known) {
      const then = before?.get(room);
      if (then && this.#isNews(room, then, now)) this.#fetch(room, then);
    }
  }

  #isNews(room, then, now) {
    const level = this.#levelOf(this.#rooms.about(room));
    return level === "all" ? now.unread > then.unread : level === "mentions" && now.mentions > then.mentions;
  }

  async #fetch(room, then) {
    try {
      const { messages } = await this.#messages(room, { limit: NEWEST });
      const fresh = messages.filter((entry) => !entry.void && entry.seq > then.seq);
      if (fresh.length > 0) await this.#tell(room, fresh);
    } catch (error) {
      console.info(`What is new in ${room} could not be read; trying again with the next list.`, error.message);
      if (this.#known?.has(room)) this.#known.set(room, then);
    }
  }
}
