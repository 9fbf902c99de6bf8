import { intl, t } from "../lib/i18n.js";
import { MAX_FILE_BYTES } from "./file_words.js";
import { partsOf } from "./file_parts.js";

/** Uploads what leaves of a file, in parts if it is too large for the service, one after the other: so nothing of it is in memory. */
export class FileUpload {
  #offer;
  #post;
  #pause;
  #now;
  #most;

  /**
   * `offer(room, {name, type, bytes})` asks for a form, `post(upload, blob, {onProgress, signal})` posts it; `pause(ms, signal)` waits.
   * `most` is how many bytes a part has.
   */
  constructor({ offer, post, pause, now, most = MAX_FILE_BYTES }) {
    this.#offer = offer;
    this.#post = post;
    this.#pause = pause;
    this.#now = now;
    this.#most = most;
  }

  /**
   * Resolves with the files of the service, `{id, name, type, bytes}`. Those that are in `done` are there already, and each that gets
   * there is added. `onProgress` hears of the whole, from 0 to 1, `onWait` why nothing happens, or null.
   */
  async run(room, blob, { name, type, done, signal, onProgress, onWait }) {
    const parts = partsOf(name, blob.size, this.#most);
    for (const { name: own, start, end } of parts.slice(done.length)) {
      const about = { name: own, type: parts.length > 1 ? "application/octet-stream" : type, bytes: end - start };
      const { id, upload } = await this.#offered(room, about, { signal, onWait });
      signal.throwIfAborted();
      const told = (progress) => onProgress((start + progress * (end - start)) / blob.size);
      await this.#post(upload, parts.length > 1 ? blob.slice(start, end) : blob, { onProgress: told, signal });
      done.push({ id, ...about });
    }
    return done;
  }

  /** Somebody who has uploaded a lot waits as long as the service says. */
  async #offered(room, about, { signal, onWait }) {
    for (;;) {
      signal.throwIfAborted();
      try {
        return await this.#offer(room, about);
      } catch (error) {
        if (error.code !== "rate_limited" || !(error.retryAfter > 0)) throw error;
        const until = new Date(this.#now() + error.retryAfter * 1000);
        onWait(t("files.enough", { time: intl("DateTimeFormat", { timeStyle: "short" }).format(until) }));
        await this.#pause(error.retryAfter * 1000, signal);
        onWait(null);
      }
    }
  }
}
