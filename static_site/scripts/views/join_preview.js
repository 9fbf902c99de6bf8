import { h } from "../lib/dom.js";
import { undertoneGlyph } from "./undertone_glyph.js";

const EXAMPLES = [
  { text: "The rain stopped just in time for the picnic.", label: "positive", score: 0.7 },
  { text: "When does the last train leave?", label: "neutral", score: 0 },
  { text: "I was so sure I had passed.", label: "negative", score: -0.6 },
  { text: "You will next time. We are all here.", label: "positive", score: 0.85 },
];

/** A few words with their undertones, to show what this is before anything is said. */
export function joinPreview() {
  return EXAMPLES.map(({ text, label, score }, index) => {
    const undertone = h("span", { class: "undertone", "data-label": label }, undertoneGlyph({ label, score }), h("span", { class: "undertone-word" }, label));
    return h("p", { class: "bubble join-bubble", "data-own": index % 2 === 1 }, h("span", { class: "message-text" }, text), h("span", { class: "message-foot" }, undertone));
  });
}
