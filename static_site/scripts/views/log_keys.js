import { byId } from "../lib/dom.js";

const PARTS = "a[href], button, summary, audio, video, [tabindex]";
const WITH_KEYS = "audio, video"; // of their own
const SCROLLED = "pre, .table-scroll"; // arrow keys move within
const NOT_LEFT = "dialog, [popover]"; // what opens over the log goes back to it

/**
 * Keys in the log, which is one stop of Tab: up and down go from message to message, and Enter or the arrow towards the end of a line
 * goes into one. Then Tab and the arrow keys go through its parts, until the focus is elsewhere. `r` replies to the message.
 */
export class LogKeys {
  #log = byId("log");
  #rows = byId("log-rows");
  #current = null; // the message in which the focus was last
  #entered = null; // the one whose parts are stops

  constructor({ reply }) {
    this.#log.addEventListener("keydown", (event) => this.#key(event, reply));
    document.addEventListener("focusin", ({ target }) => this.#focused(target));
    new MutationObserver((changes) => this.#take(changes)).observe(this.#rows, { childList: true, subtree: true });
  }

  /** What comes into a message is a stop as the rest of that message is. */
  #take(changes) {
    for (const { addedNodes } of changes) for (const node of addedNodes) {
      const article = node.isConnected && (node.closest?.("article") ?? null);
      if (article) stops([...(node.matches(PARTS) ? [node] : []), ...node.querySelectorAll(PARTS)], article === this.#entered);
    }
  }

  #focused(target) {
    const article = this.#rows.contains(target) ? target.closest("article") : null;
    if (article) this.#current = article;
    if (article || !target.closest(NOT_LEFT)) this.#enter(target === article ? null : article);
  }

  #enter(article) {
    if (article === this.#entered) return;
    if (this.#entered) stops(this.#entered.querySelectorAll(PARTS), false);
    if (article) stops(article.querySelectorAll(PARTS), true);
    this.#entered = article;
  }

  #key(event, reply) {
    const { key, target, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (event.defaultPrevented || altKey || ctrlKey || metaKey) return;
    const seq = Number(target.closest("article")?.dataset.seq ?? 0);
    const next = shiftKey ? null : this.#next(key, target);
    if (next?.matches("article")) next.tabIndex = -1;
    if (next) next.focus();
    else if (key.toLowerCase() === "r" && seq > 0) reply(seq);
    else return;
    event.preventDefault();
  }

  /** What a key leads to; null if it does what it does anyway, which is to scroll at the ends of what is in the document. */
  #next(key, target) {
    const rightToLeft = getComputedStyle(this.#log).direction === "rtl";
    const [into, back] = rightToLeft ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
    if (target === this.#log) return ["ArrowUp", "ArrowDown", into].includes(key) ? this.#inView() : null;
    const article = target.closest("article");
    if (!article || target.matches(WITH_KEYS)) return null;
    if (key === "ArrowUp" || key === "ArrowDown") return beside(article, key === "ArrowUp" ? "previousElementSibling" : "nextElementSibling");
    const parts = [...article.querySelectorAll(PARTS)].filter((part) => part.checkVisibility());
    if (target === article) return key === "Enter" || key === into ? parts[0] : null;
    if (target.matches(SCROLLED) && target.scrollWidth > target.clientWidth) return null;
    const at = parts.indexOf(target);
    return { [into]: parts[at + 1], [back]: parts[at - 1] ?? article }[key];
  }

  /** The message in which the focus was last, if it is on the screen; otherwise the lowest one that is. */
  #inView() {
    const { top, bottom } = this.#log.getBoundingClientRect();
    const isSeen = (article) => {
      const box = article.getBoundingClientRect();
      return box.top < bottom && box.bottom > top;
    };
    if (this.#current?.isConnected && isSeen(this.#current)) return this.#current;
    return [...this.#rows.querySelectorAll("article")].findLast(isSeen);
  }
}

function stops(parts, areStops) {
  for (const part of parts) part.tabIndex = areStops ? 0 : -1;
}

function beside(article, way) {
  let next = article[way];
  while (next && !next.matches("article")) next = next[way];
  return next;
}
