import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { attempt } from "./attempt.js";

const OF_LINK = /This link was/; // the service's words

/** The first screen of who opened a link of another device: it is used when they say so, not by whatever opens links by itself. */
export class DeviceView {
  #part = byId("join-device");
  #form = byId("join-form");
  #open = byId("join-device-open");
  #problem = byId("join-device-problem");
  #secret = null;

  /** `onOpen(secret)` signs in; `onOther()` shows the other ways to. */
  constructor({ onOpen, onOther }) {
    this.#open.addEventListener("click", () => attempt({ button: this.#open, problem: this.#problem }, () => onOpen(this.#secret).catch(inOurWords)));
    byId("join-device-other").addEventListener("click", () => {
      this.show(null);
      onOther();
    });
  }

  /** Shows it for a link's secret; for null the other ways to sign in. */
  show(secret) {
    this.#secret = secret;
    this.#part.hidden = secret === null;
    this.#form.toggleAttribute("data-by-link", secret !== null);
    this.#problem.textContent = "";
    this.#open.textContent = t("device.open");
    if (secret !== null) this.#open.focus();
  }
}

/** The service says in English why a link is worth nothing; that somebody is banned it says with the reason. */
function inOurWords(error) {
  throw error.code === "access_denied" && OF_LINK.test(error.detail) ? new Error(t("device.worthless"), { cause: error }) : error;
}
