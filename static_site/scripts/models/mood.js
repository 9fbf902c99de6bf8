const WINDOW = 32;
const FEWEST_PEOPLE = 3;
const CERTAINTY = 1.96; // standard errors: what is beyond them happens by chance once in twenty rooms
const WORDS = [
  [0.4, "bright"],
  [0.12, "warm"],
  [-0.12, "even"],
  [-0.4, "uneasy"],
  [-Infinity, "heavy"],
];

/**
 * A feeling of which the model is less sure is not shown: on the development sets, fewer than half of these were right. See
 * docs/sentiment.md.
 */
const SURE = 0.5;

/**
 * The mood of a room's latest scored messages, oldest first: how far each bends, the mean of that, by how much the mean may be
 * wrong, and a word for it. A mean within its error is "even": nothing else is known. Nobody is scored: what fewer than three
 * people said has neither mean nor word.
 */
export function moodOf(messages) {
  const scored = lastScored(messages);
  const sentiments = scored.map(({ sentiment }) => sentiment);
  const scores = sentiments.map(feelingOf);
  if (new Set(scored.map(({ user }) => user.id)).size < FEWEST_PEOPLE) return { scores, mean: null, error: null, word: null };
  const mean = sum(scores) / scores.length;
  const error = (CERTAINTY * Math.sqrt(sum(sentiments.map(varianceOf)))) / scores.length;
  return { scores, mean, error, word: wordOf(mean, error) };
}

/** The word for a mean: one within its error is "even". */
export function wordOf(mean, error) {
  const known = Math.abs(mean) > error ? mean : 0;
  return WORDS.find(([from]) => known >= from)[1];
}

/** The last messages that count, oldest first; however long the log is, no more of it is looked at than need be. */
function lastScored(messages) {
  const found = [];
  for (let index = messages.length - 1; index >= 0 && found.length < WINDOW; index -= 1) {
    const { sentiment, deleted } = messages[index];
    if (sentiment && !deleted) found.push(messages[index]);
  }
  return found.toReversed();
}

/** What the page says of a message: its label, or neutral if the model is not sure enough of a feeling. */
export function heard({ label, confidence }) {
  return confidence < SURE ? "neutral" : label;
}

/** How far a message's line bends: -1 to 1, 0 for neutral; never so little that the shape cannot be told. */
export function bendOf({ label, score }) {
  if (label === "neutral") return 0;
  return (label === "positive" ? 1 : -1) * Math.max(0.45, Math.abs(score));
}

/** A message that is rather neutral than anything else says nothing about the room, whichever way it leans. */
function feelingOf({ label, score }) {
  return label === "neutral" ? 0 : score;
}

/** The variance of what a message feels like (-1, 0 or 1), from the probabilities behind its score and confidence. */
function varianceOf({ label, score, confidence }) {
  const other = Math.max(0, confidence - Math.abs(score)); // the probability of the opposite of its label
  const felt = label === "neutral" ? 1 - confidence : confidence + other;
  return Math.max(0, felt - score * score);
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
