import { Emitter } from "../lib/emitter.js";

const CHECK_INTERVAL_MS = 60 * 60_000;
const TAKE_OVER_MS = 2_000; // a worker that is busy may be replaced later; the page gets the new version from the network then

/**
 * Watches for a new version of the page, which waits in a service worker until somebody takes it. Emits "ready", unless this
 * page is that version already: one that was opened since.
 */
export class Updates extends Emitter {
  #container;
  #reload;
  #registration = null;
  #asked = false;
  #isNew = false;
  #checkedAt = performance.now();

  /** `registering` resolves with the registration or null; `attention` tells when somebody begins to look. */
  constructor({ registering, attention, container = navigator.serviceWorker, reload = () => location.reload() }) {
    super();
    this.#container = container;
    this.#reload = reload;
    const was = container?.controller;
    container?.addEventListener("controllerchange", () => {
      if (this.#asked) this.#reload();
      else if (was && !this.#isNew) this.emit("ready"); // another tab took it
    });
    attention.on("look", () => this.#checkIfOld());
    registering.then((registration) => registration && this.#follow(registration));
  }

  /** Loads the page anew with the new version; what was written is kept by the page. */
  take() {
    this.#asked = true;
    this.#registration?.waiting?.postMessage("activate", []);
    setTimeout(() => this.#reload(), TAKE_OVER_MS);
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
  async #waits(worker) {
    if (worker.state !== "installed" || !this.#container.controller) return;
    this.#isNew = await ask(worker, "mine?");
    if (this.#isNew) worker.postMessage("activate", []);
    else this.emit("ready");
  }

  /** A browser looks for a new version when a page is opened; this one may stay open for days. */
  #checkIfOld() {
    if (performance.now() - this.#checkedAt < CHECK_INTERVAL_MS) return;
    this.#checkedAt = performance.now();
    this.#registration?.update().catch((error) => console.info("No new version was looked for.", error.message));
  }
}

/** What a service worker answers. */
function ask(worker, question) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", ({ data }) => resolve(data), { once: true });
    port1.start();
    worker.postMessage(question, [port2]);
  });
}
