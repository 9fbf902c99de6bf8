import { t } from "../lib/i18n.js";


const MOST = 7; // and oneself: a direct room has eight people at most

/** The people with whom somebody wants a direct room, in the order in which they were chosen. */
export class ChosenPeople {
  people = [];

  get ids() {
    return this.people.map(({ id }) => id);
  }

  /** What is said before the room is opened, and why nobody more can be chosen. */
  get words() {
    if (this.people.length === 0) return t("direct.nobody");
    return this.people.length < MOST ? t("direct.count", { count: this.people.length + 1 }) : t("direct.most");
  }

  add(person) {
    if (this.people.length < MOST && !this.ids.includes(person.id)) this.people = [...this.people, person];
  }

  remove(id) {
    this.people = this.people.filter((person) => person.id !== id);
  }

  clear() {
    this.people = [];
  }
}
