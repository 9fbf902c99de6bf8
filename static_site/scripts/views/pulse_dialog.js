import { byId, h } from "../lib/dom.js";
import { calendar, csv, line } from "../models/pulse.js";
import { signed } from "./numbers.js";
import { pulseCalendar } from "./pulse_calendar.js";
import { pulseChart, pulseTable } from "./pulse_chart.js";
import { openedFromRoom } from "./room_openers.js";
import { problem, waiting } from "./waiting.js";

const LAST_HOURS = 48;
const SHOWN_TERMS = 8;
const SHOWN_MOMENTS = 6;
const LEAST_WEIGHT = 0.2; // less is no reason that anybody would see

/** The pulse of the open room: its last hours, its days, the words that moved it, and the messages worth opening. */
export class PulseDialog {
  #dialog = byId("pulse-dialog");
  #body = byId("pulse-body");
  #days = byId("pulse-days");
  #house;
  #room;
  #titleOf;
  #goTo;
  #pulse = null;

  /** `room()` is the open room, `titleOf(room)` what it is called; `goTo(room, seq)` leads to a message, `onLive()` to the live view. */
  constructor({ house, room, titleOf, goTo, onLive }) {
    this.#house = house;
    this.#room = room;
    this.#titleOf = titleOf;
    this.#goTo = goTo;
    openedFromRoom("pulse", "pulse", () => this.open());
    this.#days.addEventListener("change", () => this.#load());
    byId("pulse-csv").addEventListener("click", () => this.#save());
    byId("pulse-live").addEventListener("click", () => {
      this.#dialog.close();
      onLive();
    });
    this.#dialog.addEventListener("close", () => this.#body.replaceChildren());
  }

  open() {
    byId("pulse-title").textContent = `Pulse of ${this.#titleOf(this.#room())}`;
    this.#dialog.showModal();
    return this.#load();
  }

  async #load() {
    const room = this.#room();
    this.#pulse = null;
    byId("pulse-csv").disabled = true;
    this.#body.replaceChildren(waiting());
    try {
      this.#pulse = await this.#house.pulse(room, Number(this.#days.value));
      this.#body.replaceChildren(...this.#parts(room, this.#pulse));
      byId("pulse-csv").disabled = false;
    } catch (error) {
      this.#body.replaceChildren(problem(error));
    }
  }

  #parts(room, pulse) {
    if (pulse.hours.length === 0) return [h("p", {}, "Nobody has written here in this time, or only where no moods are read.")];
    const points = line(pulse, LAST_HOURS);
    const moved = pulse.terms.filter(({ weight }) => Math.abs(weight) >= LEAST_WEIGHT).slice(0, SHOWN_TERMS);
    const words = chartWords(points, pulse.usual);
    return [
      section(`The last ${LAST_HOURS} hours`, h("p", {}, words), pulseChart(points, pulse.usual, words), h("details", {}, h("summary", {}, "As a table"), pulseTable(points))),
      section("Days by hours", pulseCalendar(calendar(pulse)), legend()),
      ...(moved.length === 0 ? [] : [section("Words that moved it", terms(moved))]),
      ...(pulse.moments.length === 0 ? [] : [section("Messages worth opening", this.#moments(room, pulse.moments))]),
    ];
  }

  #moments(room, moments) {
    const press = (seq) => () => {
      this.#dialog.close();
      this.#goTo(room, seq);
    };
    return h(
      "ul",
      { class: "pulse-moments" },
      ...moments.slice(0, SHOWN_MOMENTS).map(({ seq, score }) => h("li", {}, h("button", { class: "button", type: "button", "data-sign": sign(score), click: press(seq) }, `Message ${seq} (${signed(score)})`))),
    );
  }

  /** Hands the hours over as a file; nothing is asked for again. */
  #save() {
    const url = URL.createObjectURL(new Blob([csv(this.#pulse)], { type: "text/csv" }));
    h("a", { href: url, download: `pulse-${this.#room()}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 0);
  }
}

/** The newest hour in words, which follow from its error. */
function chartWords(points, usual) {
  const last = points.findLast(({ mean }) => mean !== null);
  const known = usual.mean === null ? "What is usual here is not known yet." : `Usually it is ${signed(usual.mean)}.`;
  if (last === undefined) return `No hour of these had three people, so nothing is said of the mood. ${known}`;
  return `The latest hour of three people or more was ${last.word}: ${signed(last.mean)}, give or take ${last.error.toFixed(2)}. ${known}`;
}

function section(title, ...parts) {
  return h("section", { class: "pulse-section" }, h("h3", {}, title), ...parts);
}

function terms(found) {
  return h("ul", { class: "pulse-terms" }, ...found.map(({ term, weight, count }) => h("li", { "data-sign": sign(weight) }, h("bdi", {}, term), ` ${signed(weight)} in ${count}`)));
}

function legend() {
  const entries = [
    ["cooler than usual", "cooler"],
    ["as usual", "as usual"],
    ["warmer than usual", "warmer"],
    ["few people", "fewer than three people"],
  ];
  return h("p", { class: "pulse-legend" }, ...entries.map(([word, label]) => h("span", {}, h("span", { class: "pulse-hour", "data-word": word, "data-share": 4 }), label)));
}

function sign(value) {
  return value > 0 ? "positive" : "negative";
}
