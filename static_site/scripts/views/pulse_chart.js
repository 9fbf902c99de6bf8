import { h, svg } from "../lib/dom.js";
import { intl, t } from "../lib/i18n.js";
import { unbroken } from "../models/pulse.js";
import { decimal, signed } from "./numbers.js";
import { timeElement } from "./time.js";

const WIDTH = 600;
const HEIGHT = 160;

/** A line of the last hours, with how much it may be wrong around it and what is usual behind it. */
export function pulseChart(points, usual, words) {
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
  return (x * WIDTH).toFixed(1);
}

function y(score) {
  return Number((((1 - score) / 2) * HEIGHT).toFixed(1));
}
