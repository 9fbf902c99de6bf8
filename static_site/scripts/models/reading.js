/**
 * Keeps what was read in step with the conversation: joins and events move the marks, and whoever leaves a room or the page
 * has told the service before what they have read.
 */
export class Reading {
  #marks;
  #reports;
  #current = null;

  /** `readList()` asks the service for the list of rooms again. */
  constructor({ connection, chat, rooms, attention, marks, reports, readList }) {
    this.#marks = marks;
    this.#reports = reports;
    rooms.on("listed", (list) => marks.take(list));
    connection.on("frame", ({ event, room, at }) => event === "read" && marks.heard(room, at));
    connection.on("lost", () => reports.lost());
    chat.on("live", ({ name, log }) => {
      marks.joined(name, log.cursor);
      reports.tell(name);
    });
    attention.on("away", () => reports.leaveAll());
    marks.on("stale", () => readList());
  }

  /** Another room is open now. */
  opened(room) {
    if (this.#current && this.#current !== room) this.#reports.leave(this.#current);
    this.#current = room;
    this.#marks.opened(room);
  }

  /** Nobody is here any more. */
  stop() {
    this.#reports.forget();
    this.#current = null;
  }
}
