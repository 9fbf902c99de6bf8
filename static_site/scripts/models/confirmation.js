const VARIATION_SELECTOR = /\ufe0f/g; // an emoji is the same with and without it

/**
 * A function that tells whether a new state of a message shows what `frame` asked for. The log does not say who reacted
 * or labelled; that a count moves the right way from where it last stood is the best sign there is.
 */
export function confirmation(frame, known) {
  const { seq } = frame;
  const shows = { edit: editShows, delete: deletionShows, react: reactionShows, label: labelShows }[frame.action](frame, known);
  return (entry) => entry.seq === seq && entry.at > (known?.at ?? 0) && shows(entry);
}

function editShows({ text }) {
  return (entry) => entry.text === text;
}

function deletionShows() {
  return (entry) => entry.deleted;
}

function reactionShows({ emoji, on }, known) {
  const count = ({ reactions }) => {
    const same = Object.entries(reactions ?? {}).filter(([key]) => bare(key) === bare(emoji));
    return same.reduce((sum, [, users]) => sum + users, 0);
  };
  return moves(count, on, known);
}

function labelShows({ label }, known) {
  const count = ({ labels }) => (label === null ? Object.values(labels ?? {}).reduce((sum, readers) => sum + readers, 0) : (labels?.[label] ?? 0));
  return moves(count, label !== null, known);
}

/**
 * Others may move the count the other way meanwhile; what counts is the step from there. A state in which nothing moved is
 * one's own too: others who change nothing leave no entry, but one's own mark may replace another spelling of itself.
 */
function moves(count, up, known) {
  let last = known ?? {};
  return (entry) => {
    const step = count(entry) - count(last);
    const still = JSON.stringify(visible(entry)) === JSON.stringify(visible(last));
    last = entry;
    return still || (up ? step > 0 : step < 0);
  };
}

function visible({ text, deleted, reactions, labels }) {
  return [text, deleted, reactions, labels];
}

function bare(emoji) {
  return emoji.replace(VARIATION_SELECTOR, "");
}
