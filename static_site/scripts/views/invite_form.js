import { h } from "../lib/dom.js";
import { parts, t } from "../lib/i18n.js";
import { inviteLink } from "../models/router.js";
import { attempt } from "./attempt.js";
import { durationWords } from "./numbers.js";
import { ShownOnce } from "./shown_once.js";
import { momentOf } from "./time.js";

const USES = [1, 5, 25, 100];
const HOURS = [1, 24, 168];

/** Makes an invite and shows its link, to be copied. `room()` is the room; `onInvite(room, {uses, hours})` resolves with the invite. */
export class InviteForm {
  #uses = h("select", { class: "select", "aria-label": t("invite.uses") }, ...USES.map((uses) => h("option", { value: uses }, t("people.count", { count: uses }))));
  #hours = h("select", { class: "select", "aria-label": t("invite.hours") }, ...HOURS.map((hours) => h("option", { value: hours, selected: hours === 24 }, durationWords(hours * 60))));
  #make = h("button", { class: "button button-small", type: "button" }, t("invite.make"));
  #link = new ShownOnce(t("invite.link"));
  #problem = h("p", { class: "field-problem", role: "alert" });

  constructor({ place, room, onInvite }) {
    place.replaceChildren(h("div", { class: "invite-form" }, ...parts("invite.form", { people: this.#uses, time: this.#hours }), this.#make), ...this.#link.elements, this.#problem);
    this.#make.addEventListener("click", () => attempt({ button: this.#make, problem: this.#problem }, async () => this.#show(await onInvite(room(), this.#wanted()))));
  }

  focus() {
    this.#make.focus();
  }

  reset() {
    this.#link.clear();
    this.#problem.textContent = "";
  }

  #wanted() {
    return { uses: Number(this.#uses.value), hours: Number(this.#hours.value) };
  }

  #show({ invite, expiresAt, uses }) {
    this.#link.show(inviteLink(invite), t("invite.made", { count: uses, time: momentOf(new Date(expiresAt)) }));
  }
}
