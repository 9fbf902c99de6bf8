import { byId } from "../lib/dom.js";
import { nameProblem } from "../models/text.js";
import { joinPreview } from "./join_preview.js";

const NOTICES = {
  expired: "Your session has expired. Join again to continue; nothing that you wrote is lost.",
  elsewhere: "You signed out in another window.",
};

// Tokens cannot be revoked, so a name stays reserved until its token expires, even after signing out.
const NAME_TAKEN = "Somebody here already has that name, or had it in the last week. Please choose another one.";

/** The first screen: a name, and an access code if the service asks for one. `onJoin(name, code)` resolves when it worked. */
export class JoinView {
  #form = byId("join-form");
  #name = byId("join-name");
  #code = byId("join-code");
  #codeField = byId("join-code-field");
  #submit = byId("join-submit");
  #notice = byId("join-notice");
  #onJoin;

  constructor({ onJoin }) {
    this.#onJoin = onJoin;
    this.#form.addEventListener("submit", (event) => this.#join(event));
    for (const input of [this.#name, this.#code]) input.addEventListener("input", () => this.#problem(input, ""));
  }

  open(name, reason) {
    byId("join-preview").replaceChildren(...joinPreview());
    this.#name.value = name;
    this.#notice.textContent = NOTICES[reason] ?? "";
    this.#notice.hidden = !(reason in NOTICES);
    this.#name.focus();
  }

  async #join(event) {
    event.preventDefault();
    if (this.#submit.ariaBusy === "true") return;
    const wrong = nameProblem(this.#name.value);
    this.#problem(this.#code, "");
    this.#problem(this.#name, wrong ?? "");
    if (wrong) return;
    this.#busy(true);
    try {
      await this.#onJoin(this.#name.value.trim(), this.#code.value);
      this.#code.value = "";
      byId("join-preview").replaceChildren();
    } catch (error) {
      this.#refused(error);
    } finally {
      this.#busy(false);
    }
  }

  #refused(error) {
    if (error.code === "access_denied") {
      const first = this.#codeField.hidden;
      this.#codeField.hidden = false;
      this.#problem(this.#code, first ? "This chat needs an access code." : "That access code is not right. Please check it and try again.");
    } else {
      this.#problem(this.#name, error.code === "name_taken" ? NAME_TAKEN : words(error));
    }
  }

  #problem(input, words) {
    byId(`${input.id}-problem`).textContent = words;
    input.setAttribute("aria-invalid", String(words !== ""));
    if (words) input.focus();
  }

  #busy(busy) {
    this.#submit.ariaBusy = String(busy);
    this.#submit.textContent = busy ? "Joining…" : "Join";
  }
}

function words({ message, retryAfter }) {
  return retryAfter ? `${message} Try again in ${Math.ceil(retryAfter)} s.` : message;
}
