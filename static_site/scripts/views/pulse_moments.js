import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { plainText } from "../models/markup/plain.js";
import { momentsOf } from "../models/moments.js";
import { signed } from "./numbers.js";
import { undertoneGlyph } from "./undertone_glyph.js";
import { waiting } from "./waiting.js";

/** The messages worth opening as a list that fills itself: `sources` is as `momentsOf` takes it, `go(seq)` leads to one. */
export function pulseMoments(moments, sources, go) {
  const list = h("ul", { class: "message-list" }, h("li", {}, waiting()));
  momentsOf(moments, sources).then((found) => list.replaceChildren(...found.map((moment) => line(moment, go))));
  return list;
}

function line({ seq, score, message }, go) {
  const label = score > 0 ? "positive" : "negative";
  const tip = t("undertone.tip", { label: t(`label.${label}`), score: signed(score) });
  const glyph = h("span", { class: "pulse-moment-mood", "data-label": label, title: tip }, undertoneGlyph({ label, score }), h("span", { class: "visually-hidden" }, tip));
  return h("li", {}, h("button", { class: "list-message pulse-moment", type: "button", click: () => go(seq) }, glyph, h("span", { class: "pulse-moment-words" }, ...words({ seq, score, message }))));
}

function words({ seq, score, message }) {
  if (message === null) return [t("pulse.moment", { seq: String(seq), score: signed(score) })];
  const said = plainText(message);
  return [h("bdi", { class: "pulse-moment-author" }, message.user.name), said === "" ? t("quote.empty") : h("bdi", { class: "list-text" }, said)];
}
