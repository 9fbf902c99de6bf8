/** Runs something once before the browser's next frame, however often it is asked for; at once where there are no frames. */
export class NextFrame {
  #run;
  #due = false;
  #frame = 0;

  constructor(run) {
    this.#run = run;
    // A hidden page has no frames: what waits for one runs now, so that title and notifications are right.
    document.addEventListener("visibilitychange", () => document.hidden && this.#now());
  }

  ask() {
    if (this.#due) return;
    this.#due = true;
    if (document.hidden) queueMicrotask(() => this.#now());
    else this.#frame = requestAnimationFrame(() => this.#now());
  }

  /** What was asked for has been done, and needs no frame any more. */
  done() {
    this.#due = false;
    cancelAnimationFrame(this.#frame);
  }

  #now() {
    if (!this.#due) return;
    this.#due = false;
    this.#run();
  }
}

/** Runs something once the browser has drawn its next frame. */
export function afterFrame(run) {
  const drawn = new MessageChannel();
  drawn.port1.addEventListener("message", run, { once: true });
  drawn.port1.start();
  requestAnimationFrame(() => drawn.port2.postMessage(null));
}
