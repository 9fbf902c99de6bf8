import { tabChannel } from "../lib/tabs.js";

const TABS = "undertone.mine";
const NONE = { reactions: [], label: null };
const MAX_SILENCES = 2; // setting what is set already changes nothing and so shows nothing
const MAYBE_DONE = new Set(["timeout", "gateway", "lost"]);

/**
 * One's own reactions and labels. They show at once as they were last pressed; the service gets one press after the other,
 * so that the last one wins, and none that was taken back before its turn came. The person's other tabs are told, since
 * live entries do not say whose a mark is.
 */
export class Marks {
  #inTurn;
  #send;
  #tabs = tabChannel(TABS);
  #presses = new Map(); // room, message and mark -> {stored, sure, wanted, turns}

  /** `inTurn(channel, seq, work)` does work when the message's turn has come, and `send(channel, frame)` a change of it. */
  constructor({ inTurn, send, channelOf }) {
    this.#inTurn = inTurn;
    this.#send = send;
    this.#tabs?.addEventListener("message", ({ data: { room, seq, mine } }) => channelOf(room)?.remember(seq, mine));
  }

  /** Sets or takes back one's own emoji. */
  react(channel, { seq }, emoji, on) {
    return this.#press(channel, on, {
      seq,
      name: emoji,
      of: ({ reactions }) => reactions.includes(emoji),
      set: (mine, on) => ({ ...mine, reactions: [...mine.reactions.filter((one) => one !== emoji), ...(on ? [emoji] : [])] }),
      frame: (on) => ({ action: "react", seq, emoji, on }),
    });
  }

  /** Says how the reader understands a message; null takes it back. */
  label(channel, { seq }, label) {
    return this.#press(channel, label, {
      seq,
      name: "label",
      of: (mine) => mine.label,
      set: (mine, label) => ({ ...mine, label }),
      frame: (label) => ({ action: "label", seq, label }),
    });
  }

  async #press(channel, wanted, mark) {
    const key = `${channel.name} ${mark.seq} ${mark.name}`;
    const press = this.#presses.get(key) ?? { stored: mark.of(mineOf(channel, mark)), sure: true, turns: 0 };
    this.#presses.set(key, press);
    press.wanted = wanted;
    press.turns += 1;
    this.#show(channel, mark, wanted);
    try {
      await this.#inTurn(channel, mark.seq, () => this.#bring(channel, mark, press));
    } finally {
      press.turns -= 1;
      if (press.turns === 0) this.#presses.delete(key);
    }
  }

  /** Lets the service store what is wanted by now. */
  async #bring(channel, mark, press) {
    let silences = 0;
    while (!press.sure || press.stored !== press.wanted) {
      const sent = press.wanted;
      try {
        await this.#send(channel, mark.frame(sent));
        Object.assign(press, { stored: sent, sure: true });
      } catch (error) {
        press.sure &&= !MAYBE_DONE.has(error.code);
        if (error.code !== "timeout") return this.#failed(channel, mark, press, { sent, error });
        silences += 1;
        if (silences === MAX_SILENCES) Object.assign(press, { stored: sent, sure: true });
      }
    }
  }

  /** Takes back what the service did not take, unless another press has changed it meanwhile. */
  #failed(channel, mark, press, { sent, error }) {
    if (press.wanted !== sent) return;
    press.wanted = press.stored;
    this.#show(channel, mark, press.stored);
    throw error;
  }

  #show(channel, mark, value) {
    const mine = mark.set(mineOf(channel, mark), value);
    channel.remember(mark.seq, mine);
    this.#tabs?.postMessage({ room: channel.name, seq: mark.seq, mine }); // oxlint-disable-line require-post-message-target-origin -- a channel has none
  }
}

function mineOf(channel, { seq }) {
  return { ...NONE, ...channel.log.get(seq)?.mine };
}
