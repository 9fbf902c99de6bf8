import { tabChannel } from "../lib/tabs.js";

const TABS = "undertone.mine";
const CONFIRMS = {
  edit: (entry, frame) => entry.text === frame.text,
  delete: (entry) => entry.deleted,
  react: () => true,
  label: () => true,
};

/**
 * Changes to stored messages. Success has no answer of its own: it is the changed entry in the log. A refusal repeats the
 * `ref` of its frame. What a person reacted and labelled is told to their other tabs, since live entries do not say whose a mark is.
 */
export class Changes {
  #connection;
  #channelOf;
  #tabs = tabChannel(TABS);

  constructor({ connection, channelOf }) {
    this.#connection = connection;
    this.#channelOf = channelOf;
    this.#tabs?.addEventListener("message", ({ data: { room, seq, mine } }) => this.#channelOf(room)?.remember(seq, mine));
  }

  /** Resolves when the log shows the change; rejects with a RequestError if it is refused or does not come. */
  async make(channel, frame) {
    let forget;
    const shown = new Promise((resolve) => {
      forget = channel.on("entries", (entries) => {
        if (entries.some((entry) => entry.seq === frame.seq && CONFIRMS[frame.action](entry, frame))) resolve();
      });
    });
    try {
      await Promise.race([shown, this.#connection.request({ ...frame, room: channel.name })]);
    } finally {
      forget();
    }
  }

  /** Sets or takes back one's own emoji; shown as pressed at once, and taken back if it is refused. */
  react(channel, { seq }, emoji, on) {
    const before = channel.log.get(seq)?.mine;
    const others = (before?.reactions ?? []).filter((one) => one !== emoji);
    const mine = { label: null, ...before, reactions: on ? [...others, emoji] : others };
    return this.#mark(channel, { before, mine }, { action: "react", seq, emoji, on });
  }

  /** Says how the reader understands a message; null takes it back. */
  label(channel, { seq }, label) {
    const before = channel.log.get(seq)?.mine;
    return this.#mark(channel, { before, mine: { reactions: [], ...before, label } }, { action: "label", seq, label });
  }

  async #mark(channel, { before, mine }, frame) {
    this.#note(channel, frame.seq, mine);
    try {
      await this.make(channel, frame);
    } catch (error) {
      if (error.code === "timeout") return; // setting what is set already changes nothing, and so shows nothing
      this.#note(channel, frame.seq, before);
      throw error;
    }
  }

  #note(channel, seq, mine) {
    channel.remember(seq, mine);
    this.#tabs?.postMessage({ room: channel.name, seq, mine }); // oxlint-disable-line require-post-message-target-origin -- a channel has none
  }
}
