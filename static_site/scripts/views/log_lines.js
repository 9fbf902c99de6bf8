import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { closedWords } from "../models/room_facts.js";
import { closedRoom, emptyRoom } from "./empty_log.js";
import { dayName } from "./time.js";

const BUILDERS = {
  day: ({ time }) => h("p", { class: "log-day" }, h("span", {}, dayName(time))),
  unread: () => h("p", { class: "log-unread" }, h("span", {}, t("log.line"))),
  skeleton: () => h("div", { class: "log-skeleton", "aria-hidden": "true" }, ...[1, 2, 3, 4].map(() => h("i"))),
  empty: (row) => emptyRoom(row),
  closed: ({ problem, title }) => closedRoom(closedWords(problem, title)),
};

/** A row of the log that is no message: a day, the line before what is new, or what stands where no messages are. */
export class LogLine {
  element;
  #row;
  #day = new Date().toDateString(); // on which it says what it says
  #version;

  constructor(row) {
    this.element = BUILDERS[row.kind](row);
    this.#row = row;
    this.#version = versionOf(row);
  }

  /** Shows what the row says now: a day has another name on the next one. */
  update(row) {
    const day = new Date().toDateString();
    if (row === this.#row && day === this.#day) return;
    this.#row = row;
    this.#day = day;
    const version = versionOf(row);
    if (version === this.#version) return;
    this.#version = version;
    this.element.replaceChildren(...BUILDERS[row.kind](row).childNodes);
  }

  silence() {
    this.element.setAttribute("aria-live", "off");
  }
}

function versionOf({ kind, time, title, isDirect, invites, problem }) {
  return JSON.stringify(kind === "day" ? dayName(time) : [title, isDirect, invites, problem]);
}
