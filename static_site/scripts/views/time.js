import { h } from "../lib/dom.js";

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const DAY_AND_YEAR = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const ONE_DAY_MS = 24 * 3600 * 1000;

/** The time of day, with the whole date on hover. */
export function timeElement(time) {
  return h("time", { datetime: time.toISOString(), title: FULL.format(time) }, CLOCK.format(time));
}

/** "Today", "Yesterday", "Friday, 20 November", or with the year if it is another one. */
export function dayName(time, now = new Date()) {
  const days = Math.round((startOfDay(time) - startOfDay(now)) / ONE_DAY_MS);
  if (days === 0 || days === -1) return capitalised(RELATIVE.format(days, "day"));
  return (time.getFullYear() === now.getFullYear() ? DAY : DAY_AND_YEAR).format(time);
}

function capitalised(words) {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

function startOfDay(time) {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}
