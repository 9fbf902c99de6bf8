import { Turns } from "../lib/turns.js";
import { confirmation } from "./confirmation.js";
import { Marks } from "./marks.js";

/**
 * Changes to stored messages, those of one message one after the other: the service may process frames in any order.
 * Success has no answer of its own: it is the changed entry in the log. A refusal repeats the `ref` of its frame.
 */
export class Changes {
  marks;
  #connection;
  #turns = new Turns();

  constructor({ connection, channelOf }) {
    this.#connection = connection;
    this.marks = new Marks({
      inTurn: (channel, seq, work) => this.#turns.take(`${channel.name} ${seq}`, work),
      send: (channel, frame) => this.#send(channel, frame),
      channelOf,
    });
  }

  /** Edits or deletes: resolves when the log shows it; rejects with a RequestError if it is refused or does not come. */
  make(channel, frame) {
    return this.#turns.take(`${channel.name} ${frame.seq}`, () => this.#send(channel, frame));
  }

  /** Shows a message to the admins; false if there is no connection to report through. */
  report(room, seq, reason) {
    return this.#connection.send({ action: "report", room, seq, reason });
  }

  async #send(channel, frame) {
    const shows = confirmation(frame, channel.log.get(frame.seq));
    let forget;
    const shown = new Promise((resolve) => {
      forget = channel.on("entries", (entries) => entries.some(shows) && resolve());
    });
    try {
      await Promise.race([shown, this.#connection.request({ ...frame, room: channel.name })]);
    } finally {
      forget();
    }
  }
}
