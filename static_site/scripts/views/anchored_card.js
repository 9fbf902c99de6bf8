import { byId } from "../lib/dom.js";
import { listenToMenuKeys } from "./menu_keys.js";

const GAP_PX = 8;
const REOPEN_PAUSE_MS = 200;
const STOPS = "a[href], button:not(:disabled), summary"; // of Tab, in a card

/**
 * A card beside the button that opens it: follows the log, closes on Escape, on a click outside and when Tab leads out of it,
 * and restores the focus. If it is a menu, every Tab does.
 */
export class AnchoredCard {
  #card;
  #opener = null;
  #origin = null; // of the opener: its message and what button it is
  #closedFor = null;
  #above = false;

  constructor(card, { menu = false } = {}) {
    this.#card = card;
    card.addEventListener("keydown", (event) => event.key === "Tab" && this.#tab(event, menu));
    if (menu) listenToMenuKeys(card);
    card.addEventListener("beforetoggle", ({ newState }) => newState === "closed" && this.#closed());
    byId("log").addEventListener("scroll", () => this.#follow(), { passive: true });
    addEventListener("resize", () => this.#follow());
    new ResizeObserver(() => this.#follow({ turn: false })).observe(card); // content that expands does not flip the card to the other side
  }

  /** Opens with these elements; pressed again, the button closes it. */
  toggle(opener, content) {
    const again = this.#opener === opener || this.#closedFor === opener;
    this.#closedFor = null;
    this.close();
    if (again) return;
    this.#card.replaceChildren(...content);
    this.#card.showPopover();
    this.#opener = opener;
    this.#origin = { id: opener.closest("article")?.dataset.clientId, name: opener.classList[0] };
    opener.setAttribute("aria-expanded", "true");
    this.#follow();
    (this.#card.querySelector("[autofocus]") ?? this.#card).focus({ preventScroll: true });
  }

  get isOpen() {
    return this.#card.matches(":popover-open");
  }

  close() {
    if (this.#card.matches(":popover-open")) this.#card.hidePopover();
    this.#closedFor = null; // nobody clicked outside, so the next click on the button opens it
  }

  /** The focus goes back to the button. From there Tab goes on as without the card; backwards, the button is before the card. */
  #tab(event, menu) {
    const stops = [...this.#card.querySelectorAll(STOPS)].filter((stop) => stop.checkVisibility());
    const ends = event.shiftKey ? [this.#card, stops[0]] : [stops.at(-1) ?? this.#card];
    if (!menu && !ends.includes(event.target)) return;
    if (!menu && event.shiftKey) event.preventDefault();
    this.close();
  }

  /** A click outside closes the card; if it was on the card's own button, it must not open it again. */
  #closed() {
    const opener = this.#standing();
    this.#opener = null;
    if (!opener) return;
    opener.setAttribute("aria-expanded", "false");
    if (this.#card.contains(document.activeElement)) opener.focus({ preventScroll: true });
    this.#closedFor = opener;
    setTimeout(() => {
      this.#closedFor = null;
    }, REOPEN_PAUSE_MS);
  }

  /** Stays beside its message while the log moves, and closes when that has gone. */
  #follow({ turn = true } = {}) {
    if (!this.#opener) return;
    this.#opener = this.#standing();
    const anchor = this.#opener?.getBoundingClientRect();
    const log = byId("log").getBoundingClientRect();
    if (!anchor || anchor.bottom < log.top || anchor.top > log.bottom) this.close();
    else this.#place(anchor, turn);
  }

  /** The button itself, or the one that took its place when its message changed. */
  #standing() {
    if (!this.#opener || this.#opener.isConnected) return this.#opener;
    return document.querySelector(`article[data-client-id="${CSS.escape(this.#origin.id)}"] .${this.#origin.name}`);
  }

  #place(anchor, turn) {
    const { offsetWidth: width, offsetHeight: height } = this.#card;
    const below = anchor.bottom + GAP_PX;
    const lowest = innerHeight - GAP_PX - height;
    if (turn) this.#above = below > lowest;
    const top = Math.max(GAP_PX, this.#above ? anchor.top - GAP_PX - height : Math.min(below, lowest));
    const start = document.documentElement.dir === "rtl" ? anchor.right - width : anchor.left;
    const left = Math.max(GAP_PX, Math.min(start, innerWidth - width - GAP_PX));
    this.#card.style.setProperty("top", `${top}px`);
    this.#card.style.setProperty("left", `${left}px`);
  }
}
