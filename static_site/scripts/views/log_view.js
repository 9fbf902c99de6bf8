import { byId } from "../lib/dom.js";
import { afterFrame } from "../lib/next_frame.js";
import { LogWindow } from "../models/log_window.js";
import { rightsIn } from "../models/rights.js";
import { Timeline } from "../models/timeline.js";
import { Arrivals } from "./arrivals.js";
import { LogLine } from "./log_lines.js";
import { LogRows } from "./log_rows.js";
import { MessageRow } from "./message_row.js";
import { ReadingPlace } from "./reading_place.js";
import { ScrollManager } from "./scroll_manager.js";
import { shownZone } from "./time.js";

const AHEAD_ENTRIES = 50; // the service is asked for older messages before the reader has come to the end of what is known
const EMPTY = new Set(["empty", "closed"]); // what stands where no messages are

/**
 * Shows one room's log and follows it. Only messages near what the reader looks at are in the document. `actions` is handed to
 * the messages; `marks` hear what was read while somebody looks.
 */
export class LogView {
  #log = byId("log");
  #arrivals = new Arrivals();
  #rows;
  #scroll;
  #actions;
  #place;
  #room = null; // {channel, outbox, me, about}
  #line = new Timeline();
  #window = new LogWindow(this.#line);
  #unfolded = new Set(); // keys of long messages
  #stepped = false; // the window has moved in this frame

  constructor({ actions, marks, attention }) {
    this.#actions = actions;
    const box = byId("log-rows");
    this.#rows = new LogRows(box, { build: (row) => this.#build(row), whereElse: this.#log });
    this.#scroll = new ScrollManager(this.#log, box, { onMove: () => this.#moved(), isWhole: () => this.#window.atEnd });
    const row = {
      exists: () => this.#line.unreadAt !== null,
      element: () => this.#rows.elementOf("unread"),
      isAbove: () => this.#line.unreadAt < this.#window.range.start,
      bring: () => row.element() ?? this.#bring(this.#line.seqAt(this.#line.unreadAt)),
    };
    this.#place = new ReadingPlace({ log: this.#log, rows: box, scroll: this.#scroll, marks, attention, row, update: () => this.update(), toEnd: () => this.#toEnd() });
  }

  /** Where somebody reads, and how they get elsewhere. */
  get place() {
    return this.#place;
  }

  /** Shows another room: from its first unread message on, or its newest one; `about()` is what it is. */
  open(room) {
    this.#room = room;
    this.#line = new Timeline();
    this.#window = new LogWindow(this.#line);
    this.#rows.clear();
    this.#unfolded.clear();
    this.#arrivals.forget();
    this.#place.open(room);
    this.#takeIn();
    this.#window.toEnd();
    this.update();
    this.#place.arrive();
  }

  /** Brings what is shown up to date with the room's log and outbox. */
  update() {
    const { channel, me } = this.#room;
    this.#takeIn();
    this.#window.fit(() => this.#scroll.lookedAt);
    this.#render();
    this.#arrivals.note(channel.log.messages, me, !this.#window.atEnd);
    this.#moved();
    if (this.#scroll.atBottom) channel.trim();
  }

  /** Shows one message in the middle and marks it; false if it is not there. */
  show(seq) {
    this.#takeIn();
    if (!this.#room.channel.log.get(seq)) return false;
    this.#place.stay();
    if (!this.#articleOf(seq)) this.#bring(seq);
    const message = this.#articleOf(seq);
    for (const marked of this.#log.querySelectorAll("[data-found]")) delete marked.dataset.found;
    this.#scroll.toMiddle(message);
    message.dataset.found = "";
    message.tabIndex = -1;
    message.focus({ preventScroll: true });
    this.#moved();
    return true;
  }

  /** Runs `change`, which makes rows higher or lower, without moving what the reader looks at, or this element where they asked for it. */
  hold(change, anchor = null) {
    if (anchor) this.#scroll.keep(anchor, change);
    else this.#scroll.hold(change);
  }

  /** Puts the messages around one into the document. */
  #bring(seq) {
    this.#window.around(seq);
    this.#render({ quiet: true });
  }

  #toEnd() {
    if (this.#window.atEnd) return;
    this.#window.toEnd();
    this.#render({ quiet: true });
  }

  /** Takes what the log and the outbox have now; it is not in the document yet. */
  #takeIn() {
    const { channel, outbox, me } = this.#room;
    const { messages } = channel.log;
    shownZone();
    this.#place.follow(channel.log);
    this.#line.update({ messages, outbox: outbox.items(channel.name), me, readMark: this.#place.line });
  }

  /** Puts what the window shows into the document; `quiet` if screen readers shall say nothing of it. */
  #render({ quiet = this.#rows.isEmpty } = {}) {
    const { channel } = this.#room;
    const { start, end } = this.#window.range;
    const found = this.#line.rows(start, end);
    const rows = found.length > 0 && channel.state !== "refused" ? found : [this.#placeholder(), ...found];
    const busy = String(channel.log.cursor === null && channel.state !== "refused");
    if (this.#log.getAttribute("aria-busy") !== busy) this.#log.setAttribute("aria-busy", busy);
    this.#scroll.hold(() => {
      this.#log.toggleAttribute("data-empty", EMPTY.has(rows[0].kind));
      this.#rows.show(rows, { quiet });
    });
  }

  #build(row) {
    if (row.kind !== "message") return new LogLine(row);
    const keep = (anchor, change, by) => this.#scroll.keep(anchor, change, by);
    return new MessageRow(row, this.#actions, { me: this.#room.me, unfolded: this.#unfolded, keep, messageAt: (seq) => this.#room.channel.log.get(seq) });
  }

  #placeholder() {
    const { channel, about } = this.#room;
    const { title, access, isNew } = about();
    if (channel.state === "refused") return { kind: "closed", key: "closed", title, problem: channel.refusal };
    if (channel.log.cursor === null && !isNew) return { kind: "skeleton", key: "skeleton" };
    return { kind: "empty", key: "empty", title, isDirect: access === "direct", invites: access === "private" && rightsIn(about(), this.#room.me).invite };
  }

  #articleOf(seq) {
    return this.#log.querySelector(`article[data-seq="${seq}"]`);
  }

  #moved() {
    if (!this.#room) return;
    this.#extend();
    this.#place.moved();
    this.#scroll.noted();
  }

  /**
   * Moves the window on where the reader comes near its end, and asks the service where that is the end of what is known. One
   * step for each frame: two would hold it up.
   */
  #extend() {
    if (this.#stepped) return;
    const { direction, near } = this.#scroll;
    if (near.top && direction <= 0) {
      if ((direction < 0 || this.#window.canGrow) && this.#window.earlier()) this.#step();
      if (this.#window.range.start < AHEAD_ENTRIES) this.#loadOlder();
    } else if (near.bottom && direction >= 0 && this.#window.later()) this.#step();
  }

  #step() {
    this.#render({ quiet: true });
    this.#stepped = true;
    afterFrame(() => {
      this.#stepped = false;
      this.#moved();
    });
  }

  /** What comes is shown like everything that the log brings. */
  #loadOlder() {
    const { channel } = this.#room;
    if (channel.state !== "live" || !channel.log.hasOlder || channel.loadingOlder) return;
    const frame = this.#log.parentElement;
    frame.dataset.loading = "older";
    channel
      .loadOlder()
      .catch((error) => console.info("Older messages could not be loaded; scrolling tries again.", error.message))
      .finally(() => delete frame.dataset.loading);
  }
}
