export const MAX_TEXT_LENGTH = 4000; // code points, as the protocol counts them
export const MAX_NAME_LENGTH = 32;
export const MAX_ROOM_LENGTH = 64;
const ROOM = /^[a-z0-9][a-z0-9-]{0,63}$/;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g; // oxlint-disable-line no-control-regex -- these are what is removed
const NAME_FORBIDDEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** What the service would store: one line ending, no control characters, whole surrogates, NFC, no blank ends. */
export function cleanText(text) {
  return text.replace(/\r\n?/g, "\n").replace(CONTROL, "").toWellFormed().normalize("NFC").trim();
}

/** The length as the protocol counts it: code points after NFC, so one emoji can be several. */
export function countCodePoints(text) {
  let count = 0;
  for (const _ of text.normalize("NFC")) count += 1;
  return count;
}

export function isRoom(name) {
  return ROOM.test(name);
}

/** The nearest valid room name: "Café at Noon!" becomes "cafe-at-noon". Empty if nothing is left. */
export function toRoomName(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const joined = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+/, "");
  return joined.slice(0, MAX_ROOM_LENGTH).replace(/-+$/, "");
}

/** A sentence that says what is wrong with a display name, or null. */
export function nameProblem(name) {
  const clean = name.trim();
  if (clean === "") return "Please tell us your name.";
  const length = countCodePoints(clean);
  if (length > MAX_NAME_LENGTH) return `That name has ${length} characters; ${MAX_NAME_LENGTH} is the most.`;
  if (NAME_FORBIDDEN.test(clean)) return "That name holds an invisible control character. Please type it again.";
  return null;
}

/** A sentence that says what is wrong with a room's name, or null. */
export function roomProblem(name) {
  if (name === "") return "Please give the room a name.";
  if (name.length > MAX_ROOM_LENGTH) return `That name has ${name.length} characters; ${MAX_ROOM_LENGTH} is the most.`;
  if (!isRoom(name)) return "Use small letters, digits and hyphens, and start with a letter or digit.";
  return null;
}
