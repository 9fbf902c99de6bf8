/** True if what is loaded unasked is unwelcome: the browser says that its user saves data, or that the network is very slow. */
export function savesData() {
  const { saveData = false, effectiveType = "" } = navigator.connection ?? {}; // Chromium alone has it
  return saveData || effectiveType.endsWith("2g") || matchMedia("(prefers-reduced-data: reduce)").matches;
}
