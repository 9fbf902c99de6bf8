import { toClipboard } from "../lib/clipboard.js";
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { highlight } from "../models/markup/highlight.js";

const TURNING = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/;
const ANSWER_MS = 2_000;
const MOST_COLOURED = 100_000; // characters

/** Code with its language and a button that copies it. */
export function codeBlock({ language, text }) {
  const code = codeLines(text, language);
  const copy = h("button", { class: "code-copy", type: "button" }, t("code.copy"));
  copy.addEventListener("click", () => copyCode(copy, code, text));
  const label = language ? t("code.in", { language }) : t("code");
  const head = h("div", { class: "code-head" }, h("span", { class: "code-language", "aria-hidden": "true" }, language), copy);
  return h("div", { class: "code-block", dir: "ltr" }, head, h("pre", { tabindex: "0", role: "group", "aria-label": label }, code));
}

/** Code in its colours; what is very long has none, for each coloured word is an element. */
export function codeLines(text, language) {
  const pieces = highlight(text, text.length > MOST_COLOURED ? "" : language).map(({ kind, text: part }) => (kind ? h("span", { class: `code-${kind}` }, ...codeText(part)) : codeText(part)));
  return h("code", {}, ...pieces.flat());
}

/** Characters that nobody sees and that turn the code around them would show it as something else: they are spelled out. */
export function codeText(text) {
  return text.split(TURNING).filter(Boolean).map((part) => (TURNING.test(part) ? h("span", { class: "code-hidden" }, spelled(part)) : part));
}

function spelled(character) {
  return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Copies code, or selects it for who copies it by hand. */
async function copyCode(button, code, text) {
  const copied = await toClipboard(text);
  if (!copied) getSelection().selectAllChildren(code);
  button.textContent = t(copied ? "copied" : "code.selected");
  setTimeout(() => (button.textContent = t("code.copy")), ANSWER_MS);
}
