import { Emitter } from "../lib/emitter.js";
import { t } from "../lib/i18n.js";

// The service's codes have none for these.
const REMOVED = "removed";
const DELETED = "deleted";

/**
 * Keeps the list of rooms and the chat's channels as the service says that they are: a room that this person was added to
 * appears and is joined, one that they were removed from is gone. Emits "closed" with the open room if it is that one, and "added" with
 * a private room to which somebody else has added them.
 */
export class Belonging extends Emitter {
  #chat;
  #rooms;
  #current;
  #readList;

  /** `current()` is the name of the open room; `readList()` asks for the list, which `take` gets. */
  constructor({ chat, rooms, current, readList }) {
    super();
    this.#chat = chat;
    this.#rooms = rooms;
    this.#current = current;
    this.#readList = readList;
    chat.on("about", (facts) => this.#changed(facts));
    chat.on("removed", ({ room, deleted }) => this.#gone(room, { code: deleted ? DELETED : REMOVED, message: t(deleted ? "room.deleted" : "room.removed") }));
    chat.on("refused", (room) => this.#gone(room, chat.channel(room).refusal));
  }

  /** Takes a list that the service gave. */
  take(found) {
    this.#rooms.update(found);
    for (const room of this.#rooms.adopt()) this.#chat.open(room);
  }

  /**
   * A room that was not known, or was closed, is one to which this person was just added, and only the list says what they
   * are there; or an open one that has just come into being, where everybody is the same.
   */
  #changed(facts) {
    const { room } = facts;
    const closed = this.#chat.channel(room)?.state === "refused";
    const added = closed || !this.#rooms.isKnown(room);
    this.#rooms.learn(facts);
    if (closed) this.#chat.open(room);
    if (added && (closed || facts.access !== "open")) this.#come(room).catch(reportError);
  }

  /** Whoever made a room, or goes there by an invite, knows that they belong to it. */
  async #come(room) {
    await this.#readList();
    const { access, role } = this.#rooms.about(room);
    if (access === "private" && role === "member" && room !== this.#current()) this.emit("added", room);
  }

  #gone(room, refusal) {
    this.#rooms.drop(room);
    if (room !== this.#current()) {
      this.#chat.forget(room, refusal);
      return;
    }
    this.#chat.shut(room, refusal);
    this.emit("closed", room);
  }
}
