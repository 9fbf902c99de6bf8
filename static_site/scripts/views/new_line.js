import { byId, hide } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { icon } from "./icons.js";
import { sideOf } from "./on_screen.js";

const BEFORE = 0.3; // of the height is for the messages before the line
const TOUCHES = ["wheel", "touchstart", "keydown", "pointerdown"];

/** The line before what is new in the open room. While it is above what is seen, a button leads there. */
export class NewLine {
  position = null; // the position after which messages are new, or null
  isArriving = false; // the room was just opened, and where the line is will be known in a moment
  #log;
  #scroll;
  #attention;
  #row;
  #onStay;
  #button = byId("log-first-unread");
  #wasSeen = true;

  /** `row` is the line as the log has it: `exists()`, its `element()` if that is in the document, `isAbove()` what is there, `bring()`. */
  constructor({ log, scroll, row, attention, onJump, onStay }) {
    this.#log = log;
    this.#scroll = scroll;
    this.#attention = attention;
    this.#row = row;
    this.#onStay = onStay;
    this.#button.append(icon("up"), t("log.first_unread"));
    this.#button.addEventListener("click", onJump);
    for (const name of TOUCHES) log.addEventListener(name, () => this.stay(), { passive: true });
  }

  get isShown() {
    return this.#row.exists();
  }

  /** Whether the line is above what is shown, and nobody has seen it yet. */
  get isUnseenAbove() {
    return !this.#wasSeen && this.#side() < 0;
  }

  begin(position) {
    this.position = position;
    this.isArriving = true;
    this.#wasSeen = false;
    this.#button.hidden = true;
  }

  arrived() {
    this.isArriving = false;
  }

  /** Whoever touches the log, or goes elsewhere in it, is not taken to the line any more. */
  stay() {
    if (!this.isArriving) return;
    this.isArriving = false;
    this.#onStay();
  }

  /** What is new begins elsewhere, where nobody has seen the line yet. */
  moveTo(position) {
    if (position === this.position) return;
    this.position = position;
    this.#wasSeen = false;
  }

  /** Nothing is new: the line will be behind what is read. */
  follow(position) {
    this.position = position;
  }

  /** Puts the line into sight, with some of what is before it. */
  show() {
    if (!this.isShown) return;
    this.#row.bring();
    const element = this.#row.element();
    const top = element.getBoundingClientRect().top - this.#log.getBoundingClientRect().top;
    this.#scroll.moveBy(top - this.#log.clientHeight * BEFORE);
  }

  /** Offers the way to the line; `isWhole` says that the log reaches back to it. */
  update(isWhole) {
    const side = this.#side();
    if (isWhole && side === 0 && this.#attention.visible && !this.isArriving) this.#wasSeen = true;
    const isAway = this.isShown && (side < 0 || !isWhole);
    hide(this.#button, this.isArriving || this.#wasSeen || !isAway);
  }

  #side() {
    const element = this.#row.element();
    if (element) return sideOf(this.#log, element);
    return this.isShown && this.#row.isAbove() ? -1 : 1;
  }
}
