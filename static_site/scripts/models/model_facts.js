import { safeHref } from "./links.js";

const LABELS = ["negative", "neutral", "positive"];
const TRIED_ON = {
  held_out: "others",
  packages: "others",
  chat: "chat",
};

/**
 * What people are told of the live model, from the answer of GET /model: null if there is no model. The registry may
 * know less of an older model, so every fact but the version may be missing.
 */
export function modelFacts({ version, trainedAt, data, classBalance, metrics, report, source }) {
  if (!version) return null;
  const time = new Date(trainedAt ?? NaN);
  return {
    version,
    trainedAt: Number.isNaN(time.getTime()) ? null : time,
    texts: Object.values(data ?? {}).reduce((sum, { texts }) => sum + (texts ?? 0), 0),
    balance: LABELS.filter((label) => classBalance?.[label] > 0).map((label) => ({ label, share: classBalance[label] })),
    trials: Object.entries(TRIED_ON)
      .filter(([set]) => metrics?.[set]?.n > 0)
      .map(([set, on]) => ({ on, texts: metrics[set].n, share: metrics[set].accuracy })),
    report: report ? safeHref(report) : null,
    embedded: source === "embedded",
  };
}
