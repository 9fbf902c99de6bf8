import { byId, hide } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { passwordProblem, passwordRefusal } from "../models/password.js";
import { attempt, sentence } from "./attempt.js";
import { showTyped } from "./show_typed.js";

/** Keeps somebody's name with a password, changes it or removes it. */
export class PasswordDialog {
  #dialog = byId("password-dialog");
  #help = byId("password-help");
  #fields = byId("password-fields");
  #fieldOf = { current: byId("password-current"), new: byId("password-new") };
  #others = byId("password-others");
  #save = byId("password-save");
  #remove = byId("password-remove");
  #problem = byId("password-problem");
  #show = showTyped(byId("password-show"), Object.values(this.#fieldOf));
  #calls;
  #session;
  #say;
  #name = "";
  #standing = null;

  /** `calls` has `standing()`, how the name is kept, and `changePassword(wish)`; `say(words, tone)` tells something at the message box. */
  constructor({ calls, session, say }) {
    this.#calls = calls;
    this.#session = session;
    this.#say = say;
    for (const field of Object.values(this.#fieldOf)) field.addEventListener("input", () => this.#explain(field, ""));
    this.#remove.addEventListener("click", () => this.#change(null, this.#remove));
    byId("password-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#dialog.addEventListener("close", () => this.#clear());
  }

  async open() {
    this.#name = this.#session.user.name;
    byId("password-title").textContent = t("password.title", { name: this.#name });
    byId("password-name").value = this.#name;
    this.#clear();
    this.#draw(null);
    this.#help.textContent = t("moment");
    this.#dialog.showModal();
    await attempt({ problem: this.#problem }, async () => this.#draw(await this.#calls.standing()));
    if (this.#standing === null) this.#help.textContent = this.#problem.textContent === "" ? t("password.none") : "";
    else this.#first().focus();
  }

  #draw(standing) {
    const kept = standing?.set === true;
    this.#standing = standing;
    if (standing) this.#session.keptByPassword = kept;
    hide(this.#fields, standing === null);
    hide(this.#save, standing === null);
    hide(this.#remove, !kept);
    hide(byId("password-current-part"), !standing?.currentNeeded);
    if (standing) this.#help.textContent = t(!kept ? "password.help" : standing.currentNeeded ? "password.help.kept" : "password.help.recovered", { name: this.#name });
    this.#others.checked = kept; // whoever changes it may have lost it to somebody
  }

  #first() {
    return this.#standing.currentNeeded ? this.#fieldOf.current : this.#fieldOf.new;
  }

  #submit() {
    if (this.#standing === null) return;
    const password = this.#fieldOf.new.value;
    const wrong = passwordProblem(password, this.#name);
    this.#explain(this.#fieldOf.new, wrong ?? "");
    if (wrong === null) this.#change(password, this.#save);
  }

  async #change(password, button) {
    if (button.ariaBusy === "true") return;
    if (this.#standing.currentNeeded && this.#fieldOf.current.value === "") {
      this.#explain(this.#fieldOf.current, t("password.current_missing"));
      return;
    }
    const current = this.#standing.currentNeeded ? { current: this.#fieldOf.current.value } : {};
    const worked = await attempt({ button, problem: this.#problem }, async () => {
      try {
        this.#draw(await this.#calls.changePassword({ password, ...current, endOthers: this.#others.checked }));
      } catch (error) {
        const { field, words } = passwordRefusal(error);
        if (field === "new" && password === null) throw error;
        this.#explain(this.#fieldOf[field], sentence({ message: words, retryAfter: error.retryAfter }));
        throw new Error("", { cause: error }); // it is said at the field
      }
    });
    if (!worked) return;
    this.#dialog.close();
    this.#say(t(password === null ? "password.removed" : "password.done", { name: this.#name }), { good: true });
  }

  #explain(field, words) {
    byId(`${field.id}-problem`).textContent = words;
    field.setAttribute("aria-invalid", String(words !== ""));
    if (words) field.focus();
  }

  /** Nothing that was typed stays in the page. */
  #clear() {
    for (const field of Object.values(this.#fieldOf)) {
      field.value = "";
      this.#explain(field, "");
    }
    this.#problem.textContent = "";
    this.#show.off();
  }
}
