import { wordOf } from "./mood.js";

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CERTAINTY = 1.96; // standard errors: what is beyond them happens by chance once in twenty hours

/**
 * What is known of an hour: its mean with how much that may be wrong, and a word for it. The service has tested whether it differs
 * from what is usual beyond chance; before anything is, an hour is "new". An hour of fewer than three people has no mean.
 */
export function reading(hour, usual) {
  if (hour.mean === null) return { mean: null, error: null, word: "few" };
  return { mean: hour.mean, error: errorOf(hour), word: hour.direction ?? (usual?.mean === null ? "new" : "usual") };
}

/**
 * The day on which the pulse was taken, by the reader's clock: how many messages, and of its hours with three people or more the
 * mean, how much that may be wrong, and the word for it; null if there is none.
 */
export function today(pulse) {
  const day = new Date(pulse.to).toDateString();
  const hours = pulse.hours.filter(({ at }) => new Date(at).toDateString() === day);
  const scored = hours.filter(({ mean }) => mean !== null);
  const all = total(hours, "count");
  if (scored.length === 0) return { count: all, mean: null, error: null, word: null };
  const [count, negative, positive] = ["count", "negative", "positive"].map((name) => total(scored, name));
  const mean = scored.reduce((sum, hour) => sum + hour.mean * hour.count, 0) / count;
  const error = errorOf({ count, negative, positive });
  return { count: all, mean, error, word: wordOf(mean, error) };
}

/** The last hours for a line, the oldest first: each has its place between 0 and 1; hours in which nobody wrote are left out. */
export function line(pulse, hours, now = Date.parse(pulse.to)) {
  const begin = now - hours * HOUR_MS;
  return pulse.hours
    .filter(({ at }) => Date.parse(at) >= begin - HOUR_MS)
    .map((hour) => Object.assign(reading(hour, pulse.usual), { hour, x: Math.max(0, (Date.parse(hour.at) - begin) / (hours * HOUR_MS)) }));
}

/** Parts of a line that hang together: an hour without a mean, or of silence, ends one. */
export function unbroken(points) {
  const parts = [];
  let last = null;
  for (const point of points) {
    if (point.mean === null) {
      last = null;
      continue;
    }
    const at = Date.parse(point.hour.at);
    if (last === null || at - last > HOUR_MS) parts.push([]);
    parts.at(-1).push(point);
    last = at;
  }
  return parts;
}

/** A calendar by the reader's own clock: the days, the newest first, each with an hour or null for every hour of it. */
export function calendar(pulse) {
  const days = new Map();
  for (let time = Date.parse(pulse.to); time > Date.parse(pulse.from); time -= DAY_MS) row(days, new Date(time));
  for (const hour of pulse.hours) {
    const time = new Date(hour.at);
    row(days, time).hours[time.getHours()] = { hour, ...reading(hour, pulse.usual) };
  }
  return [...days.values()].toSorted((one, other) => other.day - one.day);
}

/** The hours as a table for other programs, with a head; times are in UTC. */
export function csv(pulse) {
  const names = ["at", "count", "people", "mean", "direction", "negative", "neutral", "positive"];
  const lines = pulse.hours.map((hour) => names.map((name) => hour[name] ?? "").join(","));
  return `${[names.join(","), ...lines].join("\r\n")}\r\n`;
}

/** What was said in the last minutes, for a live view: how many people spoke, and the strongest messages, the newest first. */
export function lately(messages, now, minutes = 10) {
  const begin = now - minutes * 60_000;
  const recent = messages.filter(({ sentAt, deleted, pending }) => !deleted && !pending && Date.parse(sentAt) >= begin);
  const strong = recent.filter(({ sentiment }) => sentiment && sentiment.label !== "neutral" && Math.abs(sentiment.score) >= 0.6);
  return { people: new Set(recent.map(({ user }) => user.id)).size, messages: recent.length, moments: strong.slice(-3).toReversed() };
}

/** How much the mean of an hour may be wrong, from how many of its messages were of each label. */
function errorOf({ count, negative, positive }) {
  const balance = (positive - negative) / count;
  const variance = Math.max((positive + negative) / count - balance * balance, 1 / count);
  return CERTAINTY * Math.sqrt(variance / count);
}

function total(hours, name) {
  return hours.reduce((sum, hour) => sum + hour[name], 0);
}

function row(days, time) {
  const day = new Date(time.getFullYear(), time.getMonth(), time.getDate());
  const key = day.getTime();
  if (!days.has(key)) days.set(key, { day, hours: Array(24).fill(null) });
  return days.get(key);
}
