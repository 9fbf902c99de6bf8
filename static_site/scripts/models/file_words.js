export const MAX_FILES = 4;
export const MAX_FILE_BYTES = 25_000_000;
const MAX_NAME_LENGTH = 120;

/** A length in bytes as people read it, in units of a thousand. */
export function sizeWords(bytes) {
  if (bytes < 1_000) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  const [value, unit] = bytes < 999_500 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** Why a file cannot be sent, or null; one that will be `scaled` may be too large before. */
export function fileProblem({ name, size }, { scaled = false } = {}) {
  if (size === 0) return `${name} is empty.`;
  if (!scaled && size > MAX_FILE_BYTES) return `${name} is larger than ${sizeWords(MAX_FILE_BYTES)}.`;
  return null;
}

/** A name that the service takes: without what cannot be seen, and not too long, but with its ending. */
export function takenName(name) {
  const clean = name.normalize("NFC").replace(/[\p{C}/\\]/gu, "").trim() || "file";
  const letters = [...clean];
  if (letters.length <= MAX_NAME_LENGTH) return clean;
  const ending = [.../\.[^.]{1,10}$/u.exec(clean)?.[0] ?? ""];
  return [...letters.slice(0, MAX_NAME_LENGTH - ending.length), ...ending].join("");
}

/** What a file is called in one line: its ending in capitals, or nothing. */
export function endingOf(name) {
  return /\.([^.]{1,5})$/u.exec(name)?.[1].toUpperCase() ?? "";
}
