import { t } from "../lib/i18n.js";

/** Leaves the open room: an open one can be entered again, of a private one this person is no member any more. */
export class Leaving {
  #chat;
  #outbox;
  #rooms;
  #router;
  #house;
  #confirm;
  #say;
  #me;
  #onLeft;

  /** `say(words, how)` tells whether it was left; `me()` is who leaves, `onLeft(about)` hears what they left. */
  constructor({ chat, outbox, rooms, router, house, confirm, say, me, onLeft }) {
    this.#chat = chat;
    this.#outbox = outbox;
    this.#rooms = rooms;
    this.#router = router;
    this.#house = house;
    this.#confirm = confirm;
    this.#say = say;
    this.#me = me;
    this.#onLeft = onLeft;
  }

  /** Leaves the room, after a question if there is no way back; resolves when that is over. */
  async leave() {
    const left = this.#rooms.about(this.#router.room);
    const next = this.#rooms.nextAfter(left.room);
    const mayReturn = left.access === "open" && this.#chat.channel(left.room)?.state !== "refused";
    const problem = this.#staysFor(left, next) ?? (await this.#endMembership(left));
    if (problem !== null) {
      this.#say(problem);
      return;
    }
    this.#chat.leave(left.room);
    this.#rooms.leave(left.room);
    this.#onLeft(left);
    this.#router.go(next);
    this.#tell(left, mayReturn);
  }

  /** Says that it was left, and offers the way back if there is one. */
  #tell({ room, title }, mayReturn) {
    const offers = mayReturn ? [{ words: t("leave.again"), press: () => this.#router.go(room) }] : [];
    this.#say(t(mayReturn ? "leave.open" : "leave.left", { title }), { good: true, offers });
  }

  /** Why the room cannot be left now, or null. */
  #staysFor({ room }, next) {
    if (next === null) return t("leave.only");
    if (this.#outbox.items(room).length > 0) return t("leave.unsent");
    return null;
  }

  /** Why this person still belongs to the room, "" if they want to, or null. */
  async #endMembership({ room, title, access, role }) {
    if (access !== "private" || !role) return null;
    if (!(await this.#confirm.ask({ title: t("leave.title", { title }), words: t("leave.help"), action: t("leave.action") }))) return "";
    try {
      await this.#house.dropMember(room, this.#me().id);
      this.#rooms.drop(room);
      return null;
    } catch (error) {
      return error.message;
    }
  }
}
