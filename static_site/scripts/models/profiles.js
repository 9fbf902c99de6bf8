import { Emitter } from "../lib/emitter.js";

const OLD_MS = 600_000; // a log that is read shows the same people over and over
const OLD_IN_LISTS_MS = 60_000;
const PAUSE_MS = 150; // so that the people of a whole screen are one question
const MOST = 100; // of one question, as the service allows
const ID = /^[\w.:-]{1,64}$/;

/**
 * What people say of themselves and their pictures, known by their ids. Whoever is shown is asked for, many at once, and again when what is
 * known is old. Emits "change" with an id when what is shown of somebody is another.
 */
export class Profiles extends Emitter {
  #ask;
  #pictures;
  #asker;
  #now;
  #known = new Map(); // id -> {about, picture, url, at}
  #wanted = new Set();
  #timer = null;

  /** `ask(ids)` resolves with the people who are found, `pictures.of(id, url)` with where a picture is shown from; `asker()` is who is here, or null. */
  constructor({ ask, pictures, asker, now = Date.now }) {
    super();
    this.#ask = ask;
    this.#pictures = pictures;
    this.#asker = asker;
    this.#now = now;
  }

  /** Where somebody's picture is shown from, or null; what is not known or old is asked for. In a list it is old sooner. */
  show(id, { listed = false } = {}) {
    const known = this.#known.get(id);
    if (this.#isOld(known, listed ? OLD_IN_LISTS_MS : OLD_MS)) this.#want(id);
    return known?.url ?? null;
  }

  /** What somebody says of themselves, as far as it is known. */
  aboutOf(id) {
    return this.#known.get(id)?.about ?? "";
  }

  /** Whether somebody has words or a picture, as far as it is known. */
  isDescribed(id) {
    const { about, picture } = this.#known.get(id) ?? {};
    return Boolean(about || picture);
  }

  /** Asks for somebody now; resolves when they are known. */
  async refresh(id) {
    await this.#load([id]);
  }

  /** Takes what the service told of somebody. */
  async learn({ id, about = "", picture = null }) {
    const before = this.#known.get(id);
    const one = { about, picture: picture?.id ?? null, url: before?.url ?? null, at: this.#now() };
    this.#known.set(id, one);
    if (before?.picture !== one.picture) {
      one.url = picture && (await this.#pictures.of(picture.id, picture.url).catch(() => null)); // a picture is not worth a complaint
      if (this.#known.get(id) !== one) return;
    }
    if (before?.about !== about || (before?.url ?? null) !== one.url) this.emit("change", id);
  }

  forget() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#wanted.clear();
    this.#known.clear();
    this.#pictures.forget();
  }

  #isOld(known, age) {
    return !known || this.#now() - known.at > age;
  }

  #want(id) {
    if (!this.#asker() || !ID.test(id)) return;
    this.#wanted.add(id);
    this.#timer ??= setTimeout(() => this.#askForWanted(), PAUSE_MS);
  }

  async #askForWanted() {
    const ids = [...this.#wanted].slice(0, MOST);
    for (const id of ids) this.#wanted.delete(id);
    this.#timer = this.#wanted.size > 0 ? setTimeout(() => this.#askForWanted(), PAUSE_MS) : null;
    await this.#load(ids);
  }

  /** Whoever is not found has nothing to show; and if nobody could be asked, they are asked for again when they are old. */
  async #load(ids) {
    const asker = this.#asker()?.id;
    for (const id of ids) this.#known.set(id, { about: "", picture: null, url: null, ...this.#known.get(id), at: this.#now() });
    const found = await this.#ask(ids).catch(() => null);
    if (found === null || !asker || this.#asker()?.id !== asker) return;
    const byId = new Map(found.map((person) => [person.id, person]));
    await Promise.all(ids.map((id) => this.learn(byId.get(id) ?? { id })));
  }
}
