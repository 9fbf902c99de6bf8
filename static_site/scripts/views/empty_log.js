import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

/** What stands in a room in which nothing was said; a direct room is called like the others in it, and who may invite to one can do so here. */
export function emptyRoom({ title, isDirect, invites }) {
  const wave = h("span", { class: "log-empty-line", "aria-hidden": "true" });
  return h(
    "div",
    { class: "log-empty" },
    wave,
    h("h2", {}, t("log.empty")),
    h("p", {}, t(isDirect ? "log.empty.direct" : "log.empty.help", { title })),
    invites && h("button", { class: "button log-invite", type: "button" }, t("log.invite")),
  );
}

/** What stands in the place of a room's messages that are not for this person. */
export function closedRoom({ heading, words }) {
  const wave = h("span", { class: "log-empty-line", "aria-hidden": "true" });
  return h("div", { class: "log-empty", role: "alert", "data-closed": true }, wave, h("h2", {}, heading), h("p", {}, words));
}
