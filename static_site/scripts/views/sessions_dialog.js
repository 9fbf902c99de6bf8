import { byId, h } from "../lib/dom.js";
import { hasMessage, t } from "../lib/i18n.js";
import { attempt } from "./attempt.js";
import { paintAvatar } from "./avatar.js";
import { momentOf } from "./time.js";


/** Where somebody is signed in, to be ended one by one or all at once. */
export class SessionsDialog {
  #dialog = byId("sessions-dialog");
  #list = byId("sessions-list");
  #problem = byId("sessions-problem");
  #others = byId("sessions-others");
  #everywhere = byId("sessions-everywhere");
  #avatar = byId("my-avatar");
  #about = byId("my-about");
  #profile = byId("my-profile");
  #house;
  #user = null;
  #sessions = [];

  /** `onEverywhere()` signs out everywhere; `onProfile(user, done)` lets this person describe themselves. */
  constructor({ house, moodChoice, onEverywhere, onProfile }) {
    this.#house = house;
    const mood = byId("my-mood");
    mood.checked = moodChoice.isRead;
    mood.addEventListener("change", () => moodChoice.choose(mood.checked));
    this.#profile.addEventListener("click", () => this.#user && onProfile(this.#user, (user) => this.#describe(user)));
    byId("me-open").addEventListener("click", () => this.#open());
    this.#others.addEventListener("click", () => this.#try(this.#others, () => this.#endOthers()));
    this.#everywhere.addEventListener("click", () => this.#try(this.#everywhere, onEverywhere));
  }

  close() {
    this.#dialog.close();
  }

  async #open() {
    this.#sessions = [];
    this.#user = null;
    byId("sessions-title").textContent = t("me.title");
    byId("sessions-role").textContent = "";
    this.#show();
    this.#dialog.showModal();
    await this.#try(null, () => this.#load());
  }

  async #load() {
    const { user, sessions } = await this.#house.me();
    byId("sessions-title").textContent = user.name;
    byId("sessions-role").textContent = hasMessage(`me.role.${user.role}`) ? t(`me.role.${user.role}`) : "";
    this.#describe(user);
    this.#sessions = sessions.toSorted((one, other) => other.current - one.current || Date.parse(other.lastSeenAt) - Date.parse(one.lastSeenAt));
    this.#show();
  }

  #describe(user) {
    this.#user = user;
    paintAvatar(this.#avatar, user, { listed: true });
    this.#about.textContent = user.about ?? "";
  }

  /** However far that comes, the list shows what is left. */
  async #endOthers() {
    try {
      for (const { id } of this.#sessions.filter(({ current }) => !current)) await this.#house.endSession(id);
    } finally {
      await this.#load();
    }
  }

  #show() {
    this.#list.replaceChildren(...this.#sessions.map((session) => this.#line(session)));
    this.#others.hidden = this.#sessions.length < 2;
  }

  #line({ id, createdAt, lastSeenAt, current }) {
    const words = h("span", { class: "session-words" }, h("b", {}, current ? t("sessions.this") : t("sessions.seen", { time: momentOf(new Date(lastSeenAt)) })), t("sessions.since", { time: momentOf(new Date(createdAt)) }));
    const end = h("button", { class: "button button-small", type: "button", "aria-label": t("sessions.end.of", { time: momentOf(new Date(createdAt)) }) }, t("sessions.end"));
    end.addEventListener("click", () => this.#try(end, () => this.#endOne(id)));
    return h("li", { class: "session", "data-session": id, "data-current": current }, words, !current && end);
  }

  async #endOne(id) {
    await this.#house.endSession(id);
    this.#sessions = this.#sessions.filter((session) => session.id !== id);
    this.#show();
    byId("sessions-title").focus();
  }

  #try(button, work) {
    return attempt({ button, problem: this.#problem }, work);
  }
}
