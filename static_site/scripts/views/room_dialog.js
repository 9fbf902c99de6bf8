import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { randomUuid } from "../lib/uuid.js";
import { roomCalled, roomProblem } from "../models/text.js";
import { attempt } from "./attempt.js";

/** Asks for what a new room is called, in any script, and who may come; helps to make a name that rooms can have. */
export class RoomDialog {
  #dialog = byId("room-dialog");
  #form = byId("room-form");
  #field = byId("room-field");
  #help = byId("room-field-help");
  #problem = byId("room-field-problem");
  #submit = byId("room-submit");
  #existing = byId("room-existing");
  #ending = "";
  #onCreate;
  #onOpen;

  /** `onCreate(description)` resolves when the room is made; `onOpen(room)` goes to one. */
  constructor({ onCreate, onOpen }) {
    this.#onCreate = onCreate;
    this.#onOpen = onOpen;
    this.#field.addEventListener("input", () => this.#typed());
    this.#existing.addEventListener("click", () => this.#go(this.#called.room));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#create();
    });
  }

  get #called() {
    return roomCalled(this.#field.value, this.#ending);
  }

  open() {
    this.#form.reset();
    this.#ending = randomUuid().slice(0, 4);
    this.#show("");
    this.#typed();
    this.#dialog.showModal();
    this.#field.focus();
  }

  async #create() {
    const { room, title: typed } = this.#called;
    const wrong = roomProblem(room || this.#field.value.trim());
    this.#show(wrong ?? "");
    if (wrong) return;
    const { title, topic, access } = Object.fromEntries(new FormData(this.#form));
    const description = { room, access, title: title.trim() || (typed ?? undefined), topic: topic.trim() || undefined };
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
    const { room, title } = this.#called;
    this.#show("");
    this.#help.textContent = title ? t("room.name.titled", { title, room }) : t("room.name.help");
  }

  #show(words) {
    this.#problem.textContent = words;
    this.#existing.hidden = true;
    this.#field.setAttribute("aria-invalid", String(words !== ""));
  }
}
