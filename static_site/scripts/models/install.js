const MAC_SINCE = 17; // of Safari, which has "Add to Dock"

/**
 * Which steps install the page in a browser that does not ask by itself, by what it says of itself: "ios", "mac",
 * "firefox_android", "chrome_android", "chrome", "edge", or null where we know of none.
 */
export function stepsToInstall({ userAgent, maxTouchPoints }) {
  const has = (word) => userAgent.includes(word);
  const isPad = has("Macintosh") && maxTouchPoints > 1; // it calls itself a Mac
  if (isPad || /iPhone|iPad|iPod/.test(userAgent)) return "ios";
  if (has("OPR/") || has("SamsungBrowser/")) return null; // they have menus of their own
  if (has("Android")) return has("Firefox/") ? "firefox_android" : has("Chrome/") ? "chrome_android" : null;
  if (has("Edg/")) return "edge";
  if (has("Chrome/")) return "chrome";
  const safari = has("Macintosh") && /Version\/(\d+).*Safari\//.exec(userAgent);
  return safari && Number(safari[1]) >= MAC_SINCE ? "mac" : null;
}
