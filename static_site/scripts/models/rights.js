/**
 * What a page offers somebody in a room. The service decides; this only spares people what would be refused.
 * `about` has the room's `access` and their `role` there; `user` is who they are in the deployment.
 */
export function rightsIn({ access, role, archived }, user) {
  const keeps = role === "owner" || user.role === "admin";
  const ofOwners = keeps && access !== "direct";
  return {
    change: ofOwners,
    deleteRoom: keeps || access === "direct",
    members: ofOwners,
    invite: ofOwners && !archived,
    write: !archived,
    deleteAny: keeps,
    leave: access !== "direct" && (role ?? null) !== null,
    direct: user.role !== "guest",
    bots: user.role !== "guest",
    hooks: ofOwners || (access === "open" && user.role !== "guest"),
  };
}

/** Whether somebody makes rooms other than direct ones; `roomsBy` is as `config.json` has it. */
export function makesRooms(user, roomsBy) {
  return user.role !== "guest" && (roomsBy !== "admins" || user.role === "admin");
}

/** What can be done with a member, in the order in which it is offered. `now` is the service's time in ms. */
export function memberActions(member, user, rights, now) {
  const other = member.id !== user.id;
  const found = [];
  if (other && rights.direct) found.push("message");
  if (!rights.members) return found;
  found.push(member.role === "owner" ? "make member" : "make owner");
  if (!other) return found;
  found.push(isMuted(member, now) ? "unmute" : "mute", "remove");
  return found;
}

export function isMuted({ mutedUntil }, now) {
  return Boolean(mutedUntil) && Date.parse(mutedUntil) > now;
}

/** What can be done with a stored message besides reacting to it; `known` says whether it has `replies`, `reactions` and a `text`, and whether the device can `share`. */
export function messageOffers(own, rights, { replies = false, reactions = false, text = false, share = false } = {}) {
  const changes = own ? ["edit", "delete"] : rights.deleteAny ? ["unread", "report", "delete"] : ["unread", "report"];
  return [rights.write && "reply", rights.write && text && "quote", replies && "replies", reactions && "reactors", text && "copy", "link", share && "share", ...changes].filter(Boolean);
}
