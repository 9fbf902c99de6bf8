import { speak } from "./lib/i18n.js";
import { ENGLISH } from "./languages/en.js";

/** The languages of the page. English is there for what another one lacks; of the others, only the one that is spoken is loaded. */
const TABLES = {
  en: async () => ENGLISH,
  de: async () => (await import("./languages/de.js")).GERMAN,
  es: async () => (await import("./languages/es.js")).SPANISH,
  ja: async () => (await import("./languages/ja.js")).JAPANESE,
  ar: async () => (await import("./languages/ar.js")).ARABIC,
};

/** Their codes, each with the name that the language has for itself. */
export function languages() {
  return Object.keys(TABLES).map((code) => {
    const name = new Intl.DisplayNames([code], { type: "language" }).of(code);
    return { code, name: name.charAt(0).toLocaleUpperCase(code) + name.slice(1) };
  });
}

/** Speaks the language that `first_paint.js` has given the document; without its table, English. */
export async function speakChosen() {
  const root = document.documentElement;
  try {
    speak(root.lang, await TABLES[root.lang](), { rightToLeft: root.dir === "rtl", preferred: navigator.languages });
  } catch (error) {
    console.info(`The language ${root.lang} could not be loaded; the page speaks English.`, error.message);
    Object.assign(root, { lang: "en", dir: "ltr" });
    speak("en", ENGLISH, { preferred: navigator.languages });
  }
}
