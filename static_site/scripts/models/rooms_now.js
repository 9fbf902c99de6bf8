/**
 * The list of rooms as it is now. A message that is read as it comes changes nothing in it, so all rooms are looked through
 * only when something was told of them that this list shows.
 */
export class RoomsNow {
  #chat;
  #rooms;
  #marks;
  #view;
  #open = null; // the room that is open, of which much is told that changes nothing here
  #shown = null; // what was shown of it, or null if anything else can have changed since

  /** `view` shows the rooms, as `RoomsView` does. */
  constructor({ chat, rooms, marks, view }) {
    this.#chat = chat;
    this.#rooms = rooms;
    this.#marks = marks;
    this.#view = view;
    chat.on("room", (room) => this.#note(room));
    marks.on("change", (room) => this.#note(room));
    rooms.on("change", () => this.#note());
  }

  /** Brings the list up to date: `open` is the room whose log is there, `isBehind` says that something else is shown. */
  update(open, isBehind) {
    const now = JSON.stringify([open, isBehind, this.#chat.channel(open)?.people, this.#marks.counts(open)]);
    if (now === this.#shown) return;
    this.#view.update(this.#rooms.withChannels((room) => this.#chat.channel(room), (room) => this.#marks.counts(room)), isBehind ? null : open);
    this.#open = open;
    this.#shown = now;
  }

  /** Nobody is here any more. */
  leave() {
    this.#shown = null;
    this.#view.leave();
  }

  #note(room) {
    if (room !== this.#open) this.#shown = null;
  }
}
