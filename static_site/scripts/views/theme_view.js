import { byId } from "../lib/dom.js";
import { icon } from "./icons.js";

const THEMES = ["system", "light", "dark"];
const ICONS = { system: "halves", light: "sun", dark: "moon" };
const KEY = "theme";

/** The button that goes from the system's theme to light, to dark and back. */
export class ThemeView {
  #button = byId("theme");
  #store;

  constructor(store) {
    this.#store = store;
    this.#button.addEventListener("click", () => this.#next());
    store.onElsewhere((key, value) => key === KEY && this.#show(value ?? "system"));
    this.#show(document.documentElement.dataset.theme);
  }

  #next() {
    const theme = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length];
    this.#store.set(KEY, theme);
    this.#show(theme);
  }

  #show(theme) {
    document.documentElement.dataset.theme = theme;
    this.#button.replaceChildren(icon(ICONS[theme] ?? ICONS.system));
    this.#button.setAttribute("aria-label", `Theme: ${theme}`);
    this.#button.title = `Theme: ${theme}`;
  }
}
