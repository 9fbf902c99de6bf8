import { byId, h } from "../lib/dom.js";
import { parts, t } from "../lib/i18n.js";

const NAMED = new Set(["alt", "ctrl", "enter", "esc", "shift", "tab"]); // keys whose names differ from language to language
const PAGE = [
  ["send", "enter"],
  ["newline", "shift", "enter"],
  ["edit", "↑"],
  ["complete", "@", ":"],
  ["format", "ctrl", "B", "I", "E"],
  ["tools", "alt", "T"],
  ["preview", "alt", "P"],
  ["messages", "↑", "↓"],
  ["reply", "R"],
  ["rooms", "alt", "↑", "↓"],
  ["search", "alt", "S"],
  ["room", "alt", "N"],
  ["pictures", "←", "→"],
  ["escape", "esc"],
  ["help", "?"],
];
const TEXT = [
  ["line", "**{strong}**", "*{emphasis}*", "~~{struck}~~"],
  ["code", "`{code}`"],
  ["block", "```python"],
  ["begin", "> {quote}", "- {item}", "1. {item}"],
  ["heading", "# {heading}"],
  ["table", "{item} | {item}", "--- | ---"],
  ["link", "[{words}](https://…)"],
];

/** The list of keyboard shortcuts, and of what can be written in a message. */
export function fillShortcuts() {
  const held = { up: key("↑"), down: key("↓"), enter: key("enter"), tab: key("tab") };
  const page = PAGE.map(([what, ...keys]) => line(keys.map(key), parts(`keys.${what}`, held)));
  const text = TEXT.map(([what, ...samples]) => line(samples.map(sample), parts(`keys.text.${what}`, { end: h("kbd", {}, "```") })));
  byId("shortcuts-page").replaceChildren(...page);
  byId("shortcuts-text").replaceChildren(...text);
}

function line(keys, words) {
  return h("div", {}, h("dt", {}, ...keys.flatMap((one) => [one, " "])), h("dd", {}, ...words));
}

function key(name) {
  return h("kbd", {}, NAMED.has(name) ? t(`key.${name}`) : name);
}

function sample(marks) {
  return h("kbd", { dir: "auto" }, marks.replace(/\{(\w+)\}/g, (_, word) => t(`keys.sample.${word}`)));
}
