const MAX_PAUSE_IN_GROUP_MS = 60_000; // an author who continues within a minute needs no new heading
const MAX_GROUP_MS = 5 * 60_000;

/**
 * What a room's log shows, top to bottom: day separators, the line before what is new, stored messages, then what is
 * on its way. `key` stays the same for a message from its first appearance to its last change.
 */
export function timeline({ messages, outbox, me, readMark }) {
  const rows = [];
  let group = null;
  let day = null;
  let marked = readMark === null;
  for (const entry of [...messages.map(stored), ...outbox.map((item) => pending(item, me))]) {
    if (dayOf(entry.time) !== day) {
      day = dayOf(entry.time);
      group = null;
      rows.push({ kind: "day", key: `day ${day}`, time: entry.time });
    }
    if (!marked && entry.seq > readMark && entry.user.id !== me.id) {
      marked = true;
      group = null;
      rows.push({ kind: "unread", key: "unread" });
    }
    const first = !continues(group, entry);
    group = { userId: entry.user.id, start: first ? entry.time : group.start, last: entry.time };
    rows.push({ ...entry, kind: "message", first, own: entry.user.id === me.id });
  }
  return rows;
}

function stored(message) {
  const { id, seq, user, sentAt } = message;
  return { key: `${user.id} ${id}`, seq, user, time: new Date(sentAt), state: "stored", id, message };
}

function pending({ id, text, createdAt, state, problem }, me) {
  const message = { text, sentiment: null, reactions: {}, labels: {} };
  return { key: `${me.id} ${id}`, seq: null, user: me, time: new Date(createdAt), state, id, message, problem };
}

function continues(group, { user, time }) {
  if (group?.userId !== user.id) return false;
  return time - group.last <= MAX_PAUSE_IN_GROUP_MS && time - group.start <= MAX_GROUP_MS;
}

function dayOf(time) {
  return `${time.getFullYear()}-${time.getMonth() + 1}-${time.getDate()}`;
}
