import { byId, h } from "../lib/dom.js";
import { parts, t } from "../lib/i18n.js";
import { deedParts } from "../models/deeds.js";
import { PeopleNames } from "../models/people_names.js";
import { rightsIn } from "../models/rights.js";
import { Router } from "../models/router.js";
import { AdminPeople } from "./admin_people.js";
import { AdminRecords } from "./admin_records.js";
import { icon } from "./icons.js";
import { InviteForm } from "./invite_form.js";

const OF_NO_PERSON = new Set(["access", "delete", "delete-room"]); // their target is a room or a message

/** The page for admins: people, reports, what was done, and invites; one of them at a time. */
export class AdminView {
  #admin = byId("admin");
  #room = byId("room");
  #tabs = [...byId("admin-tabs").children];
  #rooms;
  #router;
  #user;
  #names;
  #parts;

  /** `user()` is who looks; `actions` is what `AdminPeople` needs, and `showMessage(room, seq)`. */
  constructor({ house, rooms, router, user, actions }) {
    this.#rooms = rooms;
    this.#router = router;
    this.#user = user;
    this.#names = new PeopleNames((prefix, limit) => house.people(prefix, limit));
    const reports = new AdminRecords({
      place: "admin-reports",
      fetchPage: async (last) => page(await house.reports(last?.at), "reports"),
      words: (report) => this.#reportWords(report, actions.showMessage),
      empty: t("admin.reports.none"),
    });
    const audit = new AdminRecords({
      place: "admin-audit",
      fetchPage: async (last) => this.#named(page(await house.audit(last?.at), "entries")),
      words: (deed) => deedParts(deed, { by: h("b", {}, h("bdi", {}, deed.by.name)), nameOf: (id) => this.#names.of(id), titleOf: (room) => rooms.about(room).title }),
      empty: t("admin.audit.none"),
    });
    const people = new AdminPeople({ house, user, actions });
    this.#parts = { people, reports, audit, invites: { load: () => this.#offerRooms() } };
    new InviteForm({ place: byId("admin-invite"), room: () => byId("admin-room").value, onInvite: (room, wanted) => house.invite(room, wanted) });
    for (const tab of this.#tabs) tab.addEventListener("click", () => this.#turnTo(tab.dataset.tab));
    byId("admin-back").append(icon("back"));
    byId("admin-link").prepend(icon("shield"));
    router.on("admin", () => this.update());
  }

  /** Shows the page in place of the room if it is asked for and this person is an admin; others go to their room. */
  update() {
    const isAdmin = this.#user()?.role === "admin";
    if (this.#router.admin && this.#user() && !isAdmin) {
      this.#router.go(this.#router.room);
      return;
    }
    const shown = this.#router.admin && isAdmin;
    byId("admin-back").href = Router.href(this.#router.room);
    this.#admin.hidden = !shown;
    this.#room.hidden = shown;
    if (shown) byId("admin-link").setAttribute("aria-current", "page");
    else byId("admin-link").removeAttribute("aria-current");
    if (!shown) return;
    this.#turnTo("people");
    byId("admin-title").focus();
  }

  #turnTo(name) {
    byId("admin-problem").textContent = "";
    for (const tab of this.#tabs) {
      const on = tab.dataset.tab === name;
      tab.setAttribute("aria-pressed", String(on));
      byId(`admin-${tab.dataset.tab}`).hidden = !on;
    }
    this.#parts[name].load();
  }

  #reportWords({ by, room, seq, reason }, showMessage) {
    const { title } = this.#rooms.about(room);
    const go = h("button", { class: "button button-small", type: "button", click: () => showMessage(room, seq) }, t("admin.show"));
    return [...parts("admin.report", { name: h("b", {}, h("bdi", {}, by.name)), seq: String(seq), title, reason: h("q", { dir: "auto" }, reason) }), " ", go];
  }

  /** The record knows people by their ids; their names come from what is known of people. */
  async #named(found) {
    this.#names.learn(found.items.map(({ by }) => by));
    await this.#names.ask(found.items.filter(({ what }) => !OF_NO_PERSON.has(what)).map(({ target }) => target));
    return found;
  }

  #offerRooms() {
    const rooms = this.#rooms.all.filter((about) => rightsIn(about, this.#user()).invite);
    byId("admin-room").replaceChildren(...rooms.map(({ room, title }) => h("option", { value: room }, title)));
  }
}

function page(answer, key) {
  return { items: answer[key], more: answer.more };
}
