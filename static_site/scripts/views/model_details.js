import { h } from "../lib/dom.js";
import { intl, listed, t } from "../lib/i18n.js";
import { modelFacts } from "../models/model_facts.js";
import { percent } from "./numbers.js";


/** What there is to know about the model: folded, and asked for only when somebody unfolds it. `fetchModel()` asks the service. */
export class ModelDetails {
  #fetchModel;

  constructor({ fetchModel }) {
    this.#fetchModel = fetchModel;
  }

  /** The element for a message that was read by the model `version`, which need not be the one in use now. */
  element(version) {
    const body = h("div", { class: "model-facts", "aria-live": "polite" });
    const details = h("details", { class: "model" }, h("summary", {}, t("model.title")), body);
    details.addEventListener("toggle", () => details.open && this.#fill(body, version));
    return details;
  }

  /** Asked for each time, because the model may be replaced while the page is open. */
  async #fill(body, version) {
    body.replaceChildren(h("p", {}, t("model.asking")));
    try {
      body.replaceChildren(...words(modelFacts(await this.#fetchModel()), version));
    } catch (error) {
      console.info("The model's description did not come; unfolding it asks again.", error.message);
      body.replaceChildren(h("p", {}, t("model.failed")), identifier(version));
    }
  }
}

function words(facts, version) {
  if (!facts) return [h("p", {}, t("model.none")), identifier(version)];
  const other = facts.version !== version && [h("p", {}, t("model.other")), identifier(version), h("p", {}, t("model.now"))];
  return [...(other || []), identifier(facts.version), made(facts), tried(facts), report(facts)].filter(Boolean);
}

function identifier(version) {
  return h("p", { class: "model-version" }, version);
}

function made({ trainedAt, texts, balance }) {
  const said = [trainedAt && "day", texts > 0 && "texts", texts > 0 && balance.length > 0 && "shares"].filter(Boolean);
  if (said.length === 0) return null;
  const shares = balance.map(({ label, share }) => t("model.share", { share: percent(share), label: t(`label.${label}`) }));
  const values = { day: trainedAt && intl("DateTimeFormat", { dateStyle: "long" }).format(trainedAt), count: texts, shares: listed(shares) };
  return h("p", {}, t(`model.learned.${said.join(".")}`, values));
}

function tried({ trials }) {
  if (trials.length === 0) return null;
  const results = trials.map(({ on, texts, share }) => t(`model.tried.${on}`, { share: percent(share), count: texts }));
  return h("p", {}, t("model.tried", { results: listed(results) }));
}

function report({ report: href, embedded }) {
  if (!href) return embedded && h("p", {}, t("model.embedded"));
  const hint = h("span", { class: "visually-hidden" }, " ", t("link.new_tab"));
  return h("p", {}, h("a", { href, target: "_blank", rel: "noopener noreferrer" }, t("model.report"), hint));
}
