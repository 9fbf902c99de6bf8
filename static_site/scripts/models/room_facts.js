const ORDER = ["room", "direct", "archived"];
const GONE = new Set(["removed", "not_found"]); // what is refused for another reason may be tried again
const KINDS = { open: "Open room", private: "Private room", direct: "Direct messages" };

/** A room's name for people: its title, or the others in it if it is direct. `userId` is who looks. */
export function titleOf({ room, title, access, people }, userId) {
  if (access !== "direct") return title || room;
  const others = (people ?? []).filter(({ id }) => id !== userId);
  return others.length > 0 ? new Intl.ListFormat("en").format(others.map(({ name }) => name)) : "Direct messages";
}

/** Where the list shows a room: among the rooms, the direct messages, or what is archived. */
export function sectionOf({ access, archived }) {
  if (archived) return "archived";
  return access === "direct" ? "direct" : "room";
}

/** Rooms in the order in which they are shown: by section, then by title. */
export function arranged(rooms) {
  return rooms.toSorted((one, other) => rank(one) - rank(other) || one.title.localeCompare(other.title) || one.room.localeCompare(other.room));
}

function rank(entry) {
  return ORDER.indexOf(sectionOf(entry));
}

/** What kind of room it is and who may come, in words. */
export function kindWords({ access, archived, room }) {
  const kind = KINDS[access] ?? KINDS.open;
  return `${kind}${access === "direct" ? "" : ` · ${room}`}${archived ? " · archived" : ""}`;
}

/** Why nobody can write in a room, or null; `refusal` is why it is closed, if it is. */
export function lockWords({ archived }, refusal) {
  if (GONE.has(refusal?.code)) return "There is nothing to write to here.";
  return archived ? "This room is archived: it can be read, and nobody writes here any more." : null;
}

/** What to say in the place of a room's messages that are not for this person: `{heading, words}`. */
export function closedWords({ code, message }, title) {
  if (code === "removed") {
    return {
      heading: `You do not belong to ${title} any more`,
      words: "You left it, or somebody who keeps it removed you. Its messages are not shown any more; an owner can add you again or send you an invite.",
    };
  }
  if (code === "not_found") {
    return {
      heading: `There is no room ${title} for you`,
      words: "Nobody has made it, or it is private and you do not belong to it. If you expected to find it, ask whoever told you about it for an invite.",
    };
  }
  return { heading: `${title} cannot be opened`, words: message };
}
