import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

/** In the place of what was asked for, until it is there. */
export function waiting() {
  return h("p", { class: "field-help", role: "status" }, t("moment"));
}

/** In the place of what was asked for: why it is not there. */
export function problem(error) {
  return h("p", { class: "field-problem", role: "alert" }, error.message);
}
