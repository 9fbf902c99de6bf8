import { canEnclose } from "./markup/mark_rules.js";

/** What each button of marks puts around words. */
export const MARKS = { strong: "**", emphasis: "*", struck: "~~", code: "`" };
const RUNS = { strong: /\*+/g, emphasis: /\*+|_/g, struck: /~+/g };
const LENGTHS = { strong: [2, 3], emphasis: [1, 3], struck: [2] };

/**
 * The marked parts of a line, `{outerStart, start, end, outerEnd}`: between `start` and `end` are the words, and up to the outer
 * places the marks. Of three stars, the outer two are strong. A mark in code is none.
 */
export function pairsIn(line, kind) {
  const code = codeIn(line);
  if (kind === "code") return code;
  const found = [];
  let open = null;
  for (const { 0: run, index } of line.matchAll(RUNS[kind])) {
    const [before, after] = [line[index - 1] ?? " ", line[index + run.length] ?? " "];
    if (!LENGTHS[kind].includes(run.length) || code.some(({ start, end }) => start <= index && index < end)) continue;
    if (run === "_" && isWord(before) && isWord(after)) continue;
    const pair = open?.run[0] === run[0] && before.trim() !== "" ? paired(open, { run, index }, kind) : null;
    if (pair && isPair(line, pair, kind)) {
      found.push(pair);
      open = null;
    } else if (after.trim() !== "") {
      open = { run, index };
    }
  }
  return found;
}

/** What encloses words as code within a line, before and behind: around backticks it is more of them, with blanks between. */
export function ticksAround(words) {
  const longest = longestTicks(words);
  const ticks = "`".repeat(longest + 1);
  return longest === 0 ? [ticks, ticks] : [`${ticks} `, ` ${ticks}`];
}

/** The line above and below a block of code: more backticks than there are side by side in it. */
export function fenceAround(text) {
  return "`".repeat(Math.max(3, longestTicks(text) + 1));
}

function longestTicks(text) {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

function codeIn(line) {
  const runs = [...line.matchAll(/`+/g)];
  const found = [];
  for (let at = 0; at < runs.length; at += 1) {
    const close = runs.findIndex(({ 0: run }, later) => later > at && run === runs[at][0]);
    if (close === -1) continue;
    const { 0: run, index } = runs[at];
    found.push({ outerStart: index, start: index + run.length, end: runs[close].index, outerEnd: runs[close].index + run.length });
    at = close;
  }
  return found;
}

function paired(open, close, kind) {
  const size = MARKS[kind].length;
  const start = kind === "strong" ? open.index + size : open.index + open.run.length;
  const end = kind === "strong" ? close.index + close.run.length - size : close.index;
  return { outerStart: start - size, start, end, outerEnd: end + size };
}

/** Within a word, as in 2*3*4, marks may be none. */
function isPair(line, { outerStart, start, end, outerEnd }, kind) {
  const [before, after] = [line[outerStart - 1] ?? "", line[outerEnd] ?? ""];
  return !(isWord(before) || isWord(after)) || canEnclose(before, line.slice(start, end), after, MARKS[kind]);
}

function isWord(character) {
  return /[\p{L}\p{N}]/u.test(character);
}
