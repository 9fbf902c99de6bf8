import { byId } from "../lib/dom.js";
import { icon } from "./icons.js";

/** Signs out; asks first if something was written and not yet sent. */
export class SignOutView {
  #dialog = byId("sign-out-dialog");

  constructor({ outbox, onSignOut }) {
    const button = byId("sign-out");
    button.append(icon("leave"));
    button.addEventListener("click", () => {
      const unsent = outbox.items().length;
      if (unsent === 0) onSignOut();
      else this.#ask(unsent);
    });
    byId("sign-out-confirm").addEventListener("click", () => {
      this.#dialog.close();
      onSignOut();
    });
  }

  #ask(unsent) {
    const messages = unsent === 1 ? "1 message has" : `${unsent} messages have`;
    byId("sign-out-text").textContent = `${messages} not been sent yet. Signing out deletes what is kept in this browser.`;
    this.#dialog.showModal();
  }
}
