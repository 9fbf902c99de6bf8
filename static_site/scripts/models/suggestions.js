import { Emitter } from "../lib/emitter.js";
import { t } from "../lib/i18n.js";
import { closedShortcode, completed, completionAt } from "./completion.js";
import { HERE } from "./mentions.js";
import { SOUNDS } from "./sounds.js";

const MAX_EMOJI = 8;

/**
 * What to suggest for what is being typed: people after `@`, emoji after `:`, sounds after `/play`. `list` is what is offered, each with `label`,
 * `detail`, `insertion` and `user`, `emoji` or `sign`; `active` is the one that Enter takes. Emits "change".
 */
export class Suggestions extends Emitter {
  list = [];
  active = 0;
  #finder;
  #emoji;
  #people;
  #moved = false; // then the choice stays while more is found
  #now = null; // what is being completed: {kind, query, start, caret}

  /** `finder` finds whom `@` may mean, `emoji` what `:` may; `people` are those of the rooms. */
  constructor({ finder, emoji, people }) {
    super();
    this.#finder = finder;
    this.#emoji = emoji;
    this.#people = people;
    finder.on("found", (found) => this.#now?.kind === "mention" && this.#offer(found.map((person) => this.#person(person))));
  }

  /** The text, or the place of the caret in it, is another one; `mentions` says whether people can be mentioned. */
  typed(room, { text, caret, caretEnd = caret, mentions = true }) {
    const at = completionAt(text, caret, caretEnd);
    const kept = at && at.kind === this.#now?.kind && at.start === this.#now.start && at.query === this.#now.query && room === this.#now.room;
    if (kept) return;
    if (!at || (at.kind === "mention" && !mentions)) this.close();
    else this.#begin({ ...at, caret, room });
  }

  /** Moves the choice by one, around the ends. */
  move(by) {
    this.#moved = true;
    this.active = (this.active + by + this.list.length) % this.list.length;
    this.emit("change");
  }

  /** The text with a suggestion put in, `{text, caret}`. */
  take(text, choice = this.list[this.active]) {
    const { start, caret } = this.#now;
    if (choice.user && choice.user.id !== HERE.id) this.#people.pick(choice.user);
    if (choice.emoji) this.emit("emoji", choice.emoji);
    this.close();
    return completed(text, { start }, caret, choice.insertion);
  }

  /** The text with a whole `:name:` before the caret turned into its emoji, `{text, caret}`; or null. */
  async closed(text, caret) {
    const at = closedShortcode(text, caret);
    const found = at && (await this.#emoji.named(at.query).catch(() => null));
    return found && { text: text.slice(0, at.start) + found.emoji + text.slice(caret), caret: at.start + found.emoji.length };
  }

  close() {
    this.#now = null;
    this.#finder.stop();
    this.#offer([]);
  }

  #begin(now) {
    this.#now = now;
    this.#moved = false;
    if (now.kind === "mention") {
      this.#people.learn(now.room).then(() => this.#now?.kind === "mention" && this.#now.room === now.room && this.#finder.again());
      this.#finder.type(now.room, now.query);
    } else if (now.kind !== "emoji") {
      this.#finder.stop();
      this.#offer(now.kind === "sound" ? soundsFor(now.query) : [{ sign: "🔊", label: "/play", detail: t("sound.play"), insertion: "/play" }]);
    } else {
      this.#finder.stop();
      this.#findEmoji(now);
    }
  }

  async #findEmoji(now) {
    const found = await this.#emoji.find(now.query.replaceAll("_", " "), MAX_EMOJI).catch(() => []);
    if (now === this.#now) this.#offer(found.map(({ emoji, name, code }) => ({ emoji, label: name, detail: `:${code}:`, insertion: emoji })));
  }

  #person(user) {
    if (user.id !== HERE.id) return { user, label: user.name, detail: user.role === "guest" || user.bot ? (t(user.bot ? "role.bot" : "role.guest")) : "", insertion: `@${user.name}` };
    const { room } = this.#now;
    const detail = this.#people.present(room).length === 0 ? t("here.none") : t("here.everybody", { count: this.#people.count(room) });
    return { user, label: HERE.name, detail, insertion: "@here" };
  }

  #offer(list) {
    if (list.length === 0 && this.list.length === 0) return;
    const chosen = this.#moved ? this.list[this.active]?.insertion : null;
    this.list = list;
    this.active = Math.max(0, list.findIndex(({ insertion }) => insertion === chosen));
    this.emit("change");
  }
}

/** The sounds whose names begin so, or a word of what they are called here; none once a name is whole, for Enter sends it then. */
function soundsFor(query) {
  const begun = query.toLowerCase();
  if (Object.hasOwn(SOUNDS, begun)) return [];
  const all = Object.entries(SOUNDS).map(([name, sign]) => ({ sign, label: name, detail: t(`sound.${name}`), insertion: name }));
  const named = all.filter(({ label }) => label.startsWith(begun));
  const called = all.filter(({ label, detail }) => !label.startsWith(begun) && detail.toLowerCase().split(/[\s-]+/u).some((word) => word.startsWith(begun)));
  return [...named, ...called];
}
