import { Emitter } from "../lib/emitter.js";

const CHECK_INTERVAL_MS = 60 * 60_000;

/** Watches for a new version of the page, which waits in a service worker until somebody takes it. Emits "ready". */
export class Updates extends Emitter {
  #container;
  #registration = null;
  #asked = false;
  #checkedAt = performance.now();

  /** `registering` resolves with the registration or null; `attention` tells when somebody begins to look. */
  constructor({ registering, attention, container = navigator.serviceWorker, reload = () => location.reload() }) {
    super();
    this.#container = container;
    const was = container?.controller;
    container?.addEventListener("controllerchange", () => {
      if (this.#asked) reload();
      else if (was) this.emit("ready"); // another tab took it
    });
    attention.on("look", () => this.#checkIfOld());
    registering.then((registration) => registration && this.#follow(registration));
  }

  /** Loads the page anew with the new version; what was written is kept by the page. */
  take() {
    this.#asked = true;
    const waiting = this.#registration?.waiting;
    if (waiting) waiting.postMessage("activate", []);
    else location.reload();
  }

  #follow(registration) {
    this.#registration = registration;
    if (registration.waiting) this.#waits(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const { installing } = registration;
      installing?.addEventListener("statechange", () => this.#waits(installing));
    });
  }

  /** The first version of all replaces none. */
  #waits({ state }) {
    if (state === "installed" && this.#container.controller) this.emit("ready");
  }

  /** A browser looks for a new version when a page is opened; this one may stay open for days. */
  #checkIfOld() {
    if (performance.now() - this.#checkedAt < CHECK_INTERVAL_MS) return;
    this.#checkedAt = performance.now();
    this.#registration?.update().catch((error) => console.info("No new version was looked for.", error.message));
  }
}
