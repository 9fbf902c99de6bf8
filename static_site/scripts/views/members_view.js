import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isMuted, memberActions } from "../models/rights.js";
import { attempt } from "./attempt.js";
import { durationChoice } from "./durations.js";
import { personLine } from "./person_line.js";
import { momentOf } from "./time.js";

const WORDS = { message: "member.message", "make owner": "member.owner", "make member": "member.member", mute: "member.mute", unmute: "member.unmute", remove: "member.remove" };

/** Who belongs to a room, each with what can be done: a line that unfolds. */
export class MembersView {
  #list = byId("members-list");
  #problem = byId("members-problem");
  #more = byId("members-more");
  #members;
  #context;
  #actions;

  /** `context()` is `{user, rights, now}`; `actions` has `message(person)` and `remove(person)`, which asks first. */
  constructor({ members, context, actions }) {
    this.#members = members;
    this.#context = context;
    this.#actions = actions;
    this.#more.addEventListener("click", () => attempt({ button: this.#more, problem: this.#problem }, () => members.next()));
    members.on("change", () => this.update());
  }

  /** Shows the members as they are now; who was unfolded stays so, and keeps the focus. */
  update() {
    const open = new Set([...this.#list.querySelectorAll("details[open]")].map(({ dataset }) => dataset.user));
    const focused = this.#list.contains(document.activeElement) ? document.activeElement.closest("[data-user]")?.dataset.user : null;
    this.#list.replaceChildren(...this.#members.all.map((member) => h("li", {}, this.#line(member, open.has(member.id)))));
    this.#more.hidden = !this.#members.more;
    if (focused) (this.#list.querySelector(`[data-user="${CSS.escape(focused)}"] summary`) ?? byId("about-title")).focus();
  }

  #line(member, open) {
    const { user, rights, now } = this.#context();
    const muted = isMuted(member, now) && t("member.muted", { time: momentOf(new Date(member.mutedUntil)) });
    const line = personLine(member, member.id === user.id && t("role.you"), member.role === "owner" && t("role.owner"), muted);
    const actions = memberActions(member, user, rights, now);
    if (actions.length === 0) return h("div", { class: "person", "data-user": member.id }, ...line);
    const buttons = actions.flatMap((action) => this.#control(action, member));
    return h("details", { class: "person", "data-user": member.id, open }, h("summary", {}, ...line), h("div", { class: "person-actions" }, ...buttons));
  }

  #control(action, member) {
    const minutes = action === "mute" && durationChoice({ class: "select-small", "aria-label": t("member.mute.duration", { name: member.name }) });
    const button = h("button", { class: `button button-small${action === "remove" ? " button-danger" : ""}`, type: "button" }, t(WORDS[action]));
    button.addEventListener("click", () => attempt({ button, problem: this.#problem }, () => this.#act(action, member, Number(minutes?.value))));
    return minutes ? [h("span", { class: "button-pair" }, minutes, button)] : [button];
  }

  #act(action, member, minutes) {
    switch (action) {
      case "message":
        return this.#actions.message(member);
      case "make owner":
        return this.#members.put(member.id, "owner");
      case "make member":
        return this.#members.put(member.id, "member");
      case "remove":
        return this.#actions.remove(member);
      default:
        return this.#members.mute(member.id, action === "mute" ? minutes : 0);
    }
  }
}
