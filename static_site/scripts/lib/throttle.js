/** Runs something at once when it is asked for, and then at most once in so many ms: what is asked for meanwhile is one run at the end. */
export class Throttle {
  #run;
  #pauseMs;
  #timer = null;
  #due = false;

  constructor(run, pauseMs) {
    this.#run = run;
    this.#pauseMs = pauseMs;
  }

  ask() {
    if (this.#timer === null) this.now();
    else this.#due = true;
  }

  /** Runs it without a pause before. */
  now() {
    clearTimeout(this.#timer);
    this.#due = false;
    this.#timer = setTimeout(() => this.#rested(), this.#pauseMs);
    this.#run();
  }

  /** Runs what was asked for and has not been run. */
  flush() {
    if (this.#due) this.now();
  }

  #rested() {
    this.#timer = null;
    this.flush();
  }
}
