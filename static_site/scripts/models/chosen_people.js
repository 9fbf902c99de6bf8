const MOST = 7; // and oneself: a direct room has eight people at most

/** The people with whom somebody wants a direct room, in the order in which they were chosen. */
export class ChosenPeople {
  people = [];

  get ids() {
    return this.people.map(({ id }) => id);
  }

  /** What is said before the room is opened, and why nobody more can be chosen. */
  get words() {
    if (this.people.length === 0) return "Nobody is chosen yet.";
    return this.people.length < MOST ? `${this.people.length + 1} people will see it, you among them.` : "Eight people, you among them, are as many as there can be.";
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
