const MAX_PAUSE_IN_GROUP_MS = 60_000; // an author who continues within a minute needs no new heading
const MAX_GROUP_MS = 5 * 60_000;

/**
 * What a room's log shows, top to bottom: day separators, the line before what is new, stored messages, then what is
 * on its way. `key` stays the same for a message from its first appearance to its last change, and no two rows share one.
 * Rows keep the log's order; the clocks of those who write need not agree with it, so a day has its one separator above
 * the first of its messages, also if one of another day comes between.
 */
export function timeline({ messages, outbox, me, readMark }) {
  const rows = [];
  const days = new Set();
  let group = null;
  let marked = readMark === null;
  for (const entry of distinct([...messages.map(stored), ...outbox.map((item) => pending(item, me))])) {
    const day = dayOf(entry.time);
    if (day !== group?.day) group = null;
    if (!days.has(day)) {
      days.add(day);
      rows.push({ kind: "day", key: `day ${day}`, time: entry.time });
    }
    if (!marked && entry.seq > readMark && entry.user.id !== me.id) {
      marked = true;
      group = null;
      rows.push({ kind: "unread", key: "unread" });
    }
    const first = !continues(group, entry);
    group = { userId: entry.user.id, day, start: first ? entry.time : group.start, last: entry.time };
    rows.push({ ...entry, kind: "message", first, own: entry.user.id === me.id });
  }
  return rows;
}

/** An id may come twice: stored again after a day, when the service knows it no longer, or stored and not yet confirmed. */
function distinct(entries) {
  const keys = new Set();
  return entries.flatMap((entry) => {
    const known = keys.has(entry.key);
    keys.add(entry.key);
    if (!known) return [entry];
    return entry.seq === null ? [] : [{ ...entry, key: `${entry.key} ${entry.seq}` }];
  });
}

function stored(message) {
  const { id, seq, user, sentAt } = message;
  return { key: `${user.id} ${id}`, seq, user, time: new Date(sentAt), state: "stored", id, message };
}

function pending({ id, text, replyTo, mentions, createdAt, state, problem }, me) {
  const message = { text, replyTo, mentions, sentiment: null, reactions: {}, labels: {} };
  return { key: `${me.id} ${id}`, seq: null, user: me, time: new Date(createdAt), state, id, message, problem };
}

function continues(group, { user, time }) {
  if (group?.userId !== user.id) return false;
  return time - group.last <= MAX_PAUSE_IN_GROUP_MS && time - group.start <= MAX_GROUP_MS;
}

function dayOf(time) {
  return `${time.getFullYear()}-${time.getMonth() + 1}-${time.getDate()}`;
}
