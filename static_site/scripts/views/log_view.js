import { byId } from "../lib/dom.js";
import { LogWindow } from "../models/log_window.js";
import { Timeline } from "../models/timeline.js";
import { Arrivals } from "./arrivals.js";
import { icon } from "./icons.js";
import { LogLine } from "./log_lines.js";
import { LogRows } from "./log_rows.js";
import { MessageRow } from "./message_row.js";
import { ScrollManager } from "./scroll_manager.js";
import { shownZone } from "./time.js";

const AHEAD_ENTRIES = 50; // the service is asked for older messages before the reader has come to the end of what is known

/**
 * Shows one room's log and follows it. Only messages near what the reader looks at are in the document. `actions` is handed to
 * the messages; `onRead(seq)` hears what was seen.
 */
export class LogView {
  #log = byId("log");
  #pill = byId("log-pill");
  #arrivals = new Arrivals();
  #rows;
  #scroll;
  #actions;
  #onRead;
  #room = null; // {channel, outbox, me, readMark, titleOf}
  #line = new Timeline();
  #window = new LogWindow(this.#line);
  #seen = 0;
  #unfolded = new Set(); // keys of long messages

  constructor({ actions, onRead }) {
    this.#actions = actions;
    this.#onRead = onRead;
    const box = byId("log-rows");
    this.#rows = new LogRows(box, { build: (row) => this.#build(row), whereElse: this.#log });
    this.#scroll = new ScrollManager(this.#log, box, { onMove: () => this.#moved(), isWhole: () => this.#window.atEnd });
    this.#pill.addEventListener("click", () => this.toNewest());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#lookAway() : this.#noteRead()));
  }

  /** Shows another room from its newest message on; `titleOf()` is what it is called. */
  open(room) {
    this.#room = room;
    this.#line = new Timeline();
    this.#window = new LogWindow(this.#line);
    this.#rows.clear();
    this.#unfolded.clear();
    this.#arrivals.forget();
    this.#seen = 0;
    this.#takeIn();
    this.#window.toEnd();
    this.#scroll.toBottom();
    this.update();
  }

  /** Brings what is shown up to date with the room's log and outbox. */
  update() {
    const { channel, me } = this.#room;
    this.#takeIn();
    this.#window.fit(() => this.#scroll.lookedAt);
    this.#render();
    this.#arrivals.note(channel.log.messages, me, !this.#window.atEnd);
    this.#showPill();
    this.#noteRead();
    this.#extend();
    if (this.#scroll.atBottom) channel.trim();
  }

  toNewest() {
    this.stick();
    this.#moved();
    this.#log.focus({ preventScroll: true });
  }

  /** Shows one message in the middle and marks it; false if it is not there. */
  show(seq) {
    this.#takeIn();
    if (!this.#room.channel.log.get(seq)) return false;
    if (!this.#articleOf(seq)) {
      this.#window.around(seq);
      this.#render({ quiet: true });
    }
    const message = this.#articleOf(seq);
    for (const marked of this.#log.querySelectorAll("[data-found]")) delete marked.dataset.found;
    this.#scroll.toMiddle(message);
    message.dataset.found = "";
    message.tabIndex = -1;
    message.focus({ preventScroll: true });
    this.#moved();
    return true;
  }

  /** Follows the newest message again, as after sending one. */
  stick() {
    if (!this.#window.atEnd) {
      this.#window.toEnd();
      this.#render({ quiet: true });
    }
    this.#scroll.toBottom();
  }

  /** Takes what the log and the outbox have now; it is not in the document yet. */
  #takeIn() {
    const { channel, outbox, me } = this.#room;
    const { messages } = channel.log;
    shownZone();
    this.#moveReadMark(messages);
    this.#line.update({ messages, outbox: outbox.items(channel.name), me, readMark: this.#room.readMark });
  }

  /** Puts what the window shows into the document; `quiet` if screen readers shall say nothing of it. */
  #render({ quiet = this.#rows.isEmpty } = {}) {
    const { channel } = this.#room;
    const { start, end } = this.#window.range;
    const found = this.#line.rows(start, end);
    const rows = found.length > 0 && channel.state !== "refused" ? found : [this.#placeholder(), ...found];
    const busy = String(channel.log.cursor === null && channel.state !== "refused");
    if (this.#log.getAttribute("aria-busy") !== busy) this.#log.setAttribute("aria-busy", busy);
    this.#scroll.hold(() => this.#rows.show(rows, { quiet }));
  }

  #build(row) {
    if (row.kind !== "message") return new LogLine(row);
    const keep = (anchor, change, by) => this.#scroll.keep(anchor, change, by);
    return new MessageRow(row, this.#actions, { me: this.#room.me, unfolded: this.#unfolded, keep, messageAt: (seq) => this.#room.channel.log.get(seq) });
  }

  #placeholder() {
    const { channel, titleOf } = this.#room;
    const title = titleOf();
    if (channel.state === "refused") return { kind: "closed", key: "closed", title, problem: channel.refusal };
    return channel.log.cursor === null ? { kind: "skeleton", key: "skeleton" } : { kind: "empty", key: "empty", title };
  }

  #articleOf(seq) {
    return this.#log.querySelector(`article[data-seq="${seq}"]`);
  }

  #moved() {
    if (!this.#room) return;
    this.#extend();
    this.#showPill();
    this.#noteRead();
  }

  /** Moves the window on where the reader comes near its end, and asks the service where that is the end of what is known. */
  #extend() {
    const { direction, nearTop, nearBottom } = this.#scroll;
    if (nearTop && direction <= 0) {
      if ((direction < 0 || this.#window.canGrow) && this.#window.earlier()) this.#render({ quiet: true });
      if (this.#window.range.start < AHEAD_ENTRIES) this.#loadOlder();
    } else if (nearBottom && direction >= 0 && this.#window.later()) this.#render({ quiet: true });
  }

  /** What comes is shown like everything that the log brings. */
  #loadOlder() {
    const { channel } = this.#room;
    if (channel.state !== "live" || !channel.log.hasOlder || channel.loadingOlder) return;
    this.#log.dataset.loading = "older";
    channel
      .loadOlder()
      .catch((error) => console.info("Older messages could not be loaded; scrolling tries again.", error.message))
      .finally(() => delete this.#log.dataset.loading);
  }

  #showPill() {
    const { channel, me } = this.#room;
    const { count: fresh, atLeast } = channel.log.countAfter(this.#seen, me.id);
    this.#pill.hidden = this.#scroll.atBottom;
    const words = fresh > 0 ? `${fresh}${atLeast ? "+" : ""} new ${fresh === 1 ? "message" : "messages"}` : "Newest messages";
    if (this.#pill.textContent !== words) this.#pill.replaceChildren(icon("down"), words);
    this.#pill.toggleAttribute("data-fresh", fresh > 0);
  }

  /** Messages that arrive in view are not marked as "new"; an existing mark stays. */
  #moveReadMark(messages) {
    const watching = this.#seen > 0 && this.#scroll.atBottom && !document.hidden;
    if (watching && !this.#line.hasUnread) this.#room.readMark = messages.at(-1)?.seq ?? this.#room.readMark;
  }

  #lookAway() {
    if (!this.#room) return;
    this.#room.readMark = this.#seen;
    this.update();
  }

  #noteRead() {
    if (!this.#room || !this.#scroll.atBottom || document.hidden) return;
    const newest = this.#room.channel.log.messages.at(-1)?.seq ?? this.#room.channel.log.cursor;
    if (newest === null) return;
    this.#seen = newest;
    this.#onRead(newest);
  }
}
