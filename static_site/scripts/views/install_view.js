import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { askToInstall, canAskToInstall, onInstallPrompt } from "../lib/install_prompt.js";
import { stepsToInstall } from "../models/install.js";

const INSTALLED = "installed"; // in this browser; it does not say so to a page in a tab
const OWN_WINDOW = "(display-mode: standalone), (display-mode: minimal-ui), (display-mode: window-controls-overlay)";

/** How to install the page, in the settings: by the browser's own question, or in steps; nothing where it is installed already. */
export class InstallView {
  #store;

  constructor({ store }) {
    this.#store = store;
    byId("install").addEventListener("click", () => askToInstall().catch(reportError));
    onInstallPrompt(({ installed }) => {
      if (installed) store.set(INSTALLED, true);
      else if (canAskToInstall()) store.remove(INSTALLED); // it was taken away again
      this.#update();
    });
    matchMedia(OWN_WINDOW).addEventListener("change", () => this.#update());
    this.#update();
  }

  #update() {
    const asks = canAskToInstall();
    const steps = asks ? null : this.#steps();
    byId("settings-install").hidden = !asks && steps === null;
    byId("install").hidden = !asks;
    byId("install-steps").textContent = steps ? t(`install.${steps}`) : "";
  }

  #steps() {
    const installed = navigator.standalone || matchMedia(OWN_WINDOW).matches || this.#store.get(INSTALLED);
    return installed || !isSecureContext ? null : stepsToInstall(navigator);
  }
}
