import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { deviceLink } from "../models/router.js";
import { attempt } from "./attempt.js";
import { qrView } from "./qr_view.js";
import { ShownOnce } from "./shown_once.js";
import { momentOf } from "./time.js";

/** A link that signs somebody in on another device, shown this once, and as a QR code for a camera. */
export class LinkDialog {
  #dialog = byId("link-dialog");
  #code = byId("link-code");
  #again = byId("link-again");
  #problem = byId("link-problem");
  #link = new ShownOnce(t("link.field"));
  #make = null;
  #asked = 0;

  constructor() {
    byId("link-once").append(...this.#link.elements);
    this.#again.addEventListener("click", () => this.#show());
    this.#dialog.addEventListener("close", () => this.#clear());
  }

  /** `make()` resolves with the link; `words` say whom it is for and what to do with it. */
  open({ title, words, make }) {
    byId("link-title").textContent = title;
    byId("link-text").textContent = words;
    this.#make = make;
    this.#clear();
    this.#dialog.showModal();
    this.#show();
  }

  /** The link was used: there is nothing to be shown any more. */
  used() {
    if (this.#dialog.open) this.#dialog.close();
  }

  #clear() {
    this.#asked += 1; // what comes now was asked for by an earlier dialog
    this.#link.clear();
    this.#code.replaceChildren();
    this.#problem.textContent = "";
  }

  #show() {
    const asked = this.#asked;
    return attempt({ button: this.#again, problem: this.#problem }, async () => {
      const { link, expiresAt } = await this.#make();
      if (asked !== this.#asked) return;
      const address = deviceLink(link);
      this.#code.replaceChildren(qrView(address, t("link.code")));
      this.#link.show(address, t("link.once", { time: momentOf(new Date(expiresAt)) }));
    });
  }
}
