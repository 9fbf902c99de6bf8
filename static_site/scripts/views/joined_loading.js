import { assign, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { icon } from "./icons.js";

/** Loading a file that came in parts: the button that begins it stops it meanwhile, and a bar says how far it is. */
export class JoinedLoading {
  #joined;
  #room;
  #file;
  #place;
  #running = null; // {button, abort}

  /** `joined` are `JoinedFiles`; `place` is what the bar takes the place of, so that nothing moves. */
  constructor({ joined, room, file, place }) {
    this.#joined = joined;
    this.#room = room;
    this.#file = file;
    this.#place = place;
  }

  /** Resolves with the file, or null if it was stopped, by another press of the `button`, whose icon is in `mark`. */
  async run(button, mark) {
    if (this.#running) {
      if (this.#running.button === button) this.#running.abort.abort();
      return null;
    }
    const abort = new AbortController();
    this.#running = { button, abort };
    const bar = h("progress", { max: 1, value: 0, "aria-label": t("files.loading.of", { name: this.#file.name }) });
    const restore = this.#begin(bar, button, mark);
    try {
      return await this.#joined.whole(this.#room, this.#file, { signal: abort.signal, onProgress: (progress) => (bar.value = progress) });
    } catch (error) {
      if (abort.signal.aborted) return null;
      throw error;
    } finally {
      this.#running = null;
      restore();
    }
  }

  #begin(bar, button, mark) {
    const stop = t("files.loading.cancel", { name: this.#file.name });
    const named = Object.fromEntries(["title", "aria-label"].map((name) => [name, button.getAttribute(name)]));
    const sign = mark.firstElementChild;
    const words = [...this.#place.childNodes];
    assign(button, { title: stop, "aria-label": stop });
    sign.replaceWith(icon("close"));
    this.#place.replaceChildren(bar);
    return () => {
      assign(button, named);
      mark.firstElementChild.replaceWith(sign);
      this.#place.replaceChildren(...words);
    };
  }
}
