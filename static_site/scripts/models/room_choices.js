import { isMentioned } from "./mentions.js";

const LEVELS = "levels."; // by room what was last known to be chosen, for a page that has not read the list yet
const EARLIER = "notices."; // where a browser kept what was chosen in it alone, as `rooms`

/**
 * What this person chose for rooms on any of their devices: what they are told of, "all", "mentions" or "none", and whether
 * the list hides it. The service keeps it, and says so in the list of rooms and by the event `mine`; `RoomList` has it.
 */
export class RoomChoices {
  #rooms;
  #house;
  #store;
  #user;
  #handing = false;

  /** `user()` is who is here, or null. */
  constructor({ connection, rooms, house, store, user }) {
    this.#rooms = rooms;
    this.#house = house;
    this.#store = store;
    this.#user = user;
    connection.on("frame", (frame) => frame.event === "mine" && this.#learn(frame));
    rooms.on("listed", (list) => this.#take(list).catch(reportError));
  }

  /** What to tell of a room, which is as `RoomList.about` has it: direct messages are for oneself, others may not be. */
  levelOf({ room, access, notices }) {
    return notices ?? this.#levels[room] ?? this.#earlier[room] ?? usual(access);
  }

  /** Chooses what to tell of a room; it holds at once, and no more if the service refuses. */
  tellOf({ room, access }, level) {
    return this.#choose(room, { notices: level === usual(access) ? null : level });
  }

  /** Hides a room from the list, or shows it again. */
  hide(room, hidden) {
    return this.#choose(room, { hidden });
  }

  /** An open room was left: nobody wants to be told of every message there any more. One that is closed to them ends by itself. */
  left(about) {
    if (about.access === "open" && about.notices === "all") this.tellOf(about, usual(about.access)).catch(() => {}); // it can be chosen again
  }

  /** New messages of a room came: it is shown again with what concerns this person, as the service has it too. */
  arrived(room, messages) {
    const about = this.#rooms.about(room);
    if (!about.hidden) return;
    const { id } = this.#user() ?? {};
    const isOf = (message) => this.levelOf(about) === "all" || (message.user.id !== id && isMentioned(message, id));
    if (messages.some((message) => !message.deleted && isOf(message))) this.#rooms.learn({ room, hidden: false });
  }

  async #choose(room, choice) {
    if ("notices" in choice) this.#forgetEarlier(room);
    const before = this.#now(room);
    this.#learn({ ...before, ...choice });
    try {
      this.#learn(await this.#house.chooseForRoom(room, choice));
    } catch (error) {
      const undone = Object.keys(choice).map((name) => [name, before[name]]);
      this.#learn({ ...this.#now(room), ...Object.fromEntries(undone) });
      throw error;
    }
  }

  #now(room) {
    const { notices = null, hidden } = this.#rooms.about(room);
    return { room, notices, hidden };
  }

  #learn({ room, notices, hidden }) {
    this.#keep({ ...this.#levels, [room]: notices ?? undefined });
    if (this.#rooms.isKnown(room)) this.#rooms.learn({ room, notices, hidden });
  }

  async #take(list) {
    if (list.some(({ notices }) => notices === undefined)) return; // a service of before
    this.#keep(Object.fromEntries(list.filter(({ notices }) => notices !== null).map(({ room, notices }) => [room, notices])));
    if (!this.#handing) await this.#handOver(list);
  }

  /** Hands over, once, what this browser chose before the service kept it; what was chosen elsewhere goes before. */
  async #handOver(list) {
    this.#handing = true;
    try {
      const unchosen = new Set(list.filter(({ notices }) => notices === null).map(({ room }) => room));
      for (const [room, notices] of Object.entries(this.#earlier)) {
        if (unchosen.has(room)) this.#learn(await this.#house.chooseForRoom(room, { notices }));
        this.#forgetEarlier(room);
      }
    } catch (error) {
      console.info("What was chosen for rooms in this browser could not be handed over; trying again with the next list.", error.message);
    } finally {
      this.#handing = false;
    }
  }

  get #levels() {
    return this.#store.get(this.#key(LEVELS), {});
  }

  #keep(levels) {
    this.#store.set(this.#key(LEVELS), levels);
  }

  #forgetEarlier(room) {
    const { rooms: { [room]: level, ...others } = {}, ...kept } = this.#store.get(this.#key(EARLIER), {});
    if (level) this.#store.set(this.#key(EARLIER), { ...kept, rooms: others });
  }

  get #earlier() {
    return this.#store.get(this.#key(EARLIER))?.rooms ?? {};
  }

  #key(kind) {
    return kind + (this.#user()?.id ?? "");
  }
}

function usual(access) {
  return access === "direct" ? "all" : "mentions";
}
