import { t } from "../lib/i18n.js";


/**
 * Asks why a message is reported, and reports it. `report(room, seq, reason)` is false without a connection. Nothing answers
 * a report that was taken; what is wrong with one is said like every other refusal.
 */
export function reportMessage({ room, seq, user }, { reasons, report, say, lost }) {
  const question = { title: t("report.title", { name: user.name }), words: t("report.help"), action: t("report.action") };
  reasons.open(question, ({ reason }) => {
    if (!report(room, seq, reason)) throw new Error(lost);
    say(t("report.sent"), { good: true });
  });
}
