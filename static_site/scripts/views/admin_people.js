import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { attempt } from "./attempt.js";
import { personLine } from "./person_line.js";
import { momentOf } from "./time.js";

const LIMIT = 50;
const PAUSE_MS = 250;

/** People by the beginning of their names, each with what an admin can do about them. */
export class AdminPeople {
  #field = byId("admin-find");
  #list = byId("admin-people-list");
  #note = byId("admin-people-note");
  #problem = byId("admin-problem");
  #house;
  #user;
  #actions;
  #timer = null;
  #asked = 0;
  #said = ""; // what was done stays to be read although the list is shown anew

  /** `user()` is the admin; `actions` has `ban(person, done)` and `removePerson(person, done)`, which ask for the reason, `erase(person)`, and `linkFor(person)`, which makes a link with which they get in. */
  constructor({ house, user, actions }) {
    this.#house = house;
    this.#user = user;
    this.#actions = actions;
    this.#field.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#said = "";
      this.#timer = setTimeout(() => this.load(), PAUSE_MS);
    });
  }

  load() {
    this.#asked += 1;
    const asked = this.#asked;
    return attempt({ problem: this.#problem }, async () => {
      const { people, more } = await this.#house.people(this.#field.value.trim(), LIMIT);
      if (asked === this.#asked) this.#show(people, more);
    });
  }

  #show(people, more) {
    this.#list.replaceChildren(...people.map((person) => h("li", {}, this.#line(person))));
    this.#note.textContent = this.#said ? this.#said : people.length === 0 ? t("people.none") : more ? t("admin.people.more", { count: people.length }) : "";
  }

  #done(words) {
    this.#said = words;
    this.load();
  }

  #line(person) {
    const line = personLine(person, person.role !== "member" && t(`role.${person.role}`));
    if (person.id === this.#user().id) return h("div", { class: "person" }, ...line, h("span", { class: "person-note" }, t("role.you")));
    const ban = h("button", { class: "button button-small button-danger", type: "button", "aria-label": t("ban.of", { name: person.name }) }, t("ban"));
    const lift = h("button", { class: "button button-small", type: "button", "aria-label": t("unban.of", { name: person.name }) }, t("unban"));
    const remove = h("button", { class: "button button-small button-danger", type: "button", "aria-label": t("expel.of", { name: person.name }) }, t("expel"));
    const erase = h("button", { class: "button button-small", type: "button", "aria-label": t("erase.of", { name: person.name }) }, t("erase"));
    remove.addEventListener("click", () => this.#actions.removePerson(person, () => this.#done(t("expel.done", { name: person.name }))));
    erase.addEventListener("click", () => this.#actions.erase(person));
    ban.addEventListener("click", () => this.#actions.ban(person, () => this.#done(t("ban.done", { name: person.name }))));
    lift.addEventListener("click", () =>
      attempt({ button: lift, problem: this.#problem }, async () => {
        await this.#house.liftBan(person.id);
        this.#done(t("unban.done", { name: person.name }));
      }),
    );
    const link = h("button", { class: "button button-small", type: "button", "aria-label": t("link.title.of", { name: person.name }) }, t("link.make"));
    link.addEventListener("click", () => this.#actions.linkFor(person));
    const why = person.ban ? [h("span", { class: "person-note" }, banWords(person.ban))] : [];
    if (person.ban?.addresses) why.push(h("span", { class: "person-note" }, t("ban.addresses.held")));
    return h("div", { class: "person", "data-user": person.id }, ...line, ...why, h("span", { class: "person-buttons" }, !person.bot && !person.ban && link, erase, ...(person.ban?.removed ? [lift] : [person.ban ? lift : ban, remove])));
  }
}

function banWords({ until, reason, removed }) {
  if (removed) return t("expel.was", { reason });
  return until ? t("ban.until", { time: momentOf(new Date(until)), reason }) : t("ban.for_ever", { reason });
}
