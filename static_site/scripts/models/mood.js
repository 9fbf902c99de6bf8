const WINDOW = 32;
const WORDS = [
  [0.4, "bright"],
  [0.12, "warm"],
  [-0.12, "even"],
  [-0.4, "uneasy"],
  [-Infinity, "heavy"],
];

/** The mood of a room's latest scored messages: their scores, oldest first, the mean of them and a word for it. */
export function moodOf(messages) {
  const scores = messages
    .filter(({ sentiment, deleted }) => sentiment && !deleted)
    .slice(-WINDOW)
    .map(({ sentiment }) => sentiment.score);
  if (scores.length === 0) return { scores, mean: null, word: null };
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return { scores, mean, word: WORDS.find(([from]) => mean >= from)[1] };
}

/** How far a message's line bends: -1 to 1, 0 for neutral; never so little that the shape cannot be told. */
export function bendOf({ label, score }) {
  if (label === "neutral") return 0;
  return (label === "positive" ? 1 : -1) * Math.max(0.45, Math.abs(score));
}
