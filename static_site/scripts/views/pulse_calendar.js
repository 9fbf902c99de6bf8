import { h } from "../lib/dom.js";
import { intl, t } from "../lib/i18n.js";
import { signed } from "./numbers.js";

/** Days by hours: the more was written, the darker; coloured only where an hour differs from what is usual. */
export function pulseCalendar(days) {
  const most = Math.max(1, ...days.flatMap(({ hours }) => hours.map((cell) => cell?.hour.count ?? 0)));
  return h("div", { class: "pulse-calendar", role: "img", "aria-label": calendarWords(days) }, ...days.map((day) => dayRow(day, most)));
}

function dayRow({ day, hours }, most) {
  const name = intl("DateTimeFormat", { weekday: "short", day: "numeric", month: "short" }).format(day);
  return h("div", { class: "pulse-day" }, h("span", { class: "pulse-day-name" }, name), ...hours.map((cell, hour) => hourCell(cell, hour, name, most)));
}

function hourCell(cell, hour, name, most) {
  if (cell === null) return h("span", { class: "pulse-hour" });
  const { word, mean } = cell;
  const share = Math.ceil((4 * cell.hour.count) / most);
  const said = { day: name, time: `${String(hour).padStart(2, "0")}:00`, mood: t(`pulse.${word}`), count: cell.hour.count };
  const title = mean === null ? t("pulse.hour.unread", said) : t("pulse.hour", { ...said, mean: signed(mean) });
  return h("span", { class: "pulse-hour", "data-word": word, "data-share": share, title });
}

function calendarWords(days) {
  const hours = days.flatMap((day) => day.hours).filter((cell) => cell !== null);
  const of = (word) => hours.filter((cell) => cell.word === word).length;
  return t("pulse.calendar", { count: hours.length, warmer: of("warmer"), cooler: of("cooler") });
}
