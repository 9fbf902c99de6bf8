import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { icon } from "./icons.js";

/** Signs out, here or everywhere; asks first if something was written and not yet sent. */
export class SignOutView {
  #dialog = byId("sign-out-dialog");
  #outbox;
  #onSignOut;
  #answer = () => {};

  /** `onSignOut({everywhere})` does it. */
  constructor({ outbox, onSignOut }) {
    this.#outbox = outbox;
    this.#onSignOut = onSignOut;
    const button = byId("sign-out");
    button.append(icon("leave"));
    button.addEventListener("click", () => this.leave());
    this.#dialog.addEventListener("close", () => this.#answer(false));
    byId("sign-out-confirm").addEventListener("click", () => {
      this.#answer(true);
      this.#dialog.close();
    });
  }

  /** Rejects with the reason if somebody wanted to leave everywhere and the service did not let them. */
  async leave({ everywhere = false } = {}) {
    const unsent = this.#outbox.items().length;
    if (unsent === 0 || (await this.#ask(unsent))) await this.#onSignOut({ everywhere });
  }

  #ask(unsent) {
    byId("sign-out-text").textContent = t("sign_out.unsent", { count: unsent });
    this.#dialog.showModal();
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }
}
