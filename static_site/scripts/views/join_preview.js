import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { undertoneGlyph } from "./undertone_glyph.js";

const EXAMPLES = [
  { text: "join.example.1", label: "positive", score: 0.7 },
  { text: "join.example.2", label: "neutral", score: 0 },
  { text: "join.example.3", label: "negative", score: -0.6 },
  { text: "join.example.4", label: "positive", score: 0.85 },
];

/** A few words with their undertones, to show what this is before anything is said. */
export function joinPreview() {
  return EXAMPLES.map(({ text, label, score }, index) => {
    const undertone = h("span", { class: "undertone", "data-label": label }, undertoneGlyph({ label, score }), h("span", { class: "undertone-word" }, t(`label.${label}`)));
    return h("p", { class: "bubble join-bubble", "data-own": index % 2 === 1 }, h("span", { class: "message-text" }, t(text)), h("span", { class: "message-foot" }, undertone));
  });
}
