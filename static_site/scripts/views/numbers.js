import { intl } from "../lib/i18n.js";


const TWO_PLACES = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
const LONGER = [
  [10_080, "week"],
  [1_440, "day"],
  [60, "hour"],
  [1, "minute"],
];

/** A score with its sign; U+2212 is as wide as the plus, and screen readers read it aloud. */
export function signed(value) {
  return intl("NumberFormat", { signDisplay: "exceptZero", ...TWO_PLACES }).format(value).replace("-", "−");
}

/** A number to two places. */
export function decimal(value) {
  return intl("NumberFormat", TWO_PLACES).format(value);
}

/** A share of one. */
export function percent(share) {
  return intl("NumberFormat", { style: "percent" }).format(share);
}

/** "10 minutes", "1 week": a time in the largest unit that has it whole. */
export function durationWords(minutes) {
  const [length, unit] = LONGER.find(([each]) => minutes % each === 0);
  return intl("NumberFormat", { style: "unit", unit, unitDisplay: "long" }).format(minutes / length);
}
