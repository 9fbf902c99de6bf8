import { MAX_FILE_BYTES, takenName } from "./file_words.js";

export const MAX_PARTS_OF_A_FILE = 4; // as many files as a message carries, for all of them go with one
const NUMBER_LENGTH = 4; // a dot and three digits
const FIRST = /^(.+)\.001$/su;

/** How many files of the service a file of so many bytes takes. */
export function partsCount(bytes, most = MAX_FILE_BYTES) {
  return Math.max(1, Math.ceil(bytes / most));
}

/** As what a file of so many bytes leaves, in order: `{name, start, end}`. One that is too large for the service is named as archivers name volumes. */
export function partsOf(name, bytes, most = MAX_FILE_BYTES) {
  const count = partsCount(bytes, most);
  if (count === 1) return [{ name, start: 0, end: bytes }];
  const begin = takenName(name, NUMBER_LENGTH);
  return Array.from({ length: count }, (_, at) => ({ name: begin + numbered(at), start: at * most, end: Math.min(bytes, (at + 1) * most) }));
}

/**
 * A message's files as people sent them: parts that belong together are one file with the `parts`, the name and the length of the
 * whole. It has the first part's id, of which its beginning can be had, and plays if that begins a video or sound.
 */
export function wholeFiles(files, most = MAX_FILE_BYTES) {
  const found = [];
  for (let at = 0; at < files.length; ) {
    const parts = partsAt(files, at, most);
    found.push(parts.length > 1 ? whole(parts) : files[at]);
    at += parts.length;
  }
  return found;
}

/** Parts follow each other, and all but the last are as long as a part can be: otherwise nobody cut them so. */
function partsAt(files, at, most) {
  const name = FIRST.exec(files[at].name)?.[1];
  if (name === undefined) return [files[at]];
  let end = at + 1;
  while (files[end - 1].bytes === most && files[end]?.name === name + numbered(end - at) && end - at < MAX_PARTS_OF_A_FILE) end += 1;
  return files.slice(at, end);
}

function whole(parts) {
  const [{ id, name, type, plays }] = parts;
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return { id, name: name.slice(0, -NUMBER_LENGTH), type: plays ? type : "application/octet-stream", bytes, plays, parts };
}

function numbered(at) {
  return `.${String(at + 1).padStart(3, "0")}`;
}
