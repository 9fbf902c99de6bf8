import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { CHOICES } from "../models/preferences.js";
import { icon } from "./icons.js";

const REOPEN = { settings: true };

/** What somebody can set for this browser. All of it shows at once; another language is spoken from the next load on, which is now; then the settings are open again. */
export class SettingsDialog {
  #dialog = byId("settings-dialog");
  #form = byId("settings-form");
  #language = byId("settings-language");
  #preferences;

  /** `languages` are `{code, name}`; `previews` says that there are any of links; `reload()` loads the page anew. */
  constructor({ preferences, languages, previews, reload }) {
    this.#preferences = preferences;
    this.#language.append(h("option", { value: "" }, t("settings.language.browser")), ...languages.map(({ code, name }) => h("option", { value: code, lang: code }, name)));
    byId("settings-previews").hidden = !previews;
    const opener = byId("settings-open");
    opener.append(icon("gear"));
    opener.addEventListener("click", () => this.open());
    this.#language.addEventListener("change", () => (preferences.language = this.#language.value || null));
    this.#form.addEventListener("change", ({ target }) => Object.hasOwn(CHOICES, target.name) && preferences.choose(target.name, target.value));
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    preferences.on("change", (key) => this.#show(key));
    preferences.on("language", () => {
      history.replaceState(REOPEN, ""); // which outlives the page
      reload();
    });
    for (const key of Object.keys(CHOICES)) this.#show(key);
    if (history.state?.settings) this.open();
  }

  open() {
    this.#language.value = this.#preferences.language ?? "";
    this.#dialog.showModal();
  }

  #show(key) {
    const value = this.#preferences.get(key);
    document.documentElement.dataset[key] = value;
    this.#form.elements[key].value = value;
  }
}
