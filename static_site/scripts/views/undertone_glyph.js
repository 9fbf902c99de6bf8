import { svg } from "../lib/dom.js";
import { bendOf } from "../models/mood.js";

/** The line under what was said: it bends up for a positive message, down for a negative one, and lies flat otherwise. */
export function undertoneGlyph(sentiment) {
  const bend = bendOf(sentiment);
  const ends = (6 - bend * 3.5).toFixed(1);
  const middle = (6 + bend * 8.5).toFixed(1);
  const line = svg("path", { d: `M2.5 ${ends}Q12 ${middle} 21.5 ${ends}` });
  return svg("svg", { class: "undertone-glyph", viewBox: "0 0 24 12", "aria-hidden": "true", focusable: "false" }, line);
}
