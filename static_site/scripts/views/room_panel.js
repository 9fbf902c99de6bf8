import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { Members } from "../models/members.js";
import { kindWords } from "../models/room_facts.js";
import { rightsIn } from "../models/rights.js";
import { attempt } from "./attempt.js";
import { InviteForm } from "./invite_form.js";
import { MembersView } from "./members_view.js";
import { PeoplePicker } from "./people_picker.js";

/** All about the open room: what it is, who belongs to it, and invites to it. */
export class RoomPanel {
  #dialog = byId("about-dialog");
  #problem = byId("members-problem");
  #members;
  #rooms;
  #actions;
  #user;
  #picker;
  #invites;

  /** `user()` is who looks, `now()` the service's time; `actions` has `edit(about)`, `message(person)`, `write()`, `isOnly(room)`, `leave()` and `confirm(question)`. */
  constructor({ house, rooms, user, now, actions }) {
    this.#rooms = rooms;
    this.#user = user;
    this.#actions = actions;
    this.#members = new Members(house);
    new MembersView({
      members: this.#members,
      context: () => ({ user: user(), rights: this.#rights(), now: now() }),
      actions: { message: (person) => this.#message(person), remove: (person) => this.#remove(person) },
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
    rooms.on("change", () => this.#dialog.open && this.#show());
    this.#members.on("change", () => this.#learnRole());
  }

  async open(room) {
    const loading = attempt({ problem: this.#problem }, () => this.#members.open(room));
    this.#picker.reset();
    this.#invites.reset();
    this.#show();
    this.#dialog.showModal();
    byId("about-title").focus();
    await loading;
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
    byId("about-leave").disabled = this.#actions.isOnly(about.room);
    byId("about-leave").title = byId("about-leave").disabled ? t("leave.only") : "";
    byId("about-leave").hidden = about.access === "direct"; // it belongs to its people for ever
    byId("members-add").hidden = !rights.members;
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
