import { h } from "../lib/dom.js";

/** In the place of what was asked for, until it is there. */
export function waiting() {
  return h("p", { class: "field-help", role: "status" }, "One moment…");
}

/** In the place of what was asked for: why it is not there. */
export function problem(error) {
  return h("p", { class: "field-problem", role: "alert" }, error.message);
}
