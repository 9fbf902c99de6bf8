import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { addressOf, addressProblem, hostOf } from "../models/bot_addresses.js";
import { attempt } from "./attempt.js";
import { ShownOnce } from "./shown_once.js";
import { momentOf } from "./time.js";

/** Where one of one's bots is called, below it in the list: set, tried and removed. `bot` has `{id, name, webhook}`, which it keeps. */
export class BotAddress {
  #bot;
  #house;
  #state = h("summary");
  #field = h("input", { type: "url", dir: "ltr", autocomplete: "off", spellcheck: "false", inputmode: "url" });
  #save = h("button", { class: "button button-small", type: "submit" }, t("save"));
  #try = h("button", { class: "button button-small", type: "button" }, t("bots.try"));
  #remove = h("button", { class: "button button-small", type: "button" }, t("bots.address.remove"));
  #failed = h("p", { class: "field-help" });
  #problem = h("p", { class: "field-problem", role: "alert" });
  #tried = h("p", { class: "field-help", role: "status" });
  #once = new ShownOnce(t("bots.secret"));
  element;

  /** `house` asks the service. */
  constructor(bot, house) {
    this.#bot = bot;
    this.#house = house;
    const { id, name } = bot;
    this.#field.id = `bot-address-${id}`;
    const label = h("label", { for: this.#field.id }, t("bots.address.of", { name }));
    const form = h("form", { class: "programs-form", novalidate: true }, h("div", { class: "field" }, label, this.#field), this.#save, this.#try, this.#remove);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#try.addEventListener("click", () => this.#attempt(this.#try, () => this.#tryIt()));
    this.#remove.addEventListener("click", () => this.#attempt(this.#remove, () => this.#drop()));
    this.element = h("details", { class: "bot-address" }, this.#state, h("p", { class: "field-help" }, t("bots.address.help")), form, this.#failed, this.#problem, this.#tried, ...this.#once.elements);
    this.#show();
  }

  #show() {
    const webhook = this.#bot.webhook;
    const { key, values } = addressOf(webhook);
    this.#state.textContent = t(key, values);
    this.#field.value = webhook?.url ?? "";
    this.#try.hidden = this.#remove.hidden = !webhook;
    const failed = webhook?.failed;
    this.#failed.replaceChildren(...(failed ? [t("bots.failed", { time: momentOf(new Date(failed.at)) }), " ", h("q", { lang: "en", dir: "ltr" }, failed.problem), " ", webhook.off ? t("bots.off.help") : ""] : []));
  }

  #attempt(button, work) {
    this.#tried.textContent = "";
    return attempt({ button, problem: this.#problem }, work);
  }

  async #submit() {
    this.#once.clear();
    const worked = await this.#attempt(this.#save, async () => {
      const url = this.#field.value.trim();
      const wrong = addressProblem(url);
      if (wrong) throw new Error(t(wrong));
      const { secret } = await this.#house.callBot(this.#bot.id, url);
      this.#bot.webhook = { url, off: false, failed: null };
      this.#show();
      this.#once.show(secret, t("bots.secret.words", { name: this.#bot.name }));
    });
    if (!worked) this.#field.focus();
  }

  async #tryIt() {
    const { problem } = await this.#house.tryBot(this.#bot.id);
    const bots = await this.#house.bots();
    this.#bot.webhook = bots.find(({ id }) => id === this.#bot.id)?.webhook ?? null;
    this.#show();
    this.#tried.textContent = problem ? t("bots.tried.failed") : t("bots.tried", { host: hostOf(this.#bot.webhook?.url ?? "") });
  }

  async #drop() {
    await this.#house.callBotNoLonger(this.#bot.id);
    this.#bot.webhook = null;
    this.#once.clear();
    this.#show();
    this.#field.focus();
  }
}
