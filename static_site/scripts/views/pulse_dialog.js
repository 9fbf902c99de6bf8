import { byId, h } from "../lib/dom.js";
import { parts, t } from "../lib/i18n.js";
import { calendar, csv, line } from "../models/pulse.js";
import { decimal, signed } from "./numbers.js";
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
    byId("pulse-title").textContent = t("pulse.title", { title: this.#titleOf(this.#room()) });
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
    if (pulse.hours.length === 0) return [h("p", {}, t("pulse.empty"))];
    const points = line(pulse, LAST_HOURS);
    const moved = pulse.terms.filter(({ weight }) => Math.abs(weight) >= LEAST_WEIGHT).slice(0, SHOWN_TERMS);
    const words = chartWords(points, pulse.usual);
    return [
      section(t("pulse.last", { count: LAST_HOURS }), h("p", {}, words), pulseChart(points, pulse.usual, words), h("details", {}, h("summary", {}, t("pulse.table")), pulseTable(points))),
      section(t("pulse.by_hours"), pulseCalendar(calendar(pulse)), legend()),
      ...(moved.length === 0 ? [] : [section(t("pulse.words"), terms(moved))]),
      ...(pulse.moments.length === 0 ? [] : [section(t("pulse.moments"), this.#moments(room, pulse.moments))]),
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
      ...moments.slice(0, SHOWN_MOMENTS).map(({ seq, score }) => h("li", {}, h("button", { class: "button", type: "button", "data-sign": sign(score), click: press(seq) }, t("pulse.moment", { seq: String(seq), score: signed(score) })))),
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
  const known = usual.mean === null ? t("pulse.usual.unknown") : t("pulse.usual.is", { mean: signed(usual.mean) });
  if (last === undefined) return `${t("pulse.latest.none")} ${known}`;
  return `${t(`pulse.latest.${last.word}`, { mean: signed(last.mean), error: decimal(last.error) })} ${known}`;
}

function section(title, ...parts) {
  return h("section", { class: "pulse-section" }, h("h3", {}, title), ...parts);
}

function terms(found) {
  return h("ul", { class: "pulse-terms" }, ...found.map(({ term, weight, count }) => h("li", { "data-sign": sign(weight) }, ...parts("pulse.term", { term: h("bdi", {}, term), weight: signed(weight), count }))));
}

function legend() {
  const words = ["cooler", "usual", "warmer", "few"];
  return h("p", { class: "pulse-legend" }, ...words.map((word) => h("span", {}, h("span", { class: "pulse-hour", "data-word": word, "data-share": 4 }), t(`pulse.legend.${word}`))));
}

function sign(value) {
  return value > 0 ? "positive" : "negative";
}
