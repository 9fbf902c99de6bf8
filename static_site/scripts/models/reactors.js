import { listed, t } from "../lib/i18n.js";


const MAX_KEPT = 100;
const NAMES_IN_LINE = 10;

/** Who reacted to messages: asked for when somebody wants to know, and kept until the reactions change. */
export class Reactors {
  #ask;
  #kept = new Map(); // room, message and its state -> promise of the answer

  /** `ask(room, seq)` asks the service for `{reactions: [{emoji, count, people}]}`. */
  constructor(ask) {
    this.#ask = ask;
  }

  /** Resolves with `[{emoji, count, people}]` of a message; rejects as the service does. */
  of({ room, seq, at }) {
    const key = `${room} ${seq} ${at}`;
    if (!this.#kept.has(key)) {
      const asked = this.#ask(room, seq).then(({ reactions }) => reactions);
      asked.catch(() => this.#kept.delete(key));
      this.#kept.set(key, asked);
      if (this.#kept.size > MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value);
    }
    return this.#kept.get(key);
  }
}

/** "You, Ada and 3 more"; `me` is who reads it. */
export function namesLine({ people, count }, me) {
  const own = people.some(({ id }) => id === me) ? [t("reactors.you")] : [];
  const others = people.filter(({ id }) => id !== me).map(({ name }) => name);
  const shown = [...own, ...others].slice(0, NAMES_IN_LINE);
  const rest = count - shown.length;
  return listed(rest > 0 ? [...shown, t("reactors.rest", { count: rest })] : shown);
}
