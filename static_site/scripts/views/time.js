import { h } from "../lib/dom.js";
import { intl } from "../lib/i18n.js";
import { timeZone } from "../models/today.js";

const ONE_DAY_MS = 24 * 3600 * 1000;
let zone = timeZone();

/** The time zone in which times are shown from now on: that of the computer, which may have travelled. */
export function shownZone() {
  zone = timeZone();
  return zone;
}

/** The time of day as it is shown. */
export function clockOf(time) {
  return format(time, { timeStyle: "short" });
}

/** The time of day to the second. */
export function secondsOf(time) {
  return format(time, { timeStyle: "medium" });
}

/** A day and a time of day, as within a sentence. */
export function momentOf(time) {
  return format(time, { dateStyle: "medium", timeStyle: "short" });
}

/** The time of day, with the whole date on hover. */
export function timeElement(time) {
  return h("time", { datetime: time.toISOString(), title: format(time, { dateStyle: "full", timeStyle: "medium" }) }, clockOf(time));
}

/** "Today", "Yesterday", "Friday, 20 November", or with the year if it is another one. */
export function dayName(time, now = new Date()) {
  const days = Math.round((startOfDay(time) - startOfDay(now)) / ONE_DAY_MS);
  if (days === 0 || days === -1) return capitalised(intl("RelativeTimeFormat", { numeric: "auto" }).format(days, "day"));
  return format(time, time.getFullYear() === now.getFullYear() ? { weekday: "long", day: "numeric", month: "long" } : { dateStyle: "full" });
}

/** A format keeps the time zone in which it was made. */
function format(time, options) {
  return intl("DateTimeFormat", { ...options, timeZone: zone }).format(time);
}

function capitalised(words) {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

function startOfDay(time) {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}
