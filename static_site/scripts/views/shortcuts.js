import { byId } from "../lib/dom.js";
import { icon } from "./icons.js";
import { fillShortcuts } from "./shortcuts_dialog.js";

/** Keys that work everywhere on the page. `actions` has `step(direction)`, `newRoom()`, `search()` and `escape()`; ? shows all of them. */
export function listenForShortcuts(actions) {
  const opener = byId("shortcuts-open");
  fillShortcuts();
  opener.prepend(icon("keyboard"));
  opener.addEventListener("click", help);
  for (const button of document.querySelectorAll("dialog [data-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
    if (button.dataset.icon) button.append(icon(button.dataset.icon));
  }
  document.addEventListener("keydown", (event) => {
    if (byId("chat").hidden || event.isComposing || document.querySelector("dialog[open]")) return;
    const action = actionFor(event, actions);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function help() {
  byId("shortcuts-dialog").showModal();
}

function actionFor({ key, code, altKey, ctrlKey, metaKey, target }, actions) {
  if (key === "Escape" && !document.querySelector(":popover-open")) return () => actions.escape();
  if (key === "?" && !ctrlKey && !metaKey && !target.closest("input, textarea, select, [contenteditable]")) return help;
  if (!altKey || ctrlKey || metaKey) return null;
  if (key === "ArrowUp") return () => actions.step(-1);
  if (key === "ArrowDown") return () => actions.step(1);
  if (code === "KeyN") return () => actions.newRoom();
  if (code === "KeyS") return () => actions.search();
  return null;
}
