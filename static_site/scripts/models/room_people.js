import { Store, storageArea } from "../lib/store.js";

const PICKED = "mentioned";
const MAX_PICKED = 50;

/**
 * The people of a room, for completing their names: who is there and who wrote lately first, then who belongs to it.
 * Members are asked for once for each room, when they are first needed, and who is there whenever that is uncertain. Who was
 * chosen from what the service found is kept as long as the tab, like the drafts in which they are mentioned.
 */
export class RoomPeople {
  #presence;
  #me;
  #membersOf;
  #hereIn;
  #channelOf;
  #now;
  #members = new Map(); // room -> people
  #asking = new Map(); // room -> what the service will say of who is there
  #store;

  /**
   * `channelOf(room)` has the log's messages and how many people there are; `membersOf(room)` asks the service for
   * `{members}`, `hereIn(room)` for `{people, more}`; `me()` is who is here, `now()` the service's time.
   */
  constructor({ presence, channelOf, membersOf, hereIn, me, now = Date.now, store = new Store(storageArea("sessionStorage")) }) {
    this.#store = store;
    this.#presence = presence;
    this.#channelOf = channelOf;
    this.#membersOf = membersOf;
    this.#hereIn = hereIn;
    this.#now = now;
    this.#me = me;
  }

  /** The others, best ones first. */
  of(room) {
    const wrote = this.#messagesOf(room).toReversed().map(({ user }) => user);
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

  /** The others who are there now, never more than the service has counted. */
  present(room) {
    const others = this.#presence.in(room, this.#messagesOf(room), this.#me().id);
    const counted = this.#channelOf(room)?.people ?? null;
    return counted === null ? others : others.slice(0, Math.max(0, counted - 1));
  }

  /** How many people are there, oneself among them: the number in the head of the room. */
  count(room) {
    return this.#channelOf(room)?.people ?? this.present(room).length + 1;
  }

  pick({ id, name }) {
    const others = this.#picked.filter((one) => one.id !== id);
    this.#store.set(PICKED, [...others, { id, name }].slice(-MAX_PICKED));
  }

  forget() {
    this.#members.clear();
    this.#asking.clear();
    this.#store.remove(PICKED);
  }

  get #picked() {
    return this.#store.get(PICKED, []);
  }

  #messagesOf(room) {
    return this.#channelOf(room)?.log.messages ?? [];
  }

  /** Learns who belongs to a room and who is there; without an answer, it is asked for again the next time. */
  async learn(room) {
    await Promise.all([this.#learnMembers(room), this.learnHere(room).catch((error) => console.info(`Who is in ${room} is not known.`, error.message))]);
  }

  /** Learns who is in a room, unless that is known; rejects with why the service does not say. */
  async learnHere(room) {
    if (this.#presence.isCertain(room, this.#channelOf(room)?.people)) return;
    if (!this.#asking.has(room)) this.#asking.set(room, this.#askHere(room).finally(() => this.#asking.delete(room)));
    await this.#asking.get(room);
  }

  async #askHere(room) {
    const asked = this.#now();
    const { people, more } = await this.#hereIn(room);
    const me = this.#me();
    if (me === null) return; // nobody is here any more
    const all = people.some(({ id }) => id === me.id) ? people : [...people, me]; // who has just come may not be in it yet
    this.#presence.take(room, all, { asked, whole: !more });
    if (!more) this.#channelOf(room)?.setPeople(this.#presence.named(room).length);
  }

  async #learnMembers(room) {
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
