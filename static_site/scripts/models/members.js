import { Emitter } from "../lib/emitter.js";
import { PagedList } from "./paged_list.js";

/** Who belongs to one room, and what is done about it. Emits "change". Whatever is refused rejects with the service's sentence. */
export class Members extends Emitter {
  #house;
  #list;
  #room = null;
  #loaded = false;

  constructor(house) {
    super();
    this.#house = house;
  }

  get room() {
    return this.#room;
  }

  get all() {
    return this.#list?.items ?? [];
  }

  get more() {
    return this.#list?.more ?? false;
  }

  /** Whether nobody belongs to the room, which is known once they were loaded. */
  get isEmpty() {
    return this.#loaded && this.all.length === 0;
  }

  /** Turns to a room and loads who belongs to it. */
  async open(room) {
    this.#room = room;
    this.#loaded = false;
    this.#list = new PagedList(async (last) => {
      const { members, more } = await this.#house.members(room, last?.id);
      return { items: members, more };
    });
    this.emit("change");
    await this.#then(this.#list.load());
  }

  next() {
    return this.#then(this.#list.next());
  }

  /** Makes somebody an owner or a member, whether they belong to the room already or not. */
  async put(id, role) {
    this.#take(await this.#house.putMember(this.#room, id, role));
  }

  async remove(id) {
    await this.#house.dropMember(this.#room, id);
    this.#list.items = this.all.filter((member) => member.id !== id);
    this.emit("change");
  }

  /** For none, somebody may write again. */
  async mute(id, minutes) {
    this.#take(minutes > 0 ? await this.#house.mute(this.#room, id, minutes) : await this.#house.unmute(this.#room, id));
  }

  #take(member) {
    const known = this.all.some(({ id }) => id === member.id);
    this.#list.items = known ? this.all.map((one) => (one.id === member.id ? member : one)) : [...this.all, member];
    this.emit("change");
  }

  async #then(loading) {
    await loading;
    this.#loaded = true;
    this.emit("change");
  }
}
