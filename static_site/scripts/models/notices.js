import { t } from "../lib/i18n.js";
import { plainText } from "./markup/plain.js";
import { isMentioned } from "./mentions.js";

const MOST = 3; // at once; more are told of in one notice
const MAX_LENGTH = 200; // code points

/** Whether somebody wants to be told of a message, by what they chose for its room. */
export function isTold(message, { level, userId }) {
  if (message.user.id === userId || message.deleted || level === "none") return false;
  return level === "all" || isMentioned(message, userId);
}

/** Notices of messages of one room, `{room, seq, id, by, title, body}`, `by` being the id of who wrote, unless it is about several messages; `about` is the room as `RoomList.about` has it. */
export function noticesOf(messages, { about, userId }) {
  if (messages.length <= MOST) return messages.map((message) => noticeOf(message, titleOf(message, about, userId), bodyOf(message)));
  const last = messages.at(-1);
  const title = t(about.access === "direct" ? "notice.many.direct" : "notice.many", { count: messages.length, title: about.title });
  return [{ ...noticeOf(messages[0], title, t("said", { name: last.user.name, text: bodyOf(last) })), id: last.id, by: null }];
}

function noticeOf({ room, seq, id, user }, title, body) {
  return { room, seq, id, by: user.id, title, body };
}

function titleOf(message, { access, title }, userId) {
  if (access === "direct") return message.user.name;
  return t(isMentioned(message, userId) ? "notice.mention" : "notice", { name: message.user.name, title });
}

function bodyOf(message) {
  const text = [...plainText(message)];
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1).join("")}…` : text.join("");
}
