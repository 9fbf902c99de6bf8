import { byId, h } from "../lib/dom.js";

const GAP = 8;
const NUMBER = new Intl.NumberFormat(undefined, { signDisplay: "exceptZero", minimumFractionDigits: 2, maximumFractionDigits: 2 });
const PERCENT = new Intl.NumberFormat(undefined, { style: "percent" });

/** The card that says how a message was read: label, score, confidence and the words that moved it. */
export class UndertoneCard {
  #card = byId("undertone");
  #opener = null;
  #closedFor = null;

  constructor() {
    this.#card.addEventListener("beforetoggle", ({ newState }) => newState === "closed" && this.#closed());
    byId("log").addEventListener("scroll", () => this.#follow(), { passive: true });
    addEventListener("resize", () => this.#follow());
  }

  /** Opens for the message whose button was pressed; pressed again, it closes. */
  toggle(opener, message) {
    const again = this.#opener === opener || this.#closedFor === opener;
    this.#closedFor = null;
    this.close();
    if (!again) this.#open(opener, message);
  }

  close() {
    if (this.#card.matches(":popover-open")) this.#card.hidePopover();
  }

  #open(opener, message) {
    this.#card.replaceChildren(...this.#content(message));
    this.#card.dataset.label = message.sentiment.label;
    this.#card.showPopover();
    this.#opener = opener;
    opener.setAttribute("aria-expanded", "true");
    this.#follow();
    this.#card.focus({ preventScroll: true });
  }

  /** The press that closes the card from outside may be one on its own button, which must not open it again. */
  #closed() {
    const opener = this.#opener;
    if (!opener) return;
    this.#opener = null;
    opener.setAttribute("aria-expanded", "false");
    if (this.#card.contains(document.activeElement)) opener.focus({ preventScroll: true });
    this.#closedFor = opener;
    setTimeout(() => {
      this.#closedFor = null;
    }, 200);
  }

  /** Stays beside its message while the log moves, and closes when that has gone. */
  #follow() {
    if (!this.#opener) return;
    const anchor = this.#opener.getBoundingClientRect();
    const log = byId("log").getBoundingClientRect();
    const gone = !this.#opener.isConnected || anchor.bottom < log.top || anchor.top > log.bottom;
    if (gone) this.close();
    else this.#place(anchor);
  }

  #place(anchor) {
    const { offsetWidth: width, offsetHeight: height } = this.#card;
    const below = anchor.bottom + GAP;
    const top = below + height <= innerHeight - GAP ? below : Math.max(GAP, anchor.top - GAP - height);
    const left = Math.min(Math.max(GAP, anchor.left), innerWidth - width - GAP);
    this.#card.style.setProperty("top", `${top}px`);
    this.#card.style.setProperty("left", `${left}px`);
  }

  #content({ sentiment, labels }) {
    const { label, score, confidence, because, model } = sentiment;
    return [
      h("h2", { id: "undertone-title" }, `Reads as ${label}`),
      this.#scale(score),
      h("p", {}, `Score ${NUMBER.format(score)}, on a scale from −1 to +1. ${PERCENT.format(confidence)} sure.`),
      because?.length > 0 && this.#because(because),
      this.#readers(labels),
      h("p", { class: "undertone-model" }, `Model ${model}`),
    ].filter(Boolean);
  }

  #scale(score) {
    const marker = h("span", { class: "undertone-marker" });
    marker.style.setProperty("--at", `${(50 + score * 50).toFixed(1)}%`);
    return h("div", { class: "undertone-scale", "aria-hidden": "true" }, marker);
  }

  #because(reasons) {
    const items = reasons.map(([words, weight]) => {
      const amount = h("span", { class: "undertone-weight" }, NUMBER.format(weight));
      return h("li", { "data-label": weight >= 0 ? "positive" : "negative" }, h("bdi", {}, words), amount);
    });
    return h("div", {}, h("h3", {}, "Because of"), h("ul", { class: "undertone-because" }, ...items));
  }

  #readers(labels) {
    const counts = Object.entries(labels ?? {}).filter(([, count]) => count > 0);
    if (counts.length === 0) return null;
    return h("p", {}, `Readers say: ${counts.map(([label, count]) => `${count} ${label}`).join(", ")}.`);
  }
}
