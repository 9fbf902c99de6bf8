/**
 * Runs something before the browser's next frame: at once, when the task that asks for it ends, and if it is asked for again
 * before that frame, once more with it. What has been scrolled at once is told with the same frame; otherwise it takes another one.
 */
export class NextFrame {
  #run;
  #due = false;
  #waiting = false; // for the frame

  constructor(run) {
    this.#run = run;
    // A hidden page has no frames: what waits for one runs now, so that title and notifications are right.
    document.addEventListener("visibilitychange", () => document.hidden && this.#now());
  }

  ask() {
    if (this.#due) return;
    this.#due = true;
    if (document.hidden || !this.#waiting) queueMicrotask(() => this.#now());
  }

  /** What was asked for has been done. */
  done() {
    this.#due = false;
  }

  #now() {
    if (!this.#due) return;
    this.#due = false;
    this.#wait();
    this.#run();
  }

  #wait() {
    if (this.#waiting || document.hidden) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      this.#now();
    });
  }
}

/** Runs something once the browser has drawn its next frame. */
export function afterFrame(run) {
  const drawn = new MessageChannel();
  drawn.port1.addEventListener("message", run, { once: true });
  drawn.port1.start();
  requestAnimationFrame(() => drawn.port2.postMessage(null));
}
