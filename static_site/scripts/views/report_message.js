/**
 * Asks why a message is reported, and reports it. `report(room, seq, reason)` is false without a connection. Nothing answers
 * a report that was taken; what is wrong with one is said like every other refusal.
 */
export function reportMessage({ room, seq, user }, { reasons, report, say, lost }) {
  const question = { title: `Report this message by ${user.name}?`, words: "The admins of this chat read your reason and the message.", action: "Report" };
  reasons.open(question, ({ reason }) => {
    if (!report(room, seq, reason)) throw new Error(lost);
    say("Your report is on its way to the admins.", { good: true });
  });
}
