import { wholeFiles } from "./file_parts.js";
import { isShown } from "./pictures.js";

/** The pictures of a room's messages in their order, one of which is looked at. */
export class Gallery {
  #pictures;
  #index;

  /** `messages` are those of the log; `id` is the picture to begin with. */
  constructor(messages, id) {
    this.#pictures = messages.flatMap(({ files = [], user }) => wholeFiles(files).filter(isShown).map((file) => Object.assign({ user }, file)));
    this.#index = this.#pictures.findIndex((picture) => picture.id === id);
  }

  get picture() {
    return this.#pictures[this.#index] ?? null;
  }

  /** Where this one is among all, from 1 on. */
  get place() {
    return { number: this.#index + 1, of: this.#pictures.length };
  }

  /** Goes `by` pictures on; false at the end. */
  step(by) {
    if (!this.#pictures[this.#index + by]) return false;
    this.#index += by;
    return true;
  }
}
