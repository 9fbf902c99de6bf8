import { byId, h } from "../lib/dom.js";
import { closedWords } from "../models/room_facts.js";
import { timeline } from "../models/timeline.js";
import { closedRoom, emptyRoom } from "./empty_log.js";
import { messageRow } from "./message_row.js";
import { ReadingPlace } from "./reading_place.js";
import { ScrollManager } from "./scroll_manager.js";
import { dayName, shownZone } from "./time.js";

/** Shows one room's log and follows it. `actions` is handed to the messages; `marks` hear what was read while somebody looks. */
export class LogView {
  #log = byId("log");
  #rows = byId("log-rows");
  #scroll;
  #actions;
  #place;
  #elements = new Map(); // key -> {element, version}
  #room = null; // {channel, outbox, me, titleOf}
  #unfolded = new Set(); // keys of long messages

  constructor({ actions, marks, attention }) {
    this.#actions = actions;
    this.#scroll = new ScrollManager(this.#log, this.#rows, () => this.#moved());
    this.#place = new ReadingPlace({
      log: this.#log,
      rows: this.#rows,
      scroll: this.#scroll,
      marks,
      attention,
      shown: () => this.#elements.get("unread")?.element,
      update: () => this.update(),
    });
  }

  /** Where somebody reads, and how they get elsewhere. */
  get place() {
    return this.#place;
  }

  /** Shows another room: from its first unread message on, or its newest one. */
  open(room) {
    this.#room = room;
    this.#elements.clear();
    this.#unfolded.clear();
    this.#rows.replaceChildren();
    this.#place.open(room);
    this.update();
    this.#place.arrive();
  }

  /** Brings what is shown up to date with the room's log and outbox. */
  update() {
    const { channel, outbox, me } = this.#room;
    const { messages } = channel.log;
    this.#place.follow(channel.log);
    const found = timeline({ messages, outbox: outbox.items(channel.name), me, readMark: this.#place.line });
    const rows = found.length > 0 && channel.state !== "refused" ? found : [this.#placeholder(), ...found];
    const wholePage = this.#elements.size === 0 || channel.loadingOlder;
    this.#log.setAttribute("aria-busy", String(wholePage)); // a whole page is not read aloud
    this.#scroll.hold(() => this.#reconcile(rows));
    this.#moved();
    if (this.#scroll.atBottom) channel.trim();
  }

  /** Shows one message in the middle and marks it; false if it is not there. */
  show(seq) {
    const message = this.#rows.querySelector(`article[data-seq="${seq}"]`);
    if (!message) return false;
    this.#place.stay();
    for (const marked of this.#rows.querySelectorAll("[data-found]")) delete marked.dataset.found;
    message.scrollIntoView({ block: "center" });
    message.dataset.found = "";
    message.tabIndex = -1;
    message.focus({ preventScroll: true });
    return true;
  }

  /** Makes the elements fit the rows, touching only those that differ, so that focus and selection stay. */
  #reconcile(rows) {
    const keys = new Set(rows.map(({ key }) => key));
    for (const [key, { element }] of this.#elements) if (!keys.has(key)) element.remove();
    const kept = new Map();
    const zone = shownZone();
    let next = this.#rows.firstChild;
    for (const row of rows) {
      const before = this.#elements.get(row.key)?.element;
      const shown = this.#shown(row, zone);
      kept.set(row.key, shown);
      if (before && before === next) next = next.nextSibling;
      if (before === shown.element && before.nextSibling === next) continue;
      this.#rows.insertBefore(shown.element, next);
      if (before && before !== shown.element) replace(before, shown.element);
    }
    this.#elements = kept;
  }

  /** The element for a row; the existing one is reused unless what it shows has changed. */
  #shown(row, zone) {
    const { at, mine } = row.message ?? {};
    const day = row.kind === "day" && dayName(row.time);
    const version = JSON.stringify([row.kind, row.state, at, mine, row.first, row.problem, row.title, day, zone, this.#originalGone(row)]);
    const known = this.#elements.get(row.key);
    return known?.version === version ? known : { element: this.#build(row), version };
  }

  #build(row) {
    if (row.kind === "day") return h("p", { class: "log-day" }, h("span", {}, dayName(row.time)));
    if (row.kind === "unread") return h("p", { class: "log-unread" }, h("span", {}, "New"));
    if (row.kind === "skeleton") return h("div", { class: "log-skeleton", "aria-hidden": "true" }, ...[1, 2, 3, 4].map(() => h("i")));
    if (row.kind === "empty") return emptyRoom(row.title);
    if (row.kind === "closed") return closedRoom(closedWords(row.problem, row.title));
    const keep = (anchor, change, by) => this.#scroll.keep(anchor, change, by);
    return messageRow(row, this.#actions, { me: this.#room.me, unfolded: this.#unfolded, keep, messageAt: (seq) => this.#room.channel.log.get(seq) });
  }

  #originalGone({ message }) {
    return Boolean(message?.replyTo) && Boolean(this.#room.channel.log.get(message.replyTo.seq)?.deleted);
  }

  #placeholder() {
    const { channel, titleOf } = this.#room;
    const title = titleOf();
    if (channel.state === "refused") return { kind: "closed", key: "closed", title, problem: channel.refusal };
    return channel.log.cursor === null ? { kind: "skeleton", key: "skeleton" } : { kind: "empty", key: "empty", title };
  }

  #moved() {
    this.#place.moved();
    this.#loadOlderWhereNear();
  }

  #loadOlderWhereNear() {
    const { channel } = this.#room ?? {};
    if (!channel || channel.state !== "live" || !channel.log.hasOlder || !this.#scroll.nearTop) return;
    if ("loading" in this.#log.dataset) return;
    this.#log.dataset.loading = "older";
    channel
      .loadOlder()
      .catch((error) => console.info("Older messages could not be loaded; scrolling tries again.", error.message))
      .then((came) => {
        delete this.#log.dataset.loading;
        if (came) this.#loadOlderWhereNear();
      });
  }
}

/** Takes an old element away; the focus goes to the same button of the new one. */
function replace(before, after) {
  const focused = before.contains(document.activeElement) ? document.activeElement.className : null;
  before.remove();
  if (focused) after.querySelector(`button[class="${focused}"]`)?.focus({ preventScroll: true });
}
