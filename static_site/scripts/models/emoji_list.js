import { t } from "../lib/i18n.js";


/** All emoji with their names, from the page's own file, which is fetched when somebody first needs it. */
export class EmojiList {
  #fetch;
  #groups = null;

  /** `fetchList()` resolves with `{groups: [{name, emoji: [[emoji, name, words], …]}]}`. */
  constructor(fetchList = fetchFile) {
    this.#fetch = fetchList;
  }

  /** Resolves with the groups, `[{name, emoji: [{emoji, name, code, words}]}]`; a fetch that failed is tried again the next time. */
  load() {
    this.#groups ??= this.#fetch().then(
      ({ groups }) => groups.map((group) => ({ name: group.name, emoji: group.emoji.map(entry) })),
      (error) => {
        this.#groups = null;
        throw error;
      },
    );
    return this.#groups;
  }

  /** The emoji that a query means, best ones first; every word of it begins one of theirs. */
  async find(query, limit = Infinity) {
    const wanted = wordsOf(query);
    const all = (await this.load()).flatMap(({ emoji }) => emoji);
    const ranked = all.map((one) => ({ one, rank: rankOf(one, wanted, query) })).filter(({ rank }) => rank < Infinity);
    return ranked.toSorted((first, second) => first.rank - second.rank).slice(0, limit).map(({ one }) => one);
  }

  /** What is known of some emoji, in their order. */
  async about(emoji) {
    const all = new Map((await this.load()).flatMap((group) => group.emoji).map((one) => [one.emoji, one]));
    return emoji.filter((one) => all.has(one)).map((one) => all.get(one));
  }

  /** The emoji of which a whole `:name:` speaks, or null: its own name, or a word that only it has first. */
  async named(code) {
    const plain = code.toLowerCase();
    const found = await this.find(plain.replaceAll("_", " "), 1);
    return found.find(({ code: own, words }) => own === plain || words.includes(plain)) ?? null;
  }
}

function entry([emoji, name, more]) {
  const words = [...wordsOf(name), ...more.split(" ").filter(Boolean)];
  return { emoji, name, code: wordsOf(name).join("_"), words };
}

/** 0 for the very name, then whole words before beginnings, words of the name before others. */
function rankOf({ code, words, name }, wanted, query) {
  if (code === query.toLowerCase() || name === query.toLowerCase()) return 0;
  const named = wordsOf(name).length;
  let rank = 1;
  for (const want of wanted) {
    const whole = words.indexOf(want);
    const place = whole >= 0 ? whole : words.findIndex((word) => word.startsWith(want));
    if (place < 0) return Infinity;
    rank += (whole >= 0 ? 0 : 10) + (place < named ? place / 10 : 2);
  }
  return rank + named / 100;
}

function wordsOf(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}+-]+/gu)?.flatMap((word) => (/^[+-]\d$/.test(word) ? [word] : word.split(/[+-]/).filter(Boolean))) ?? [];
}

async function fetchFile() {
  const response = await fetch("emoji.json");
  if (!response.ok) throw new Error(t("service.answered", { status: String(response.status) }));
  return response.json();
}
