import { byId } from "../lib/dom.js";
import { withNames } from "../models/mentions.js";

const KEEPS = ".message-more, .menu-item"; // what is pressed to quote what is selected

/** What is selected of a message's text in the log, if the whole selection is in it; otherwise all of it. */
export function quotedPart(message) {
  const selection = getSelection();
  const text = byId("log-rows").querySelector(`article[data-seq="${message.seq}"] .message-text`);
  const within = text && !selection.isCollapsed && text.contains(selection.anchorNode) && text.contains(selection.focusNode);
  return (within && selection.toString().trim()) || withNames(message);
}

/** A press on a message's menu leaves what is selected in the message as it is. */
export function keepSelection() {
  for (const box of [byId("log-rows"), byId("message-menu")]) {
    box.addEventListener("mousedown", (event) => event.target.closest(KEEPS) && event.preventDefault());
  }
}
