import { h, svg } from "../lib/dom.js";
import { intl, t } from "../lib/i18n.js";
import { HOUR_MS, unbroken } from "../models/pulse.js";
import { decimal, signed } from "./numbers.js";
import { timeElement } from "./time.js";

const WIDTH = 600;
const HEIGHT = 160;
const MARGIN = 8; // the first and the last point are whole
const SCORES = [1, 0, -1];
const PARTS_OF_TIME = 4;

/** A line of the last hours until `to`, with how much it may be wrong around it and what is usual behind it, between its axes. */
export function pulseChart(points, usual, words, { to, hours }) {
  const scores = SCORES.map((score) => h("span", {}, intl("NumberFormat", { signDisplay: "exceptZero" }).format(score).replace("-", "−")));
  const times = Array.from({ length: PARTS_OF_TIME + 1 }, (_, index) => timeLabel(new Date(Date.parse(to) - ((PARTS_OF_TIME - index) * hours * HOUR_MS) / PARTS_OF_TIME)));
  return h(
    "div",
    { class: "pulse-plot", dir: "ltr" },
    h("div", { class: "pulse-scores", "aria-hidden": "true" }, ...scores),
    drawing(points, usual, words),
    h("div", { class: "pulse-times", "aria-hidden": "true" }, ...times),
  );
}

function drawing(points, usual, words) {
  const parts = unbroken(points);
  const band = usual.mean === null ? [] : [usualBand(usual)];
  return svg(
    "svg",
    { class: "pulse-chart", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": words, preserveAspectRatio: "none" },
    ...band,
    svg("path", { class: "pulse-zero", d: `M0 ${y(0)}H${WIDTH}` }),
    ...parts.flatMap((part) => [svg("path", { class: "pulse-error", d: area(part) }), svg("path", { class: "pulse-line", d: trace(part) })]),
    ...parts.flat().map(({ x, mean, word }) => svg("path", { class: "pulse-point", "data-word": word, d: `M${across(x)} ${y(mean)}h0.01` })),
  );
}

function timeLabel(time) {
  return h("time", { datetime: time.toISOString() }, `${intl("DateTimeFormat", { weekday: "short" }).format(time)} ${intl("DateTimeFormat", { hour: "numeric" }).format(time)}`);
}

/** The same as a table, for whoever does not see pictures. */
export function pulseTable(points) {
  const head = ["hour", "mood", "mean", "messages", "people"].map((name) => h("th", { scope: "col" }, t(`pulse.table.${name}`)));
  const rows = points.toReversed().map(({ hour, mean, error, word }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, intl("DateTimeFormat", { weekday: "short" }).format(new Date(hour.at)), " ", timeElement(new Date(hour.at))),
      h("td", {}, t(`pulse.${word}`)),
      h("td", {}, mean === null ? "" : `${signed(mean)} ± ${decimal(error)}`),
      h("td", {}, String(hour.count)),
      h("td", {}, String(hour.people)),
    ),
  );
  return h("table", { class: "pulse-table" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows));
}

function usualBand({ mean, spread }) {
  const top = y(Math.min(1, mean + spread));
  return svg("path", { class: "pulse-usual", d: `M0 ${top}H${WIDTH}V${Math.max(top + 1, y(Math.max(-1, mean - spread)))}H0Z` });
}

function trace(part) {
  return part.map(({ x, mean }, index) => `${index ? "L" : "M"}${across(x)} ${y(mean)}`).join("");
}

function area(part) {
  const top = part.map(({ x, mean, error }) => `${across(x)} ${y(Math.min(1, mean + error))}`);
  const bottom = part.map(({ x, mean, error }) => `${across(x)} ${y(Math.max(-1, mean - error))}`).toReversed();
  return `M${[...top, ...bottom].join("L")}Z`;
}

function across(x) {
  return (MARGIN + x * (WIDTH - 2 * MARGIN)).toFixed(1);
}

function y(score) {
  return Number((MARGIN + ((1 - score) / 2) * (HEIGHT - 2 * MARGIN)).toFixed(1));
}
