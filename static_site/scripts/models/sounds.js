/** The sounds that a message can play, with what is shown beside their names; `lib/sound_parts.js` says what they consist of. */
export const SOUNDS = {
  alarm: "⏰", applause: "👏", bark: "🐶", bees: "🐝", bell: "🔔", bicycle: "🚲", birds: "🐦", boing: "🤸", bongo: "🪘",
  bubbles: "🫧", buzzer: "🚨", camera: "📷", cash: "💰", cat: "🐱", chimes: "🎐", clock: "🕰️", coin: "🪙", crickets: "🦗",
  cuckoo: "🐤", doorbell: "🏠", drip: "💧", drumroll: "🎪", duck: "🦆", engine: "🏎️", explosion: "💥", fanfare: "📯",
  fireworks: "🎆", foghorn: "🚢", frog: "🐸", ghost: "👻", gong: "🧘", guitar: "🎸", harp: "🎼", heartbeat: "💓", horn: "📣",
  knock: "✊", laser: "👾", levelup: "🆙", magic: "✨", modem: "📠", morse: "📡", ocean: "🌊", organ: "⛪", owl: "🦉", phone: "📞",
  piano: "🎹", pop: "🎈", rain: "🌧️", rimshot: "🥁", rocket: "🚀", rooster: "🐓", siren: "🚑", sneeze: "🤧", snore: "😴",
  tada: "🎉", thunder: "⛈️", train: "🚂", trombone: "🎺", typewriter: "⌨️", ufo: "🛸", whistle: "⚽", wind: "🌬️", wolf: "🐺",
  xylophone: "🎶", zap: "⚡",
};

const PLAYS = /^\s*\/play +([a-z]+)\s*$/i;
const FRESH_MS = 15_000; // later, nobody would know what a sound belongs to
const PAUSE_MS = 2_500; // as long as most of them last: what comes meanwhile is only shown
const HEARD = "heard";
const MAX_HEARD = 50;

/** The sound that a text plays, and does nothing else; or null. */
export function soundOf(text) {
  const name = PLAYS.exec(text)?.[1].toLowerCase();
  return name && Object.hasOwn(SOUNDS, name) ? name : null;
}

/** Plays the sounds of new messages once for who looks at their room, whatever tabs are open, unless they do not want it. */
export class HeardSounds {
  #looksAt;
  #wanted;
  #play;
  #now;
  #store;
  #turns;
  #playedAt = -PAUSE_MS;

  /** `looksAt()` is the room that somebody looks at, or null; `now()` the service's time in ms; `turns` are `Turns` of all tabs. */
  constructor({ looksAt, wanted, play, now, store, turns }) {
    this.#looksAt = looksAt;
    this.#wanted = wanted;
    this.#play = play;
    this.#now = now;
    this.#store = store;
    this.#turns = turns;
  }

  /** Takes new messages of a room: of several sounds at once the last one is heard. */
  async hear(room, messages) {
    const message = messages.findLast(({ text, deleted, editedAt, sentAt }) => !deleted && !editedAt && soundOf(text) && this.#now() - Date.parse(sentAt) < FRESH_MS);
    if (!message || !this.#wanted() || this.#looksAt() !== room || performance.now() - this.#playedAt < PAUSE_MS) return;
    this.#playedAt = performance.now();
    if (await this.#turns.take("sounds", () => this.#claim(message.id))) this.#play(soundOf(message.text));
  }

  /** True in the one tab that plays it. */
  #claim(id) {
    const heard = this.#store.get(HEARD, []);
    if (heard.includes(id)) return false;
    this.#store.set(HEARD, [...heard, id].slice(-MAX_HEARD));
    return true;
  }
}
