import { byId, h } from "../lib/dom.js";
import { listed, t } from "../lib/i18n.js";
import { heard } from "../models/mood.js";
import { AnchoredCard } from "./anchored_card.js";
import { ModelDetails } from "./model_details.js";
import { percent, signed } from "./numbers.js";
import { undertoneGlyph } from "./undertone_glyph.js";

const LABELS = ["negative", "neutral", "positive"];
const SAMPLE = { negative: -0.8, neutral: 0, positive: 0.8 };

/** The card that says how a message was read and why, and asks its reader for their own view. */
export class UndertoneCard {
  #element = byId("undertone");
  #card = new AnchoredCard(this.#element);
  #onLabel;
  #model;
  #message = null;

  /** `onLabel(message, label)` receives the reader's label; null removes it. `fetchModel()` asks what the model is. */
  constructor({ onLabel, fetchModel }) {
    this.#onLabel = onLabel;
    this.#model = new ModelDetails({ fetchModel });
  }

  /** The message that the open card explains, or null. */
  get message() {
    return this.#card.isOpen ? this.#message : null;
  }

  toggle(opener, message) {
    this.#message = message;
    this.#element.dataset.label = heard(message.sentiment);
    this.#card.toggle(opener, this.#content(message));
  }

  close() {
    this.#card.close();
  }

  #content(message) {
    const { label, score, confidence, because, model } = message.sentiment;
    return [
      h("h2", { id: "undertone-title" }, t(heard(message.sentiment) === label ? "undertone.reads" : "undertone.perhaps", { label: t(`label.${label}`) })),
      scale(score),
      h("p", {}, t("undertone.score", { score: signed(score), confidence: percent(confidence) })),
      because?.length > 0 && reasons(because),
      this.#readers(message),
      this.#model.element(model),
    ].filter(Boolean);
  }

  #readers(message) {
    const counts = Object.entries(message.labels ?? {}).filter(([, count]) => count > 0);
    const said = counts.length > 0 && h("p", {}, t("undertone.readers", { labels: listed(counts.map(([label, count]) => t("undertone.reader", { label: t(`label.${label}`), number: count }))) }));
    const buttons = LABELS.map((label) => this.#labelButton(message, label));
    const group = h("div", { class: "undertone-labels", role: "group", "aria-labelledby": "undertone-question" }, ...buttons);
    return h("div", {}, h("h3", { id: "undertone-question" }, t("undertone.question")), group, said);
  }

  #labelButton(message, label) {
    const chosen = message.mine?.label === label;
    const choose = () => {
      this.close();
      this.#onLabel(message, chosen ? null : label);
    };
    const glyph = undertoneGlyph({ label, score: SAMPLE[label] });
    return h("button", { class: "undertone-label", type: "button", "data-label": label, "aria-pressed": String(chosen), click: choose }, glyph, t(`label.${label}`));
  }
}

function scale(score) {
  const marker = h("span", { class: "undertone-marker" });
  marker.style.setProperty("--at", `${(50 + score * 50).toFixed(1)}%`);
  return h("div", { class: "undertone-scale", "aria-hidden": "true" }, marker);
}

function reasons(because) {
  const items = because.map(([words, weight]) => {
    const amount = h("span", { class: "undertone-weight" }, signed(weight));
    return h("li", { "data-label": weight >= 0 ? "positive" : "negative" }, h("bdi", {}, words), amount);
  });
  return h("div", {}, h("h3", {}, t("undertone.because")), h("ul", { class: "undertone-because" }, ...items));
}
