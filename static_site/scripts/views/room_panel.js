import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { HereNow } from "../models/here_now.js";
import { Members } from "../models/members.js";
import { kindWords } from "../models/room_facts.js";
import { rightsIn } from "../models/rights.js";
import { attempt } from "./attempt.js";
import { HereView } from "./here_view.js";
import { InviteForm } from "./invite_form.js";
import { MembersView } from "./members_view.js";
import { PeoplePicker } from "./people_picker.js";
import { PersonCard } from "./person_card.js";

/** All about the open room: what it is, who is there, who belongs to it, and invites to it. */
export class RoomPanel {
  #dialog = byId("about-dialog");
  #problem = byId("members-problem");
  #members;
  #here;
  #hereView;
  #rooms;
  #actions;
  #user;
  #picker;
  #invites;

  /**
   * `user()` is who looks, `now()` the service's time; `people` are those of the rooms, `presence` who is there; `actions` has
   * `edit(about)`, `hide(about)`, which shows a hidden room again, `message(person)`, `write()`, `isOnly(room)`, `leave()`,
   * `deleteRoom(about)`, `confirm(question)`, `offers(person)`, what can be done about somebody, and `about` as a card wants it.
   */
  constructor({ house, rooms, user, now, people, presence, actions }) {
    this.#rooms = rooms;
    this.#user = user;
    this.#actions = actions;
    this.#members = new Members(house);
    new MembersView({
      members: this.#members,
      context: () => ({ user: user(), rights: this.#rights(), now: now() }),
      actions: { message: (person) => this.#message(person), remove: (person) => this.#remove(person) },
    });
    this.#here = new HereNow({ presence, learn: (room) => people.learnHere(room) });
    const card = new PersonCard({ offers: (person) => actions.offers(person), about: actions.about, card: byId("here-card"), within: this.#dialog });
    this.#hereView = new HereView({ here: this.#here, user, card, count: (room) => people.count(room) });
    this.#dialog.addEventListener("close", () => {
      card.close();
      this.#here.close();
    });
    this.#picker = new PeoplePicker({
      field: "members-find",
      list: "members-found",
      find: (prefix, limit) => house.people(prefix, limit),
      except: () => new Set(this.#members.all.map(({ id }) => id)),
      onPick: (person) => attempt({ problem: this.#problem }, () => this.#members.put(person.id, "member")),
    });
    this.#invites = new InviteForm({ place: byId("about-invite"), room: () => this.#members.room, onInvite: (room, wanted) => house.invite(room, wanted) });
    byId("about-edit").addEventListener("click", () => this.#actions.edit(this.#about()));
    byId("about-leave").addEventListener("click", () => {
      this.close();
      actions.leave();
    });
    byId("about-hide").addEventListener("click", () => {
      this.close();
      actions.hide(this.#about());
    });
    byId("about-delete").addEventListener("click", () => {
      this.close();
      actions.deleteRoom(this.#about());
    });
    rooms.on("change", () => this.#dialog.open && this.#show());
    this.#members.on("change", () => this.#learnRole());
    this.#members.on("change", () => this.#show());
  }

  /** Opens at its title, or `at` "people", who are here now, or "invites". */
  async open(room, { at = "title" } = {}) {
    const asking = this.#here.open(room);
    const loading = attempt({ problem: this.#problem }, () => this.#members.open(room));
    this.#picker.reset();
    this.#invites.reset();
    this.#show();
    this.#dialog.showModal();
    this.#hereView.update();
    if (at === "people") this.#hereView.focus();
    else if (at === "invites") this.#invites.focus();
    else byId("about-title").focus();
    await Promise.all([loading, asking]);
  }

  close() {
    this.#dialog.close();
  }

  #about() {
    return this.#rooms.about(this.#members.room);
  }

  #rights() {
    return rightsIn(this.#about(), this.#user());
  }

  #show() {
    const about = this.#about();
    const rights = this.#rights();
    byId("about-title").textContent = about.title;
    byId("about-kind").textContent = kindWords(about);
    byId("about-topic").textContent = about.topic;
    byId("about-note").textContent = t(`room.note.${about.access}`);
    byId("about-pulse").hidden = about.access === "direct"; // they have none
    byId("about-edit").hidden = !rights.change;
    byId("about-hide").textContent = t(about.hidden ? "room.show" : "room.hide");
    byId("about-hide").hidden = !this.#rooms.isKnown(about.room);
    byId("about-leave").disabled = this.#actions.isOnly(about.room);
    byId("about-leave").title = byId("about-leave").disabled ? t("leave.only") : "";
    byId("about-leave").hidden = about.access === "direct"; // it belongs to its people as it is
    byId("about-delete").hidden = !rights.deleteRoom;
    byId("members-add").hidden = !rights.members;
    byId("about-members").hidden = this.#members.isEmpty && !rights.members;
    byId("about-invites").hidden = !rights.invite;
  }

  /** The list of members knows sooner than the list of rooms what this person is here. */
  #learnRole() {
    const own = this.#members.all.find(({ id }) => id === this.#user().id);
    const { room, role } = this.#about();
    if (own && own.role !== role && this.#rooms.isKnown(room)) this.#rooms.learn({ room, role: own.role });
  }

  async #message(person) {
    await this.#actions.message(person);
    this.close();
    this.#actions.write();
  }

  async #remove(person) {
    const { title } = this.#about();
    const question = { title: t("remove.title", { name: person.name, title }), words: t("remove.help"), action: t("member.remove") };
    if (await this.#actions.confirm(question)) await this.#members.remove(person.id);
  }
}
