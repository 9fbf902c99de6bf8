// Runs before the first paint, so that nothing flashes in another theme, language or direction; what may be chosen is in
// models/preferences.js, the languages are in language.js.
const LANGUAGES = new Set(["en", "de", "es", "ja", "ar"]);

chooseFirst();

function chooseFirst() {
  const root = document.documentElement;
  const spoken = [chosen("language"), ...navigator.languages].map((tag) => String(tag).toLowerCase().split("-")[0]);
  root.lang = spoken.find((code) => LANGUAGES.has(code)) ?? "en";
  root.dir = root.lang === "ar" ? "rtl" : "ltr";
  root.dataset.theme = chosen("theme") || "system";
  root.dataset.density = chosen("density") || "comfortable";
  root.dataset.moods = chosen("moods") || "always";
  root.dataset.previews = chosen("previews") || "shown";
  if (root.lang === "en") return;
  // Its table comes together with the modules, and not after them.
  const href = new URL(`languages/${root.lang}.js`, document.currentScript.src).href;
  document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
}

function chosen(key) {
  try {
    return JSON.parse(localStorage.getItem(`undertone.${key}`));
  } catch {
    return null;
  }
}
