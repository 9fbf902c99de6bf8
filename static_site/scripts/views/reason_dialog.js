import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { attempt } from "./attempt.js";
import { durationChoice } from "./durations.js";

const FOR_EVER = "for ever";

/** Asks for a reason, and for how long: for a report to the admins, and for a ban. */
export class ReasonDialog {
  #dialog = byId("reason-dialog");
  #reason = byId("reason-field");
  #submit = byId("reason-submit");
  #problem = byId("reason-problem");
  #minutes = durationChoice({ id: "reason-minutes" });
  #addresses = byId("reason-addresses");
  #work = null;

  constructor() {
    this.#minutes.append(h("option", { value: FOR_EVER }, t("reason.for_ever")));
    byId("reason-duration").append(this.#minutes);
    byId("reason-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#done();
    });
  }

  /**
   * `work({reason, minutes, addresses})` does it; `minutes` is null for ever, `addresses` says that somebody's networks are
   * meant too, which is asked `ofNetworks`. What it refuses is said, and the question stays.
   */
  open({ title, words, action, lasts = false, ofNetworks = false }, work) {
    byId("reason-title").textContent = title;
    byId("reason-text").textContent = words;
    byId("reason-duration").hidden = !lasts;
    byId("reason-networks").hidden = !ofNetworks;
    this.#addresses.checked = false;
    this.#submit.textContent = action;
    this.#problem.textContent = "";
    this.#reason.value = "";
    this.#work = work;
    this.#dialog.showModal();
    this.#reason.focus();
  }

  async #done() {
    const reason = this.#reason.value.trim();
    if (reason === "") {
      this.#problem.textContent = t("reason.needed");
      this.#reason.focus();
      return;
    }
    const minutes = this.#minutes.value === FOR_EVER ? null : Number(this.#minutes.value);
    const where = { button: this.#submit, problem: this.#problem };
    if (await attempt(where, () => this.#work({ reason, minutes, addresses: this.#addresses.checked }))) this.#dialog.close();
  }
}
