import { h } from "../lib/dom.js";
import { quotedLine } from "../models/quotes.js";

/** The line of a reply that says what it answers, and leads there. `original` is that message, if it is known here. */
export function messageQuote({ replyTo }, original, onOpen) {
  const words = quotedLine(replyTo, original);
  const name = h("bdi", { class: "quote-author" }, replyTo.user.name);
  const button = h("button", { class: "quote", type: "button", "data-reply-to": replyTo.seq, title: "Go to this message" });
  button.append(h("span", { class: "visually-hidden" }, "In reply to "), name, h("span", { class: "visually-hidden" }, ": "), h("span", { class: "quote-text", dir: "auto" }, words));
  button.toggleAttribute("data-gone", Boolean(original?.deleted));
  button.addEventListener("click", () => onOpen(replyTo.seq));
  return button;
}
