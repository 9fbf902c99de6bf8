const WORDS = {
  ban: (who) => `banned ${who}`,
  unban: (who) => `lifted the ban of ${who}`,
  mute: (who, room) => `muted ${who} in ${room}`,
  unmute: (who, room) => `let ${who} write in ${room} again`,
  remove: (who, room) => `removed ${who} from ${room}`,
  delete: (what, room) => `deleted message ${what} in ${room}`,
};

/** What somebody did, in words that follow their name. `nameOf(id)` is a person's name, if it is known; `titleOf(room)` a room's. */
export function deedWords({ what, target, room, reason }, { nameOf, titleOf }) {
  const title = room && titleOf(room);
  if (what === "access") return `made ${title} ${reason}`;
  const who = what === "delete" ? target : (nameOf(target) ?? `somebody (${target})`);
  if (what === "role") return `made ${who} ${reason === "owner" ? "an owner" : "a member"} of ${title}`;
  const words = WORDS[what]?.(who, title) ?? `${what} ${who}${title ? ` in ${title}` : ""}`;
  return reason ? `${words}: ${reason}` : words;
}

/** How long a mute or a ban lasts, for a choice: `[minutes, words]`. */
export const DURATIONS = [
  [10, "10 minutes"],
  [60, "1 hour"],
  [1_440, "1 day"],
  [10_080, "1 week"],
];
