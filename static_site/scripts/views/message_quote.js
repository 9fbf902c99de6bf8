import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { quotedLine } from "../models/quotes.js";
import { spoken } from "./spoken.js";

/** The line of a reply that says what it answers, and leads there. `original` is that message, if it is known here. */
export function messageQuote({ replyTo }, original, onOpen) {
  const words = quotedLine(replyTo, original);
  const name = h("bdi", { class: "quote-author" }, replyTo.user.name);
  const button = h("button", { class: "quote", type: "button", "data-reply-to": replyTo.seq, title: t("quote.go") });
  const text = h("span", { class: "quote-text", dir: "auto" }, words);
  button.append(...spoken("quote.says", { name, text }));
  button.toggleAttribute("data-gone", Boolean(original?.deleted));
  button.addEventListener("click", () => onOpen(replyTo.seq));
  return button;
}
