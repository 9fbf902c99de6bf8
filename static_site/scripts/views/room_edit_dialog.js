import { byId } from "../lib/dom.js";
import { attempt } from "./attempt.js";

/** Changes what a room is: its title, its topic, who may come, and whether anybody writes there any more. */
export class RoomEditDialog {
  #dialog = byId("edit-dialog");
  #form = byId("edit-form");
  #onChange;
  #room = null;

  /** `onChange(room, changes)` resolves when they are made. */
  constructor({ onChange }) {
    this.#onChange = onChange;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
  }

  /** `about` is as `RoomList.about` has it. */
  open({ room, title, topic, access, archived, mood }) {
    const { elements } = this.#form;
    this.#room = room;
    byId("edit-problem").textContent = "";
    elements.title.value = title;
    elements.topic.value = topic;
    elements.access.value = access;
    elements.archived.checked = archived;
    elements.mood.checked = mood;
    this.#dialog.showModal();
    elements.title.focus();
  }

  async #save() {
    const { title, topic, access, archived, mood } = this.#form.elements;
    const changes = { title: title.value.trim(), topic: topic.value.trim(), access: access.value, archived: archived.checked, mood: mood.checked };
    const where = { button: byId("edit-submit"), problem: byId("edit-problem") };
    if (await attempt(where, () => this.#onChange(this.#room, changes))) this.#dialog.close();
  }
}
