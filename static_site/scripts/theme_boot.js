// Runs before the first paint, so that a chosen theme does not flash the other one; the rest is in views/theme_view.js.
try {
  document.documentElement.dataset.theme = JSON.parse(localStorage.getItem("undertone.theme")) || "system";
} catch {
  document.documentElement.dataset.theme = "system";
}
