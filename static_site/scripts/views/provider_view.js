import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

/** The ways to sign in that the first screen offers: with a name, with a provider, or both. */
export class ProviderView {
  #form = byId("join-form");
  #button = byId("join-provider-button");
  #problem = byId("join-provider-problem");
  #signIn;
  #provider;
  #returned;
  #onSignIn;

  /** `signIn` is the configuration's; `onSignIn(grant)` resolves when it worked. `returned` is what the page was opened with. */
  constructor({ signIn, provider, returned, onSignIn }) {
    this.#signIn = signIn;
    this.#provider = provider;
    this.#returned = returned;
    this.#onSignIn = onSignIn;
    byId("join-code-field").hidden = !signIn.accessCode;
    byId("join-admin").hidden = !signIn.adminCode;
    byId("join-provider").hidden = provider.label === null;
    this.#button.addEventListener("click", () => this.#leaveForProvider());
    this.#button.classList.toggle("button-primary", !signIn.name);
    // A browser that goes back shows the page as it was left.
    addEventListener("pageshow", (event) => event.persisted && this.#busy(false));
  }

  /** Whoever is invited joins by name, as a guest, also if nobody else does. */
  open({ invited = false } = {}) {
    const byName = this.#signIn.name || invited;
    this.#form.dataset.byName = this.#signIn.name ? "yes" : invited ? "invited" : "no";
    this.#busy(false);
    this.#say("");
    if (!byName) this.#button.focus();
  }

  /** Signs in with what the provider sent this browser back with, if it did. */
  async finish() {
    const returned = this.#returned;
    this.#returned = null;
    if (returned?.problem) this.#say(returned.problem);
    if (!returned?.grant) return;
    this.#busy(true);
    try {
      await this.#onSignIn(returned.grant);
      this.#provider.askAgain(false);
    } catch (error) {
      this.#say(words(error));
    } finally {
      this.#busy(false);
    }
  }

  async #leaveForProvider() {
    if (this.#button.ariaBusy === "true") return;
    this.#say("");
    this.#busy(true);
    try {
      location.assign(await this.#provider.begin());
    } catch (error) {
      this.#busy(false);
      this.#say(error.message);
    }
  }

  #say(words) {
    this.#problem.textContent = words;
  }

  #busy(busy) {
    this.#button.ariaBusy = String(busy);
    this.#button.textContent = busy ? t("provider.busy") : t("provider.submit", { provider: this.#provider.label });
  }
}

function words({ message, retryAfter }) {
  return retryAfter > 30 ? t("again.after", { problem: message, seconds: Math.ceil(retryAfter) }) : message;
}
