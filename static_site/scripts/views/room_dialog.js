import { byId } from "../lib/dom.js";
import { roomProblem, toRoomName } from "../models/text.js";
import { attempt } from "./attempt.js";

/** Asks for what a new room is called and who may come, and helps to make a name that rooms can have. */
export class RoomDialog {
  #dialog = byId("room-dialog");
  #form = byId("room-form");
  #field = byId("room-field");
  #help = byId("room-field-help");
  #problem = byId("room-field-problem");
  #submit = byId("room-submit");
  #existing = byId("room-existing");
  #onCreate;
  #onOpen;

  /** `onCreate(description)` resolves when the room is made; `onOpen(room)` goes to one. */
  constructor({ onCreate, onOpen }) {
    this.#onCreate = onCreate;
    this.#onOpen = onOpen;
    this.#field.addEventListener("input", () => this.#typed());
    this.#existing.addEventListener("click", () => this.#go(toRoomName(this.#field.value)));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#create();
    });
  }

  open() {
    this.#form.reset();
    this.#show("");
    this.#typed();
    this.#dialog.showModal();
    this.#field.focus();
  }

  async #create() {
    const room = toRoomName(this.#field.value);
    const wrong = this.#field.value.trim() && !room ? roomProblem(this.#field.value.trim()) : roomProblem(room);
    this.#show(wrong ?? "");
    if (wrong) return;
    const { title, topic, access } = Object.fromEntries(new FormData(this.#form));
    const description = { room, access, title: title.trim() || undefined, topic: topic.trim() || undefined };
    const made = await attempt({ button: this.#submit, problem: this.#problem }, () => this.#make(description));
    if (made) this.#go(room);
    else this.#field.setAttribute("aria-invalid", "true");
  }

  async #make(description) {
    try {
      await this.#onCreate(description);
    } catch (error) {
      this.#existing.hidden = error.code !== "conflict";
      throw error;
    }
  }

  #go(room) {
    this.#dialog.close();
    this.#onOpen(room);
  }

  #typed() {
    const typed = this.#field.value;
    const name = toRoomName(typed);
    this.#show("");
    this.#help.textContent = name && name !== typed ? `It will be called ${name}` : "Small letters, digits and hyphens, such as book-club.";
  }

  #show(words) {
    this.#problem.textContent = words;
    this.#existing.hidden = true;
    this.#field.setAttribute("aria-invalid", String(words !== ""));
  }
}
