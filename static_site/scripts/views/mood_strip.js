import { h, svg } from "../lib/dom.js";

const STEP = 5;
const MIDDLE = 14;
const REACH = 12;

/** A row of strokes like a sound's wave: up for positive messages, down for negative ones, the newest at the end. */
export function moodStrip(scores, word) {
  const strokes = scores.map((score, index) => stroke(score, index));
  const width = scores.length * STEP;
  const wave = svg("svg", { class: "mood-wave", viewBox: `0 0 ${width} ${MIDDLE * 2}`, width, height: MIDDLE * 2, focusable: "false" }, ...strokes);
  return [wave, h("span", { class: "mood-word" }, `feels ${word}`)];
}

/** A neutral message is a dot on the line. */
function stroke(score, index) {
  const x = index * STEP + STEP / 2;
  const label = score === 0 ? "neutral" : score > 0 ? "positive" : "negative";
  return svg("path", { d: `M${x} ${MIDDLE}V${(MIDDLE - score * REACH + 0.01).toFixed(2)}`, "data-label": label });
}
