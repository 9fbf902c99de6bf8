import { byId, hide } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { signInRefusal } from "../models/sign_in_refusal.js";
import { nameProblem } from "../models/text.js";
import { joinPreview } from "./join_preview.js";
import { showTyped } from "./show_typed.js";

const NOTICES = { expired: "join.expired", elsewhere: "join.elsewhere" };

/**
 * The first screen: a name, a password if the name is kept by one, an access code if the service asks for one, and an admin code for who has one. Whoever opened
 * an invite joins as a guest, or signs in as ever and accepts it then. `onJoin(name, proofs)` resolves when it worked.
 */
export class JoinView {
  #form = byId("join-form");
  #name = byId("join-name");
  #code = byId("join-code");
  #codeField = byId("join-code-field");
  #admin = byId("join-admin-code");
  #password = byId("join-password");
  #passwordPart = byId("join-password-part");
  #shown = showTyped(byId("join-password-show"), [this.#password]);
  #member = byId("join-member");
  #invite = null;
  #submit = byId("join-submit");
  #notice = byId("join-notice");
  #onJoin;

  constructor({ onJoin }) {
    this.#onJoin = onJoin;
    this.#form.addEventListener("submit", (event) => this.#join(event));
    for (const input of Object.values(this.#fields)) input.addEventListener("input", () => this.#problem(input, ""));
    this.#name.addEventListener("input", () => this.#askPassword(false)); // another name may not be kept
  }

  get #fields() {
    return { name: this.#name, password: this.#password, code: this.#code, admin: this.#admin };
  }

  /** Says something about how the last session ended. */
  say(words) {
    this.#notice.textContent = words;
    this.#notice.hidden = words === "";
  }

  /** `invite` is the secret with whose address the page was opened, or null. */
  open(name, reason, invite) {
    this.#invite = invite;
    this.#member.hidden = invite === null;
    this.#busy(false);
    byId("join-preview").replaceChildren(...joinPreview());
    this.#name.value = name;
    this.#askPassword(false);
    const notice = NOTICES[reason] ?? (invite === null ? null : "join.invited");
    this.say(notice ? t(notice) : "");
    this.#name.focus();
  }

  async #join(event) {
    event.preventDefault();
    if (this.#submit.ariaBusy === "true") return;
    const wrong = nameProblem(this.#name.value);
    for (const input of [this.#password, this.#code, this.#admin]) this.#problem(input, "");
    this.#problem(this.#name, wrong ?? "");
    if (wrong) return;
    this.say(""); // how the last session ended may not be why the next one is refused
    this.#busy(true);
    const proofs = this.#proofs(event.submitter);
    try {
      await this.#onJoin(this.#name.value.trim(), proofs);
      this.#askPassword(false);
      this.#code.value = "";
      this.#admin.value = "";
      byId("join-preview").replaceChildren();
    } catch (error) {
      this.#refused(error, "invite" in proofs);
    } finally {
      this.#busy(false);
    }
  }

  /** A guest is let in by the invite alone; whoever signs in as ever accepts it afterwards. */
  #proofs(submitter) {
    if (this.#invite !== null && submitter !== this.#member) return { invite: this.#invite };
    return { accessCode: this.#code.value, adminCode: this.#admin.value, password: this.#password.value };
  }

  #askPassword(asked) {
    if (!asked) {
      this.#password.value = "";
      this.#problem(this.#password, "");
      this.#shown.off();
    }
    hide(this.#passwordPart, !asked);
  }

  #refused(error, asGuest) {
    const { field, words } = signInRefusal(error, { codeAsked: !this.#codeField.hidden, asGuest });
    if (field === "password") {
      this.#askPassword(true);
      this.#password.focus();
      this.#password.select();
    }
    if (field === "code") this.#codeField.hidden = false;
    if (field === "admin") byId("join-admin").open = true;
    this.#problem(this.#fields[field], words);
  }

  #problem(input, words) {
    byId(`${input.id}-problem`).textContent = words;
    input.setAttribute("aria-invalid", String(words !== ""));
    if (words) input.focus();
  }

  #busy(busy) {
    this.#submit.ariaBusy = String(busy);
    this.#submit.textContent = t(busy ? "join.busy" : this.#invite === null ? "join.submit" : "join.guest");
  }
}
