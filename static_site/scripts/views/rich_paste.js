import { inertDocument } from "../lib/inert_document.js";
import { inCode } from "../models/completion.js";
import { linked } from "../models/formatting.js";
import { richText } from "../models/markup/rich_text.js";

const MAX_HTML_LENGTH = 1_000_000; // characters
const BEGINNING = 4_000; // where the first element is, in characters: a longer one could take the pattern below forever
const BEGINS_BLOCK = /^(?:#{1,3} |> |[-*] |\d+\. |```|\|)/;
const CODE_EDITOR = /^(?:\s|<[^>]*>)*<(?:div|span)[^>]*font-family:[^>]*white-space:\s*pre/i; // what an editor of code copies, in colours

/** Pastes rich text with the page's marks, and an address on selected words as their link; with Shift held, just the text. */
export class RichPaste {
  #box;
  #plain = false; // as it was asked for with the last key

  constructor(box) {
    this.#box = box;
    box.listen("keydown", ({ key, shiftKey }) => (this.#plain = shiftKey && key.toLowerCase() === "v"));
    box.listen("paste", (event) => this.#paste(event));
  }

  #paste(event) {
    const { text, start, end } = this.#box.state;
    if (event.defaultPrevented || this.#plain || inCode(text.slice(0, start), start)) return;
    const plain = event.clipboardData.getData("text/plain").trim();
    const made = linked({ text, start, end }, plain) ?? this.#rich({ text, start, end }, event.clipboardData.getData("text/html"), plain);
    if (made === null) return;
    event.preventDefault();
    this.#box.put(made);
  }

  /** The text with what was pasted in it; null if it has no marks, and so is pasted as the browser does. */
  #rich({ text, start, end }, html, plain) {
    if (html === "" || html.length > MAX_HTML_LENGTH || CODE_EDITOR.test(html.slice(0, BEGINNING))) return null;
    const words = richText(inertDocument(html).body);
    if (words === "" || bare(words) === bare(plain)) return null;
    const [before, after] = [text.slice(0, start), text.slice(end)];
    const apart = words.includes("\n") || BEGINS_BLOCK.test(words);
    const ahead = apart && before !== "" && !before.endsWith("\n") ? "\n" : "";
    const behind = apart && after !== "" && !after.startsWith("\n") ? "\n" : "";
    const made = before + ahead + words + behind;
    return { text: made + after, start: made.length, end: made.length };
  }
}

function bare(text) {
  return text.replace(/\s+/g, "");
}
