import { h } from "../lib/dom.js";
import { inviteLink } from "../models/router.js";
import { attempt } from "./attempt.js";

const USES = [1, 5, 25, 100];
const HOURS = [
  [1, "1 hour"],
  [24, "1 day"],
  [168, "1 week"],
];
const UNTIL = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** Makes an invite and shows its link, to be copied. `room()` is the room; `onInvite(room, {uses, hours})` resolves with the invite. */
export class InviteForm {
  #uses = h("select", { "aria-label": "How many people" }, ...USES.map((uses) => h("option", { value: uses }, uses === 1 ? "1 person" : `${uses} people`)));
  #hours = h("select", { "aria-label": "How long" }, ...HOURS.map(([hours, words]) => h("option", { value: hours, selected: hours === 24 }, words)));
  #make = h("button", { class: "button button-small", type: "button" }, "Make a link");
  #link = h("input", { type: "text", readonly: true, "aria-label": "Link of the invite", spellcheck: "false" });
  #copy = h("button", { class: "button button-small button-primary", type: "button" }, "Copy");
  #made = h("div", { class: "invite-made", hidden: true }, this.#link, this.#copy);
  #note = h("p", { class: "field-help", role: "status" });
  #problem = h("p", { class: "field-problem", role: "alert" });

  constructor({ place, room, onInvite }) {
    place.replaceChildren(h("div", { class: "invite-form" }, "For", this.#uses, "within", this.#hours, this.#make), this.#made, this.#note, this.#problem);
    this.#make.addEventListener("click", () => attempt({ button: this.#make, problem: this.#problem }, async () => this.#show(await onInvite(room(), this.#wanted()))));
    this.#copy.addEventListener("click", () => this.#copyLink());
  }

  reset() {
    this.#made.hidden = true;
    this.#note.textContent = "";
    this.#problem.textContent = "";
  }

  #wanted() {
    return { uses: Number(this.#uses.value), hours: Number(this.#hours.value) };
  }

  #show({ invite, expiresAt, uses }) {
    this.#link.value = inviteLink(invite);
    this.#made.hidden = false;
    this.#note.textContent = `${uses === 1 ? "One person" : `${uses} people`} can use it until ${UNTIL.format(new Date(expiresAt))}. It is shown only now.`;
    this.#copy.focus();
  }

  /** The clipboard is missing on plain http, and may be refused: then the link is selected. */
  async #copyLink() {
    try {
      await navigator.clipboard.writeText(this.#link.value);
      this.#note.textContent = "Copied.";
    } catch {
      this.#link.focus();
      this.#link.select();
      this.#note.textContent = "The browser does not copy it by itself: the link is selected, copy it from there.";
    }
  }
}
