import { t } from "../lib/i18n.js";


/** What comes first when somebody has signed in: an invite in the address is accepted, and a guest finds the room of theirs. */
export class Arrival {
  #house;
  #rooms;
  #router;

  constructor({ house, rooms, router }) {
    this.#house = house;
    this.#rooms = rooms;
    this.#router = router;
  }

  /** Goes to where this person is expected; resolves with a sentence if that did not work, or null. */
  async settle(user) {
    this.#rooms.belongTo(user);
    const problem = await sentenceOf(() => this.#accept());
    if (user.role !== "guest") return problem;
    return (await sentenceOf(() => this.#findGuestsRoom())) ?? problem;
  }

  /** Accepts the invite in the address, if there is one. It is used once, and leaves the address. */
  async #accept() {
    const secret = this.#router.takeInvite();
    if (secret === null) return;
    const room = await this.#house.accept(secret);
    this.#rooms.learn(room);
    this.#router.go(room.room);
  }

  async #findGuestsRoom() {
    const rooms = await this.#house.rooms();
    this.#rooms.update(rooms);
    if (rooms.length === 0) throw new Error(t("join.no_room"));
    if (!rooms.some(({ room }) => room === this.#router.room)) this.#router.go(rooms[0].room);
  }
}

/** Why some work failed, or null. */
async function sentenceOf(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return error.message;
  }
}
