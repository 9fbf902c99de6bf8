import { h, svg } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const STEP = 5;
const MIDDLE = 14;
const REACH = 12;
const LABELS = ["neutral", "positive", "negative"]; // one path for all strokes of a colour: the strip is made anew for each message

/** A row of strokes like a sound's wave: up for positive messages, down for negative ones, the newest at the end. */
export function moodStrip(scores, word) {
  const strokes = LABELS.map((label) => svg("path", { d: strokesOf(scores, label), "data-label": label }));
  const width = scores.length * STEP;
  const wave = svg("svg", { viewBox: `0 0 ${width} ${MIDDLE * 2}`, width, height: MIDDLE * 2, focusable: "false" }, ...strokes);
  const frame = h("span", { class: "mood-wave" }, wave);
  frame.style.setProperty("width", `${width}px`);
  return [frame, h("span", { class: "mood-word" }, feels(word))];
}

/** Draws a strip of as many messages and the same word again in its place, which moves nothing; false if this is none. */
export function redrawn(box, scores, word) {
  const [frame, words] = box.children;
  const wave = frame?.firstChild;
  if (words?.textContent !== feels(word) || wave.getAttribute("width") !== String(scores.length * STEP)) return false;
  for (const path of wave.children) path.setAttribute("d", strokesOf(scores, path.dataset.label));
  return true;
}

function feels(word) {
  return t("mood.feels", { mood: t(`mood.${word}`) });
}

function strokesOf(scores, label) {
  return scores.map((score, index) => (labelOf(score) === label ? stroke(score, index) : "")).join("");
}

/** A neutral message is a dot on the line. */
function stroke(score, index) {
  return `M${index * STEP + STEP / 2} ${MIDDLE}V${(MIDDLE - score * REACH + 0.01).toFixed(2)}`;
}

function labelOf(score) {
  if (score === 0) return "neutral";
  return score > 0 ? "positive" : "negative";
}
