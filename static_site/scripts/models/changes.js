const CONFIRMS = {
  edit: (entry, frame) => entry.text === frame.text,
  delete: (entry) => entry.deleted,
  react: () => true,
  label: () => true,
};

/**
 * Changes to stored messages. Success has no answer of its own: it is the changed entry in the log. A refusal repeats the
 * `ref` of its frame.
 */
export class Changes {
  #connection;

  constructor(connection) {
    this.#connection = connection;
  }

  /** Resolves when the log shows the change; rejects with a RequestError where it is refused or does not come. */
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

  /** Sets or takes back one's own emoji; shown as pressed at once, and taken back where it is refused. */
  react(channel, message, emoji, on) {
    const others = (message.mine?.reactions ?? []).filter((one) => one !== emoji);
    const mine = { label: null, ...message.mine, reactions: on ? [...others, emoji] : others };
    return this.#mark(channel, message, mine, { action: "react", seq: message.seq, emoji, on });
  }

  /** Says how the reader understands a message; null takes it back. */
  label(channel, message, label) {
    const mine = { reactions: [], ...message.mine, label };
    return this.#mark(channel, message, mine, { action: "label", seq: message.seq, label });
  }

  async #mark(channel, message, mine, frame) {
    channel.remember(message.seq, mine);
    try {
      await this.make(channel, frame);
    } catch (error) {
      if (error.code === "timeout") return; // setting what is set already changes nothing, and so shows nothing
      channel.remember(message.seq, message.mine);
      throw error;
    }
  }
}
