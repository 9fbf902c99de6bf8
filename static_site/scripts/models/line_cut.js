import { spansOf } from "./markup/spans.js";

const LETTERS = new Intl.Segmenter();
const WORDS = new Intl.Segmenter(undefined, { granularity: "word" });
const SENTENCE_END = /[.!?…؟۔]["'”’»)\]*_~]*(?=\s)|[。！？][」』）”’]*/gu;
const SPACES = /\s+/gu;
const BEGINS = /^\s*(?:#{1,3}\s|>|`{3}|[-*]\s|\d{1,9}\.\s)/; // as the first words of a line, these would be marks
const TRIES = 12; // of each kind of place, so that no text takes long
const AHEAD = 64; // UTF-16 units: a letter that does not end within them is none

/**
 * Cuts a line that is too long after at most so many code points: `[left, right]`, without the spaces between them. It is cut after
 * a sentence if one ends in its second half, between words or, at the worst, letters; and never within a link or a mention, nor within
 * what is marked if anything else is possible. Null if there is no such place. `people` are those whom it may mention.
 */
export function cutLine(line, most, people = []) {
  const end = unitsOf(line, most);
  const places = [() => sentenceEnds(line, end), () => spaces(line, end), () => borders(WORDS, line, end), () => borders(LETTERS, line, end)];
  const whole = spansOf(line, people);
  for (const isWhole of [keepsSpans, keepsGoals]) {
    for (const find of places) {
      const at = find().slice(0, TRIES).find((place) => isWhole(whole, line, place, people));
      if (at !== undefined) return halves(line, at);
    }
  }
  return null;
}

/** Cuts a line anywhere, though not within a letter that fits. */
export function cutAnywhere(line, most) {
  const end = unitsOf(line, most);
  return halves(line, borders(LETTERS, line, end)[0] ?? end);
}

/** Cuts a line of code; its spaces stay. `ticks` at the end of a line would end the code. */
export function cutCode(line, most, ticks) {
  const end = unitsOf(line, most);
  const places = [...line.slice(0, end).matchAll(/\s|[,;](?=\S)/g)].map(({ index }) => index + 1).filter((at) => at > end / 2);
  const at = [...places.toReversed(), ...borders(LETTERS, line, end)].find((place) => !line.slice(0, place).trimEnd().endsWith(ticks)) ?? end;
  return [line.slice(0, at), line.slice(at)];
}

function halves(line, at) {
  return [line.slice(0, at).trimEnd(), line.slice(at).trimStart()];
}

/** How many UTF-16 units so many code points are. */
function unitsOf(line, most) {
  let units = 0;
  let count = 0;
  for (const one of line) {
    if (count === most) break;
    count += 1;
    units += one.length;
  }
  return units;
}

function sentenceEnds(line, end) {
  const found = [...line.slice(0, end + 1).matchAll(SENTENCE_END)].map(({ 0: sign, index }) => index + sign.length);
  return found.filter((at) => at > end / 2 && at <= end).toReversed();
}

function spaces(line, end) {
  const found = [...line.slice(0, end + 1).matchAll(SPACES)].map(({ index }) => index);
  return found.filter((at) => at > 0 && at <= end).toReversed();
}

function borders(segmenter, line, end) {
  const found = [...segmenter.segment(line.slice(0, end + AHEAD))].map(({ index }) => index);
  return found.filter((at) => at > 0 && at <= end).toReversed();
}

/** True if both halves read as the whole does. */
function keepsSpans(whole, line, at, people) {
  const [left, right] = halves(line, at);
  if (left === "" || right === "" || BEGINS.test(right)) return false;
  const between = line.slice(left.length, line.length - right.length);
  return JSON.stringify(joined([...spansOf(left, people), between, ...spansOf(right, people)])) === JSON.stringify(joined(whole));
}

/** True if the same links lead to the same places, and the same people are mentioned. */
function keepsGoals(whole, line, at, people) {
  const [left, right] = halves(line, at);
  if (left === "" || right === "") return false;
  return String([...goalsOf(spansOf(left, people)), ...goalsOf(spansOf(right, people))]) === String(goalsOf(whole));
}

function goalsOf(spans) {
  return spans.flatMap(({ kind, href, id, children = [] }) => (kind === "link" ? [href] : kind === "mention" ? [id] : goalsOf(children)));
}

function joined(spans) {
  const found = [];
  for (const span of spans) {
    if (typeof span === "string" && typeof found.at(-1) === "string") found.push(found.pop() + span);
    else if (span !== "") found.push(span);
  }
  return found;
}
