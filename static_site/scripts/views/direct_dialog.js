import { byId } from "../lib/dom.js";
import { attempt } from "./attempt.js";
import { icon } from "./icons.js";
import { PeoplePicker } from "./people_picker.js";

/** Asks to whom somebody wants to write directly. `onPick(person)` resolves when their room is open. */
export class DirectDialog {
  #dialog = byId("direct-dialog");
  #problem = byId("direct-problem");
  #picker;

  constructor({ house, user, onPick }) {
    this.#picker = new PeoplePicker({
      field: "direct-find",
      list: "direct-found",
      find: (prefix, limit) => house.people(prefix, limit),
      except: () => new Set([user().id]),
      onPick: async (person) => {
        if (await attempt({ problem: this.#problem }, () => onPick(person))) this.#dialog.close();
      },
    });
    byId("direct-new").append(icon("plus"));
    byId("direct-new").addEventListener("click", () => this.#open());
  }

  #open() {
    this.#problem.textContent = "";
    this.#dialog.showModal();
    this.#picker.reset({ eager: true });
    byId("direct-find").focus();
  }
}
