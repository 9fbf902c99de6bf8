import { byId, h, hide, say } from "../lib/dom.js";
import { AnchoredCard } from "./anchored_card.js";
import { attempt } from "./attempt.js";
import { personLine } from "./person_line.js";

/** The card of somebody who wrote: who they are, and what one can do about them. */
export class PersonCard {
  #card;
  #nameId;
  #offers;
  #about;

  /**
   * `about.of(id)` are somebody's words about themselves, as far as they are known, and `about.refresh(id)` asks for them. `offers(user)` is a list of `{words, action, after}`; an action that returns a promise may be refused, and `after` follows it if
   * it is not. In a dialog, the card is an element of that dialog, `within` which its opener is.
   */
  constructor({ offers, about, card = byId("person-card"), within }) {
    this.#card = new AnchoredCard(card, { menu: true, within });
    this.#nameId = card.getAttribute("aria-labelledby");
    this.#offers = offers;
    this.#about = about;
  }

  toggle(opener, user) {
    const problem = h("p", { class: "field-problem", role: "alert" });
    const buttons = this.#offers(user).map((offer, index) => this.#button(offer, index === 0, problem));
    const name = h("h2", { id: this.#nameId, class: "person" }, ...personLine(user));
    const menu = h("div", { class: "person-buttons", role: buttons.length > 0 ? "menu" : null, "aria-labelledby": buttons.length > 0 ? this.#nameId : null }, ...buttons);
    const about = h("p", { class: "person-about", dir: "auto" });
    const tell = () => {
      say(about, this.#about.of(user.id));
      hide(about, about.textContent === "");
    };
    tell();
    this.#card.toggle(opener, [name, about, menu, problem]);
    if (this.#card.isOpen) this.#about.refresh(user.id).then(tell);
  }

  close() {
    this.#card.close();
  }

  #button({ words, action, after }, first, problem) {
    const button = h("button", { class: "menu-item", type: "button", role: "menuitem", autofocus: first }, words);
    button.addEventListener("click", async () => {
      if (!(await attempt({ button, problem }, action))) return;
      this.close(); // which gives the focus back to what opened it
      after?.();
    });
    return button;
  }
}
