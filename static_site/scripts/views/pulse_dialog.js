import { byId, h } from "../lib/dom.js";
import { parts, t } from "../lib/i18n.js";
import { calendar, csv, line, today } from "../models/pulse.js";
import { decimal, signed } from "./numbers.js";
import { pulseCalendar } from "./pulse_calendar.js";
import { pulseChart, pulseTable } from "./pulse_chart.js";
import { pulseMoments } from "./pulse_moments.js";
import { openedFromRoom } from "./room_openers.js";
import { problem, waiting } from "./waiting.js";

const LAST_HOURS = 48;
const SHOWN_TERMS = 8;
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
  #known;
  #pulse = null;

  /** `room()` is the open room, `titleOf(room)` what it is called; `goTo(room, seq)` leads to a message, `onLive()` to the live view; `known(room, seq)` is a message that the log has. */
  constructor({ house, room, titleOf, goTo, known, onLive }) {
    this.#house = house;
    this.#room = room;
    this.#titleOf = titleOf;
    this.#goTo = goTo;
    this.#known = known;
    openedFromRoom("pulse", "pulse", () => this.open());
    this.#days.addEventListener("change", () => this.#load());
    byId("mood").addEventListener("click", () => this.open());
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
    const scored = points.some(({ mean }) => mean !== null);
    const chart = [pulseChart(points, pulse.usual, words, { to: pulse.to, hours: LAST_HOURS }), h("details", {}, h("summary", {}, t("pulse.table")), pulseTable(points))];
    return [
      h("p", { class: "pulse-today" }, todayWords(today(pulse))),
      section(t("pulse.last", { count: LAST_HOURS }), h("p", {}, words), ...(scored ? chart : [])),
      section(t("pulse.by_hours"), pulseCalendar(calendar(pulse)), legend(pulse.usual)),
      ...(moved.length === 0 ? [] : [section(t("pulse.words"), h("p", { class: "field-help" }, t("pulse.words.help")), terms(moved))]),
      ...(pulse.moments.length === 0 ? [] : [section(t("pulse.moments"), this.#moments(room, pulse.moments))]),
    ];
  }

  #moments(room, moments) {
    const sources = { known: (seq) => this.#known(room, seq), ask: (before) => this.#house.messages(room, { before, limit: 1 }) };
    return pulseMoments(moments, sources, (seq) => {
      this.#dialog.close();
      this.#goTo(room, seq);
    });
  }

  /** Hands the hours over as a file; nothing is asked for again. */
  #save() {
    const url = URL.createObjectURL(new Blob([csv(this.#pulse)], { type: "text/csv" }));
    h("a", { href: url, download: `pulse-${this.#room()}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 0);
  }
}

function todayWords({ count, mean, error, word }) {
  if (count === 0) return t("pulse.today.none");
  return mean === null ? t("pulse.today.few", { count }) : t("pulse.today.is", { count, mood: t(`mood.${word}`), mean: signed(mean), error: decimal(error) });
}

/** The newest hour in words, which follow from its error; nothing that is not known is compared with. */
function chartWords(points, usual) {
  const last = points.findLast(({ mean }) => mean !== null);
  if (last === undefined) return t("pulse.latest.none");
  const known = usual.mean === null ? t("pulse.usual.unknown") : t("pulse.usual.is", { mean: signed(usual.mean) });
  return `${t(`pulse.latest.${last.word}`, { mean: signed(last.mean), error: decimal(last.error) })} ${known}`;
}

function section(title, ...parts) {
  return h("section", { class: "pulse-section" }, h("h3", {}, title), ...parts);
}

function terms(found) {
  return h("ul", { class: "pulse-terms" }, ...found.map(({ term, weight, count }) => h("li", { "data-sign": sign(weight) }, ...parts("pulse.term", { term: h("bdi", {}, term), weight: signed(weight), count }))));
}

function legend(usual) {
  const words = usual.mean === null ? ["new", "few"] : ["cooler", "usual", "warmer", "few"];
  return h("p", { class: "pulse-legend" }, ...words.map((word) => h("span", {}, h("span", { class: "pulse-hour", "data-word": word, "data-share": 4 }), t(`pulse.legend.${word}`))));
}

function sign(value) {
  return value > 0 ? "positive" : "negative";
}
