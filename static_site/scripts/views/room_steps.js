import { byId } from "../lib/dom.js";
import { Router } from "../models/router.js";

const REST_MS = 600; // who stays on a room so long means it

/**
 * Goes over the list of rooms by the keyboard without opening each: the focus moves, and a room opens once it rests there, on
 * Enter, or when somebody begins to write.
 */
export class RoomSteps {
  #nav = byId("rooms");
  #open;
  #timer = null;
  #resting = null; // the room on which the focus is

  /** `open(room)` opens one, with the focus where one writes. */
  constructor(open) {
    this.#open = open;
    this.#nav.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Moves on by one from where the focus is, or from the open room; where no list is to be seen, that room opens. */
  step(rooms, current, by) {
    clearTimeout(this.#timer);
    const from = rooms.find((room) => this.#isOn(room)) ?? current;
    const room = rooms.at((rooms.indexOf(from) + by) % rooms.length);
    this.#nav.querySelector(`a[href="${Router.href(room)}"]`)?.focus();
    if (!this.#isOn(room)) {
      this.#open(room);
      return;
    }
    this.#resting = room;
    this.#timer = setTimeout(() => this.#take(), REST_MS);
  }

  /** A letter goes to the message box of the room that it was meant for. */
  #key(event) {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (this.#resting === null || altKey || ctrlKey || metaKey || (key !== "Enter" && key.length > 1)) return;
    if (key === "Enter") event.preventDefault(); // it is not meant for the message
    this.#take();
  }

  /** The list may have been drawn anew meanwhile, and the focus may be elsewhere. */
  #take() {
    clearTimeout(this.#timer);
    const room = this.#resting;
    this.#resting = null;
    if (room !== null && this.#isOn(room)) this.#open(room);
  }

  #isOn(room) {
    return document.activeElement?.closest("#rooms a")?.getAttribute("href") === Router.href(room);
  }
}
