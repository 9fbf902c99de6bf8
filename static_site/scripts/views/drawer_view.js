import { byId } from "../lib/dom.js";
import { icon } from "./icons.js";

/** On a phone the room list is a drawer over the room; on a desktop it is always there. */
export class DrawerView {
  #shell = byId("chat");
  #open = byId("drawer-open");
  #close = byId("drawer-close");
  #backdrop = byId("drawer-backdrop");
  #narrow = matchMedia("(width < 48rem)");

  constructor() {
    this.#open.append(icon("menu"));
    this.#close.append(icon("close"));
    this.#open.addEventListener("click", () => this.#set(true));
    this.#close.addEventListener("click", () => this.close());
    this.#backdrop.addEventListener("click", () => this.close());
    this.#narrow.addEventListener("change", () => this.#set(false));
    this.#set(false);
  }

  get isOpen() {
    return this.#shell.dataset.drawer === "open";
  }

  close() {
    if (!this.isOpen) return;
    this.#set(false);
    this.#open.focus();
  }

  #set(open) {
    this.#shell.dataset.drawer = open ? "open" : "closed";
    this.#open.setAttribute("aria-expanded", String(open));
    this.#backdrop.hidden = !open;
    byId("sidebar").inert = this.#narrow.matches && !open;
    byId("room").inert = open;
    if (open) this.#close.focus();
  }
}
