export const MAX_TEXT_LENGTH = 4000; // code points, as the protocol counts them
export const MAX_NAME_LENGTH = 32;
export const MAX_ROOM_LENGTH = 64;
const ROOM = /^[a-z0-9][a-z0-9-]{0,63}$/;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g; // oxlint-disable-line no-control-regex -- these are what is removed
// What nobody sees (general category C, Default_Ignorable, the empty braille pattern, the null notehead), and what stands for an object.
const HIDDEN = "(?!\\p{Extended_Pictographic})[\\p{C}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800\\ufffc\\u{1d159}]";
const BLANK = new RegExp(`^(?:\\s|${HIDDEN})*$`, "u");
const HIDES = new RegExp(HIDDEN, "u");
const EMOJI = /\p{Extended_Pictographic}(?:\ufe0e|\ufe0f|\u200d|[\u{e0020}-\u{e007f}]|\p{Emoji_Modifier})*|[#*0-9]\ufe0f?\u20e3/gu;
const JOINER = /[\u200c\u200d]/g; // some scripts need them within words; the service knows where
const MARKS = /[\p{Mn}\p{Me}]{5,}/u;

/**
 * What the service would store: one line ending, no control characters, whole surrogates, NFC, no blank ends; "" if nothing
 * shows. The first of several lines keeps its indent, as in pasted code.
 */
export function cleanText(text) {
  const clean = text.replace(/\r\n?/g, "\n").replace(CONTROL, "").toWellFormed().normalize("NFC").trimEnd();
  if (BLANK.test(clean)) return "";
  return clean.includes("\n", clean.search(/\S/)) ? clean.replace(/^(?:[^\S\n]*\n)+/, "") : clean.trimStart();
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
  const clean = name.trim().normalize("NFC");
  if (BLANK.test(clean)) return "Please tell us your name.";
  const length = countCodePoints(clean);
  if (length > MAX_NAME_LENGTH) return `That name has ${length} characters; ${MAX_NAME_LENGTH} is the most.`;
  if (HIDES.test(clean.replace(EMOJI, "").replace(JOINER, ""))) return "That name holds an invisible character. Please type it again.";
  if (MARKS.test(clean)) return "That name has too many accents on one letter. Please leave some out.";
  return null;
}

/** A sentence that says what is wrong with a room's name, or null. */
export function roomProblem(name) {
  if (name === "") return "Please give the room a name.";
  if (name.length > MAX_ROOM_LENGTH) return `That name has ${name.length} characters; ${MAX_ROOM_LENGTH} is the most.`;
  if (!isRoom(name)) return "Use small letters, digits and hyphens, and start with a letter or digit.";
  return null;
}
