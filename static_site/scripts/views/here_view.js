import { arrange, byId, h, say } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { personLine } from "./person_line.js";

/** Who is in the room at this moment, in its panel; each but oneself opens their card. */
export class HereView {
  #title = byId("here-title");
  #list = byId("here-list");
  #note = byId("here-note");
  #problem = byId("here-problem");
  #here;
  #user;
  #card;
  #count;
  #lines = new Map(); // id -> {words, line}

  /** `here` is who is there, `user()` who looks; `card` is the card of somebody, `count(room)` how many there are by the head of the room. */
  constructor({ here, user, card, count }) {
    this.#here = here;
    this.#user = user;
    this.#card = card;
    this.#count = count;
    here.on("change", () => this.update());
  }

  /** Shows them as they are now; whoever is still there keeps their line, with the focus and the card beside it. */
  update() {
    const { people, room, problem } = this.#here;
    if (room === null) return;
    const focused = this.#list.contains(document.activeElement);
    this.#lines = new Map(people.map((person) => [person.id, this.#line(person)]));
    arrange(this.#list, [...this.#lines.values()].map(({ line }) => line));
    if (focused && !this.#list.contains(document.activeElement)) this.#title.focus();
    const others = people.length > 0 ? this.#count(room) - people.length : 0;
    say(this.#note, others > 0 ? t("here_now.more", { count: others }) : t("here_now.note"));
    say(this.#problem, problem ?? "");
  }

  focus() {
    this.#title.focus();
    this.#title.scrollIntoView({ block: "nearest" });
  }

  #line(person) {
    const own = person.id === this.#user().id;
    const notes = [own && t("role.you"), person.bot ? t("role.bot") : person.role && person.role !== "member" && t(`role.${person.role}`)];
    const words = JSON.stringify([person.name, notes]);
    const before = this.#lines.get(person.id);
    if (before?.words === words) return before;
    const parts = personLine(person, ...notes);
    const shown = own ? h("div", { class: "person" }, ...parts) : h("button", { class: "person person-open", type: "button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": "here-card" }, ...parts);
    if (!own) shown.addEventListener("click", () => this.#card.toggle(shown, person));
    return { words, line: h("li", { "data-user": person.id }, shown) };
  }
}
