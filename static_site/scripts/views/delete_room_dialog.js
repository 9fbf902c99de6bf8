import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isTitle } from "../models/typed_title.js";
import { attempt } from "./attempt.js";

/** Asks before a room is deleted for everybody, and lets its title be typed: that cannot happen by mistake. */
export class DeleteRoomDialog {
  #dialog = byId("delete-room-dialog");
  #field = byId("delete-room-field");
  #problem = byId("delete-room-problem");
  #onDelete;
  #about = null;

  /** `onDelete(about)` resolves when it is done. */
  constructor({ onDelete }) {
    this.#onDelete = onDelete;
    byId("delete-room-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener("input", () => this.#say(""));
  }

  /** `about` is as `RoomList.about` has it. */
  open(about) {
    this.#about = about;
    byId("delete-room-title").textContent = t("room.delete.title", { title: about.title });
    byId("delete-room-label").textContent = t("room.delete.field", { title: about.title });
    this.#field.value = "";
    this.#say("");
    this.#dialog.showModal();
    this.#field.focus();
  }

  async #submit() {
    if (!isTitle(this.#field.value, this.#about.title)) {
      this.#say(t("room.delete.other", { title: this.#about.title }));
      this.#field.focus();
      return;
    }
    const where = { button: byId("delete-room-submit"), problem: this.#problem };
    if (await attempt(where, () => this.#onDelete(this.#about))) this.#dialog.close();
  }

  #say(words) {
    this.#problem.textContent = words;
    this.#field.setAttribute("aria-invalid", String(words !== ""));
  }
}
