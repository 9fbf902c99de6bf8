import { byId, hide } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { icon } from "./icons.js";

/** Signs out, here or everywhere, after a question that says what is lost. */
export class SignOutView {
  #dialog = byId("sign-out-dialog");
  #unsent = byId("sign-out-unsent");
  #outbox;
  #session;
  #answer = () => {};

  constructor({ outbox, session }) {
    this.#outbox = outbox;
    this.#session = session;
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
    if (await this.#ask()) await this.#session.leave({ everywhere });
  }

  #ask() {
    const { user, returns } = this.#session;
    const unsent = this.#outbox.items().length;
    byId("sign-out-text").textContent = t(`sign_out.${returns}`, { name: user.name });
    this.#unsent.textContent = unsent > 0 ? t("sign_out.unsent", { count: unsent }) : "";
    hide(this.#unsent, unsent === 0);
    this.#dialog.showModal();
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }
}
