import { hasMessage, intl, listed, sideBySide, t } from "../lib/i18n.js";


const ORDER = ["room", "direct", "archived"];
const GONE = new Set(["removed", "deleted", "not_found"]); // what is refused for another reason may be tried again

/** A room's name for people: its title, or the others in it if it is direct. `userId` is who looks. */
export function titleOf({ room, title, access, people }, userId) {
  if (access !== "direct") return title || room;
  const others = (people ?? []).filter(({ id }) => id !== userId);
  return others.length > 0 ? listed(others.map(({ name }) => name)) : t("rooms.direct");
}

/** Where the list shows a room: among the rooms, the direct messages, or what is archived. */
export function sectionOf({ access, archived }) {
  if (archived) return "archived";
  return access === "direct" ? "direct" : "room";
}

/** Rooms in the order in which they are shown: by section, then by title. */
export function arranged(rooms) {
  return rooms.toSorted((one, other) => rank(one) - rank(other) || intl("Collator").compare(one.title, other.title) || one.room.localeCompare(other.room));
}

function rank(entry) {
  return ORDER.indexOf(sectionOf(entry));
}

/** What kind of room it is and who may come, in words. */
export function kindWords({ access, archived, room }) {
  const kind = t(hasMessage(`room.kind.${access}`) ? `room.kind.${access}` : "room.kind.open");
  return sideBySide(kind, access !== "direct" && room, archived && t("room.kind.archived"));
}

/** Why nobody can write in a room, or null; `refusal` is why it is closed, if it is. */
export function lockWords({ archived }, refusal) {
  if (GONE.has(refusal?.code)) return t("lock.gone");
  return archived ? t("lock.archived") : null;
}

/** What to say in the place of a room's messages that are not for this person: `{heading, words}`. */
export function closedWords({ code, message }, title) {
  if (code === "removed") return { heading: t("closed.removed", { title }), words: t("closed.removed.help") };
  if (code === "deleted") return { heading: t("closed.deleted", { title }), words: t("closed.deleted.help") };
  if (code === "not_found") return { heading: t("closed.not_found", { title }), words: t("closed.not_found.help") };
  return { heading: t("closed", { title }), words: message };
}
