import { byId, hide } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { openingLine, reachBack } from "../models/opening_line.js";
import { icon } from "./icons.js";
import { NewLine } from "./new_line.js";
import { newestOnScreen } from "./on_screen.js";

/**
 * Where somebody reads the open room's log, and what of it they have seen: the room opens at the line before what is new,
 * what has been on the screen of a page that is read counts as read, and buttons lead to the line and to the newest message.
 */
export class ReadingPlace {
  #log;
  #rows;
  #scroll;
  #marks;
  #attention;
  #update;
  #toEnd;
  #line;
  #pill = byId("log-pill");
  #room = null; // {channel, me}
  #seen = 0;
  #taken = 0; // the newest message of those that are shown
  #hasBegun = false; // whether anything was seen since the room was opened

  /** `row` is the line's, see `NewLine`; `update()` brings the log up to date when it has moved; `toEnd()` shows the newest messages. */
  constructor({ log, rows, scroll, marks, attention, row, update, toEnd }) {
    this.#log = log;
    this.#rows = rows;
    this.#scroll = scroll;
    this.#marks = marks;
    this.#attention = attention;
    this.#update = update;
    this.#toEnd = toEnd;
    this.#line = new NewLine({ log, scroll, row, attention, onJump: () => this.toFirstUnread(), onStay: () => this.moved() });
    this.#pill.addEventListener("click", () => this.toNewest());
    attention.on("away", () => this.#lookAway());
    attention.on("look", () => this.#lookAgain());
  }

  /** The position after which messages are shown as new, or null. */
  get line() {
    return this.#line.position;
  }

  /** Another room is shown. */
  open(room) {
    this.#room = room;
    this.#line.begin(this.#marks.line(room.channel.name));
    this.#seen = this.line ?? 0;
    this.#taken = 0;
    this.#hasBegun = false;
    this.#scroll.toBottom();
  }

  /** Goes to the line once it is known, unless somebody has begun to read elsewhere. */
  async arrive() {
    const room = this.#room;
    const line = await openingLine(room.channel, this.#marks);
    if (this.#room !== room || !this.#line.isArriving) return;
    this.#line.position = line ?? this.#marks.line(room.channel.name);
    this.#seen = Math.max(this.#seen, this.line ?? 0);
    this.#update();
    if (line !== null) this.#line.show();
    this.#line.arrived(); // and what is on the screen counts as read, not what was before
    this.moved();
  }

  /** Messages that arrive in view are not marked as new; an existing line stays. */
  follow({ messages }) {
    const watching = this.#hasBegun && this.#scroll.atBottom && this.#isReading;
    const newest = messages.at(-1)?.seq ?? 0;
    if (watching && !this.#line.isShown && newest > this.#seen) this.#line.follow(newest);
    this.#taken = newest;
  }

  /** The log or what is seen of it has changed. */
  moved() {
    if (!this.#room) return;
    this.#noteSeen();
    this.#showPill();
    this.#line.update(!this.#room.channel.log.isShortOf(this.line ?? 0));
  }

  toNewest() {
    this.stick();
    this.moved();
    this.#log.focus({ preventScroll: true });
  }

  /** Follows the newest message again, as after sending one: what lies between counts as read. */
  stick() {
    this.#line.stay();
    this.#toEnd();
    this.#scroll.toBottom();
  }

  /** Somebody is led elsewhere in the room than to the line. */
  stay() {
    this.#line.stay();
  }

  /** Goes to the first unread message, however far back. */
  async toFirstUnread() {
    const room = this.#room;
    this.#log.focus({ preventScroll: true });
    this.#line.show(); // as far as is loaded
    await reachBack(room.channel, this.line);
    if (this.#room !== room) return;
    this.#update(); // what came is not in the document before the next frame
    this.#line.show();
  }

  /** Shows messages as new from one on: they were marked as unread. */
  markNew(seq) {
    this.#line.moveTo(seq - 1);
    this.#update();
  }

  get #isReading() {
    return this.#attention.reading && !this.#line.isArriving;
  }

  #lookAway() {
    if (!this.#room || this.#line.isArriving) return;
    this.#line.moveTo(this.#seen);
    this.#update();
  }

  /** What came while nobody saw it is shown from its beginning on. */
  #lookAgain() {
    if (!this.#room) return;
    if (this.#scroll.atBottom && this.#line.isUnseenAbove) this.#line.show();
    this.moved();
  }

  /** What is on the screen is read, and all before it, unless the line lies before what was loaded: nobody has seen that. */
  #noteSeen() {
    if (!this.#isReading) return;
    const { log, name } = this.#room.channel;
    if (!this.#scroll.atBottom && this.line !== null && log.isShortOf(this.line)) return;
    const last = log.messages.length > 0 ? this.#taken : log.cursor; // what has come since is not shown yet
    const newest = this.#scroll.atBottom ? last : newestOnScreen(this.#log, this.#rows);
    if (newest === null || newest < this.#seen) return;
    this.#hasBegun = true;
    this.#seen = newest;
    this.#marks.seen(name, newest);
  }

  #showPill() {
    const { channel, me } = this.#room;
    const { count: fresh, atLeast } = channel.log.countAfter(this.#seen, me.id);
    hide(this.#pill, this.#scroll.atBottom);
    const words = fresh > 0 ? t(atLeast ? "log.new.at_least" : "log.new", { count: fresh }) : t("log.newest");
    if (this.#pill.textContent !== words) this.#pill.replaceChildren(icon("down"), words);
    this.#pill.toggleAttribute("data-fresh", fresh > 0);
  }
}
