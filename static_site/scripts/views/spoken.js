import { h } from "../lib/dom.js";
import { parts } from "../lib/i18n.js";

/** A message of which only the values that are elements are seen; its words are for screen readers. */
export function spoken(key, values) {
  return parts(key, values).map((part) => (typeof part === "string" ? h("span", { class: "visually-hidden" }, part) : part));
}
