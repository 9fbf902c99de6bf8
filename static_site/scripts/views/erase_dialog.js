import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { attempt } from "./attempt.js";

const EVERYWHERE = "";

/** Asks before everything is deleted that somebody wrote, and shows how far that is; it goes on if the dialog is closed. */
export class EraseDialog {
  #dialog = byId("erase-dialog");
  #scope = byId("erase-scope");
  #submit = byId("erase-submit");
  #close = byId("erase-close");
  #progress = byId("erase-progress");
  #erase;
  #say;
  #asked = 0;
  #person = null;

  /** `erase(id, room, tell)` is as in models/erasing.js; `say(words, how)` tells the result once the dialog is closed. */
  constructor({ erase, say }) {
    this.#erase = erase;
    this.#say = say;
    byId("erase-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#begin();
    });
  }

  /** `room` is the one where the question comes from, if any; `everywhere` says whether all rooms may be chosen. */
  open(person, { room = null, everywhere = false }) {
    this.#asked += 1;
    this.#person = person;
    const choices = [
      ...(room ? [h("option", { value: room.room }, t("erase.here", { title: room.title }))] : []),
      ...(everywhere ? [h("option", { value: EVERYWHERE }, t("erase.everywhere"))] : []),
    ];
    this.#scope.replaceChildren(...choices);
    this.#scope.disabled = false;
    byId("erase-title").textContent = t("erase.title", { name: person.name });
    byId("erase-problem").textContent = "";
    this.#progress.textContent = "";
    this.#submit.hidden = false;
    this.#close.textContent = t("cancel");
    this.#dialog.showModal();
    this.#scope.focus();
  }

  async #begin() {
    const asked = this.#asked;
    const { id, name } = this.#person;
    const shown = () => this.#dialog.open && asked === this.#asked;
    this.#scope.disabled = true;
    const done = await attempt({ button: this.#submit, problem: byId("erase-problem") }, async () => {
      const found = await this.#erase(id, this.#scope.value || null, (so) => shown() && this.#goesOn(so));
      const words = resultWords(found, name);
      if (!shown()) this.#say(words, { good: true });
      else {
        this.#progress.textContent = words;
        this.#ended();
      }
    });
    if (!done && shown()) this.#scope.disabled = false;
  }

  #goesOn({ deleted }) {
    this.#progress.textContent = t("erase.so_far", { count: deleted });
    this.#ended();
  }

  /** Nothing is left to be asked for: the dialog may be closed. */
  #ended() {
    this.#submit.hidden = true;
    this.#close.textContent = t("close");
  }
}

function resultWords({ deleted, archived }, name) {
  const words = t("erase.done", { name, count: deleted });
  return archived > 0 ? `${words} ${t("erase.archived", { count: archived })}` : words;
}
