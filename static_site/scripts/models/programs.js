import { Emitter } from "../lib/emitter.js";
import { t } from "../lib/i18n.js";
import { nameProblem } from "./text.js";

/**
 * Programs of one kind that may write: the hooks of a room, or the bots of somebody. Emits "change". What cannot be rejects
 * with a sentence.
 */
export class Programs extends Emitter {
  all = null; // until the service has answered
  #kind;
  #ask;
  #opened = 0; // how often other ones were opened: what was begun before that is about others
  #loading = null;

  /** `kind` is "hooks" or "bots"; `list()`, `make(name, hours)` and `end(id)` ask the service, and answer with `{id, name}` and more. */
  constructor(kind, { list, make, end }) {
    super();
    this.#kind = kind;
    this.#ask = { list, make, end };
  }

  /** Loads what there is now. */
  async load() {
    this.clear();
    const opened = this.#opened;
    this.#loading = this.#ask.list();
    const found = await this.#loading;
    if (opened === this.#opened) this.#take(found);
  }

  /** Forgets what is there, and what was asked for. */
  clear() {
    this.#opened += 1;
    this.#take(null);
  }

  /** Makes one, and resolves with all that the service tells of it this once; with null if other ones were opened meanwhile. */
  async make(typed, hours) {
    const wrong = typed.trim() === "" ? t("programs.nameless") : nameProblem(typed);
    if (wrong) throw new Error(wrong);
    const opened = this.#opened;
    const made = await this.#ask.make(typed.trim(), hours).catch((error) => this.#refused(error));
    await this.#loading?.catch(() => []); // a list that is still on its way may not have it
    if (opened !== this.#opened) return null;
    this.#take([...(this.all ?? []).filter(({ id }) => id !== made.id), made]);
    return made;
  }

  /** Ends one for good; that somebody else ended it meanwhile is as good. */
  async end(id) {
    const opened = this.#opened;
    try {
      await this.#ask.end(id);
    } catch (error) {
      if (error.code !== "not_found") throw error;
    }
    if (opened === this.#opened) this.#take(this.all.filter((one) => one.id !== id));
  }

  /** The service says "conflict" of nothing else than too many. */
  #refused(error) {
    throw error.code === "conflict" ? Object.assign(error, { message: t(`programs.most.${this.#kind}`) }) : error;
  }

  #take(all) {
    this.all = all;
    this.emit("change");
  }
}
