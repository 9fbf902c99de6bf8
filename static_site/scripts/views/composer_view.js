import { byId } from "../lib/dom.js";
import { LONGEST_TEXT, cleanText, countCodePoints } from "../models/text.js";
import { icon } from "./icons.js";

const COUNT_FROM = 3_600;
const TALLEST = 0.35; // of the window

/** The box in which a message is written. `onSend(room, text)` takes a clean text that the service will accept. */
export class ComposerView {
  #form = byId("composer");
  #text = byId("message");
  #count = byId("composer-count");
  #notice = byId("composer-notice");
  #drafts;
  #onSend;
  #room = null;

  constructor({ drafts, onSend }) {
    this.#drafts = drafts;
    this.#onSend = onSend;
    byId("send").append(icon("send"));
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#text.addEventListener("input", () => this.#typed());
    this.#text.addEventListener("keydown", (event) => this.#key(event));
  }

  open(room) {
    this.#room = room;
    this.#text.value = this.#drafts.get(room);
    this.#text.placeholder = `Message ${room}`;
    this.say("");
    this.#refresh();
  }

  focus() {
    this.#text.focus();
  }

  /** Says something about writing where the person writes; an empty text takes it away. */
  say(words) {
    this.#notice.textContent = words;
  }

  /** Enter sends; with Shift it is a new line, and while an input method composes it belongs to that. */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  #submit(event) {
    event.preventDefault();
    const text = cleanText(this.#text.value);
    const length = countCodePoints(text);
    if (length > LONGEST_TEXT) {
      const over = length - LONGEST_TEXT;
      this.say(`This is ${over} ${over === 1 ? "character" : "characters"} longer than a message can be. Shorten it, or send it in two parts.`);
    } else if (length > 0) {
      this.#text.value = "";
      this.#drafts.set(this.#room, "");
      this.#refresh();
      this.#onSend(this.#room, text);
    }
    this.#text.focus();
  }

  #typed() {
    this.#drafts.set(this.#room, this.#text.value);
    this.say("");
    this.#refresh();
  }

  #refresh() {
    const length = countCodePoints(cleanText(this.#text.value));
    const left = LONGEST_TEXT - length;
    this.#count.textContent = length < COUNT_FROM ? "" : left >= 0 ? `${left} left` : `${-left} too many`;
    this.#form.toggleAttribute("data-over", left < 0);
    this.#text.setAttribute("aria-invalid", String(left < 0));
    this.#form.toggleAttribute("data-empty", length === 0);
    this.#text.style.setProperty("height", "auto");
    this.#text.style.setProperty("height", `${Math.min(this.#text.scrollHeight, innerHeight * TALLEST)}px`);
  }
}
