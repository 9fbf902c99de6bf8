import { Store, storageArea } from "../lib/store.js";

const PICKED = "mentioned";
const MAX_PICKED = 50;

/**
 * The people of a room, for completing their names: who is there and who wrote lately first, then who belongs to it.
 * Members are asked for once for each room, when they are first needed. Who was chosen from what the service found is kept as
 * long as the tab, like the drafts in which they are mentioned.
 */
export class RoomPeople {
  #presence;
  #messagesOf;
  #me;
  #membersOf;
  #members = new Map(); // room -> people
  #store;

  /** `messagesOf(room)` is what the log has, `membersOf(room)` asks the service for `{members}`, `me()` is who is here. */
  constructor({ presence, messagesOf, membersOf, me, store = new Store(storageArea("sessionStorage")) }) {
    this.#store = store;
    this.#presence = presence;
    this.#messagesOf = messagesOf;
    this.#membersOf = membersOf;
    this.#me = me;
  }

  /** The others, best ones first. */
  of(room) {
    const messages = this.#messagesOf(room);
    const wrote = messages.toReversed().map(({ user }) => user);
    const found = new Map();
    for (const person of [...this.present(room), ...wrote, ...(this.#members.get(room) ?? [])]) {
      if (person.id !== this.#me().id && !found.has(person.id)) found.set(person.id, person);
    }
    return [...found.values()];
  }

  /** Those whom a text of this room may mean: the same, and who was picked from what the service found. */
  meant(room) {
    return [...new Map([...this.of(room), ...this.#picked].map((person) => [person.id, person])).values()];
  }

  /** Who is known to be there now. */
  present(room) {
    return this.#presence.in(room, this.#messagesOf(room), this.#me().id);
  }

  pick({ id, name }) {
    const others = this.#picked.filter((one) => one.id !== id);
    this.#store.set(PICKED, [...others, { id, name }].slice(-MAX_PICKED));
  }

  forget() {
    this.#members.clear();
    this.#store.remove(PICKED);
  }

  get #picked() {
    return this.#store.get(PICKED, []);
  }

  /** Learns who belongs to a room; without an answer, it is asked for again the next time. */
  async learn(room) {
    if (this.#members.has(room)) return;
    this.#members.set(room, []);
    try {
      const { members } = await this.#membersOf(room);
      this.#members.set(room, members);
    } catch (error) {
      this.#members.delete(room);
      console.info(`The members of ${room} are not known.`, error.message);
    }
  }
}
