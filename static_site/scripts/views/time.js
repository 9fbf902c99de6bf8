import { h } from "../lib/dom.js";
import { timeZone } from "../models/today.js";

const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const ONE_DAY_MS = 24 * 3600 * 1000;
let formats = formatsFor(timeZone());

/** The time zone in which times are shown from now on: that of the computer, which may have travelled. */
export function shownZone() {
  const zone = timeZone();
  if (formats.zone !== zone) formats = formatsFor(zone);
  return zone;
}

/** The time of day as it is shown. */
export function clockOf(time) {
  return formats.clock.format(time);
}

/** The time of day to the second. */
export function secondsOf(time) {
  return formats.seconds.format(time);
}

/** The time of day, with the whole date on hover. */
export function timeElement(time) {
  return h("time", { datetime: time.toISOString(), title: formats.full.format(time) }, clockOf(time));
}

/** "Today", "Yesterday", "Friday, 20 November", or with the year if it is another one. */
export function dayName(time, now = new Date()) {
  const days = Math.round((startOfDay(time) - startOfDay(now)) / ONE_DAY_MS);
  if (days === 0 || days === -1) return capitalised(RELATIVE.format(days, "day"));
  return (time.getFullYear() === now.getFullYear() ? formats.day : formats.dayAndYear).format(time);
}

/** A format keeps the time zone in which it was made. */
function formatsFor(zone) {
  return {
    zone,
    clock: format({ hour: "2-digit", minute: "2-digit" }),
    seconds: format({ timeStyle: "medium" }),
    full: format({ dateStyle: "full", timeStyle: "medium" }),
    day: format({ weekday: "long", day: "numeric", month: "long" }),
    dayAndYear: format({ dateStyle: "full" }),
  };
}

function format(options) {
  return new Intl.DateTimeFormat(undefined, options);
}

function capitalised(words) {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

function startOfDay(time) {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}
