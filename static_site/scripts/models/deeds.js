import { hasMessage, parts, t } from "../lib/i18n.js";


/** How long a mute or a ban lasts, for a choice: in minutes. */
export const DURATIONS = [10, 60, 1_440, 10_080];

/**
 * What somebody did, in the parts of a sentence; `by` is who it was, as a word or an element. `nameOf(id)` is a person's name,
 * if it is known; `titleOf(room)` a room's.
 */
export function deedParts({ what, target, room, reason }, { by, nameOf, titleOf }) {
  const who = what === "delete" ? String(target) : (nameOf(target) ?? t("deed.somebody", { id: target }));
  const values = { by, who, what, room: room && titleOf(room) };
  if (what === "erase") return parts(room ? "deed.erase.in" : "deed.erase", values);
  if (what === "access" || what === "role" || what === "password") return parts(`deed.${what}.${reason}`, values);
  const key = hasMessage(`deed.${what}`) ? `deed.${what}` : room ? "deed.other.in" : "deed.other";
  return reason ? parts("deed.reason", { deed: parts(key, values), reason }) : parts(key, values);
}
