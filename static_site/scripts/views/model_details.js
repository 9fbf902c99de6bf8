import { h } from "../lib/dom.js";
import { modelFacts } from "../models/model_facts.js";

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
const NUMBER = new Intl.NumberFormat();
const PERCENT = new Intl.NumberFormat(undefined, { style: "percent" });
const LIST = new Intl.ListFormat("en");

/** What there is to know about the model: folded, and asked for only when somebody unfolds it. `fetchModel()` asks the service. */
export class ModelDetails {
  #fetchModel;

  constructor({ fetchModel }) {
    this.#fetchModel = fetchModel;
  }

  /** The element for a message that was read by the model `version`, which need not be the one in use now. */
  element(version) {
    const body = h("div", { class: "model-facts", "aria-live": "polite" });
    const details = h("details", { class: "model" }, h("summary", {}, "About the model"), body);
    details.addEventListener("toggle", () => details.open && this.#fill(body, version));
    return details;
  }

  /** Asked for each time, because the model may be replaced while the page is open. */
  async #fill(body, version) {
    body.replaceChildren(h("p", {}, "Asking…"));
    try {
      body.replaceChildren(...words(modelFacts(await this.#fetchModel()), version));
    } catch (error) {
      console.info("The model's description did not come; unfolding it asks again.", error.message);
      body.replaceChildren(h("p", {}, "Details of the model are not available right now. Please try again later."), identifier(version));
    }
  }
}

function words(facts, version) {
  if (!facts) return [h("p", {}, "No model is in use at the moment, so new messages have no mood."), identifier(version)];
  const other = facts.version !== version && [h("p", {}, "This message was read by another model:"), identifier(version), h("p", {}, "The one in use now:")];
  return [...(other || []), identifier(facts.version), made(facts), tried(facts), report(facts)].filter(Boolean);
}

function identifier(version) {
  return h("p", { class: "model-version" }, version);
}

function made({ trainedAt, texts, balance }) {
  const when = trainedAt && ` on ${DAY.format(trainedAt)}`;
  const from = texts > 0 && ` from ${NUMBER.format(texts)} texts`;
  if (!when && !from) return null;
  const shares = balance.map(({ label, share }) => `${PERCENT.format(share)} ${label}`);
  return h("p", {}, `It learned${when || ""}${from || ""}${from && shares.length > 0 ? `: ${LIST.format(shares)}` : ""}.`);
}

function tried({ trials }) {
  if (trials.length === 0) return null;
  const results = trials.map(({ on, texts, share }) => `${PERCENT.format(share)} of ${NUMBER.format(texts)} ${on}`);
  return h("p", {}, `It read ${LIST.format(results)} as people did. Guessing would get a third of them right.`);
}

function report({ report: href, embedded }) {
  if (!href) return embedded && h("p", {}, "It came with Undertone. A model that has learned from this chat has a report, too.");
  const hint = h("span", { class: "visually-hidden" }, " (opens in a new tab)");
  return h("p", {}, h("a", { href, target: "_blank", rel: "noopener noreferrer" }, "Read its report", hint));
}
