import { byId } from "../lib/dom.js";
import { roomProblem, toRoomName } from "../models/text.js";

/** Asks for the name of a room to open, and helps to make one that rooms can have. */
export class RoomDialog {
  #dialog = byId("room-dialog");
  #field = byId("room-field");
  #help = byId("room-field-help");
  #problem = byId("room-field-problem");

  constructor({ onOpen }) {
    this.#field.addEventListener("input", () => this.#typed());
    byId("room-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const name = toRoomName(this.#field.value);
      const wrong = this.#field.value.trim() && !name ? roomProblem(this.#field.value.trim()) : roomProblem(name);
      this.#show(wrong ?? "");
      if (wrong) return;
      this.#dialog.close();
      onOpen(name);
    });
  }

  open() {
    this.#field.value = "";
    this.#show("");
    this.#typed();
    this.#dialog.showModal();
    this.#field.focus();
  }

  #typed() {
    const typed = this.#field.value;
    const name = toRoomName(typed);
    this.#show("");
    this.#help.textContent = name && name !== typed ? `It will be called ${name}` : "Small letters, digits and hyphens, such as book-club.";
  }

  #show(words) {
    this.#problem.textContent = words;
    this.#field.setAttribute("aria-invalid", String(words !== ""));
  }
}
