import { t } from "../lib/i18n.js";
import { wait } from "../lib/timers.js";

const TRIES = 3; // of each part
const REST_MS = 1_500; // before another one, and twice as long before the last

/** Files that were uploaded in parts, loaded and put together. The last one is kept, for who plays it and then saves it. */
export class JoinedFiles {
  #addresses;
  #load;
  #pause;
  #last = null; // {id, blob}

  /** `addresses` are `FileAddresses`; `load(address, {onProgress, signal})` resolves with a blob, and tells how many bytes are there. */
  constructor({ addresses, load, pause = wait }) {
    this.#addresses = addresses;
    this.#load = load;
    this.#pause = pause;
  }

  /** Resolves with the whole file; `onProgress` hears how much of it is there, from 0 to 1. What fails is tried again; what is called off rejects. */
  async whole(room, file, { onProgress, signal }) {
    if (this.#last?.id === file.id) return this.#last.blob;
    const blobs = [];
    let loaded = 0;
    for (const part of file.parts) {
      const before = loaded;
      blobs.push(await this.#part(room, part, { onProgress: (bytes) => onProgress((before + bytes) / file.bytes), signal }));
      loaded += part.bytes;
    }
    const blob = new Blob(blobs, { type: file.plays ? file.type : "application/octet-stream" });
    this.#last = { id: file.id, blob };
    return blob;
  }

  forget() {
    this.#last = null;
  }

  async #part(room, { id, bytes }, { onProgress, signal }) {
    for (let tries = 1; ; tries += 1) {
      try {
        signal.throwIfAborted();
        const address = await (tries === 1 ? this.#addresses.of(room, id) : this.#addresses.anew(room, id));
        const blob = await this.#load(address, { onProgress, signal });
        if (blob.size !== bytes) throw new Error(t("files.incomplete"));
        return blob;
      } catch (error) {
        if (signal.aborted) throw error;
        if (tries === TRIES) throw error instanceof TypeError ? new Error(t("files.broken_off"), { cause: error }) : error; // fetch has no sentence for people
        await this.#pause(REST_MS * tries, signal);
      }
    }
  }
}
