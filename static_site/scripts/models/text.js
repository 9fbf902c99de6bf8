import { t } from "../lib/i18n.js";


export const MAX_TEXT_LENGTH = 4000; // code points, as the protocol counts them
export const MAX_NAME_LENGTH = 32;
export const MAX_ROOM_LENGTH = 64;
const MAX_TITLE_LENGTH = 80;
const ROOM = /^[a-z0-9][a-z0-9-]{0,63}$/;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g; // oxlint-disable-line no-control-regex -- these are what is removed
// What nobody sees (general category C, Default_Ignorable, the empty braille pattern, the null notehead), and what stands for an object.
const HIDDEN = "(?!\\p{Extended_Pictographic})[\\p{C}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800\\ufffc\\u{1d159}]";
const BLANK = new RegExp(`^(?:\\s|${HIDDEN})*$`, "u");
const HIDES = new RegExp(HIDDEN, "u");
const EMOJI = /\p{Extended_Pictographic}(?:\ufe0e|\ufe0f|\u200d|[\u{e0020}-\u{e007f}]|\p{Emoji_Modifier})*|[#*0-9]\ufe0f?\u20e3/gu;
const ONE_EMOJI = String.raw`(?:\p{Regional_Indicator}{2}|[#*0-9]\ufe0f?\u20e3|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)\p{Emoji_Modifier}?[\u{e0020}-\u{e007f}]*(?:\u200d\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)*)`;
const FEW_EMOJI = new RegExp(`^\\s*(?:${ONE_EMOJI}\\s*){1,3}$`, "u");
const JOINER = /[\u200c\u200d]/g; // some scripts need them within words; the service knows where
const STACKED = /\p{M}{3}/u; // more than what any word needs, or as much
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

/** True for a text of one to three emoji and nothing else, which is drawn larger. */
export function isFewEmoji(text) {
  return text.length < 120 && FEW_EMOJI.test(text);
}

/** The length as the protocol counts it: code points after NFC, so one emoji can be several. */
export function countCodePoints(text) {
  let count = 0;
  for (const _ of text.normalize("NFC")) count += 1;
  return count;
}

/** Whether so many marks stand on one letter that they may reach beyond their line. */
export function hasStackedMarks(text) {
  return STACKED.test(text);
}

export function isRoom(name) {
  return ROOM.test(name);
}

/** The nearest valid room name: "Café at Noon!" becomes "cafe-at-noon". Empty if nothing is left. */
export function toRoomName(text) {
  const joined = plain(text).replace(/[^a-z0-9]+/g, "-").replace(/^-+/, "");
  return joined.slice(0, MAX_ROOM_LENGTH).replace(/-+$/, "");
}

/**
 * What a room is named for what somebody typed, `{room, title}`: what is no room's name is kept as the title. Of letters that no
 * room's name can have, the name gets an `ending` by which it differs from others. `room` is empty if there is no letter or digit.
 */
export function roomCalled(typed, ending) {
  const room = toRoomName(typed);
  const title = [...typed.trim()].slice(0, MAX_TITLE_LENGTH).join("");
  if (!/[^a-z0-9]/u.test(plain(typed).replace(/[^\p{L}\p{N}]/gu, ""))) return { room, title: room === "" || room === title ? null : title };
  const most = MAX_ROOM_LENGTH - ending.length - 1;
  const start = room.slice(0, most).replace(/-+$/, "") || "room";
  return { room: `${start}-${ending}`, title };
}

/** Without accents and capitals. */
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
}

/** A sentence that says what is wrong with a display name, or null. */
export function nameProblem(name) {
  const clean = name.trim().normalize("NFC");
  if (BLANK.test(clean)) return t("name.needed");
  const length = countCodePoints(clean);
  if (length > MAX_NAME_LENGTH) return t("name.too_long", { count: length, most: MAX_NAME_LENGTH });
  if (HIDES.test(clean.replace(EMOJI, "").replace(JOINER, ""))) return t("name.invisible");
  if (MARKS.test(clean)) return t("name.accents");
  return null;
}

/** A sentence that says what is wrong with a room's name, or null. */
export function roomProblem(name) {
  if (name === "") return t("room.name.needed");
  if (name.length > MAX_ROOM_LENGTH) return t("name.too_long", { count: name.length, most: MAX_ROOM_LENGTH });
  if (!isRoom(name)) return t("room.name.letters");
  return null;
}
