const NO_ROOM = "Your invite's room is not there any more. Ask whoever invited you for a new invite.";

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
    try {
      const accepted = await this.#accept();
      if (accepted) return null;
      return user.role === "guest" ? await this.#findGuestsRoom() : null;
    } catch (error) {
      return error.message;
    }
  }

  /** Whether an invite of the address was accepted. It is used once, and leaves the address. */
  async #accept() {
    const secret = this.#router.takeInvite();
    if (secret === null) return false;
    const room = await this.#house.accept(secret);
    this.#rooms.learn(room);
    this.#router.go(room.room);
    return true;
  }

  async #findGuestsRoom() {
    const rooms = await this.#house.rooms();
    this.#rooms.update(rooms);
    if (rooms.some(({ room }) => room === this.#router.room)) return null;
    if (rooms.length === 0) return NO_ROOM;
    this.#router.go(rooms[0].room);
    return null;
  }
}
