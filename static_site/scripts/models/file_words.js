import { intl, t } from "../lib/i18n.js";


export const MAX_FILE_BYTES = 25_000_000; // of the service
const MAX_BYTES = 100_000_000; // a larger file goes in parts, and all of them with one message
const MAX_NAME_LENGTH = 120;

/** A length in bytes as people read it, in units of a thousand. */
export function sizeWords(bytes) {
  if (bytes < 1_000) return intl("NumberFormat", { style: "unit", unit: "byte", unitDisplay: "long" }).format(bytes);
  const [value, unit] = bytes < 999_500 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  const places = value < 9.95 ? 1 : 0;
  return intl("NumberFormat", { style: "unit", unit, unitDisplay: "short", minimumFractionDigits: places, maximumFractionDigits: places }).format(value);
}

/** How long something plays: minutes and seconds as 2:05, or hours before them. */
export function lengthWords(seconds) {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, at) => intl("NumberFormat", { minimumIntegerDigits: at === 0 ? 1 : 2 }).format(part)).join(":");
}

/** Why a file cannot be sent, or null; one that will be `scaled` may be too large before. */
export function fileProblem({ name, size }, { scaled = false } = {}) {
  if (size === 0) return t("files.empty", { name });
  if (!scaled && size > MAX_BYTES) return t("files.too_large", { name, size: sizeWords(MAX_BYTES) });
  return null;
}

/** A name that the service takes: without what cannot be seen, and not too long, but with its ending; with place for `more` letters behind it. */
export function takenName(name, more = 0) {
  const clean = name.normalize("NFC").replace(/[\p{C}/\\]/gu, "").trim() || "file";
  const letters = [...clean];
  const most = MAX_NAME_LENGTH - more;
  if (letters.length <= most) return clean;
  const ending = [.../\.[^.]{1,10}$/u.exec(clean)?.[0] ?? ""];
  return [...letters.slice(0, most - ending.length), ...ending].join("");
}

/** What a file is called in one line: its ending in capitals, or nothing. */
export function endingOf(name) {
  return /\.([^.]{1,5})$/u.exec(name)?.[1].toUpperCase() ?? "";
}
