import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { askForNotices, noticePermission } from "../lib/notifications.js";
import { attempt } from "./attempt.js";
import { icon } from "./icons.js";

/** What somebody is told of in the open room, how, and whether at all in this browser. */
export class NoticesDialog {
  #dialog = byId("notices-dialog");
  #form = byId("notices-form");
  #bell = byId("room-notices");
  #toggle = byId("notices-toggle");
  #choices;
  #levels;
  #about;
  #pushes;

  /** `levels` are the `RoomChoices`; `about()` is the open room as `RoomList.about` has it. */
  constructor({ choices, levels, pushes, about }) {
    this.#choices = choices;
    this.#levels = levels;
    this.#pushes = pushes;
    this.#about = about;
    for (const opener of [this.#bell, byId("about-notices"), byId("settings-notices")]) opener.addEventListener("click", () => this.open());
    this.#toggle.addEventListener("click", () => this.#turn());
    this.#form.addEventListener("change", () => this.#choose());
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    choices.on("change", () => this.update());
    pushes.on("change", () => this.update());
  }

  open() {
    byId("notices-problem").textContent = "";
    this.update();
    this.#dialog.showModal();
  }

  /** The bell follows the open room and the choices; so does what is open. */
  update() {
    const about = this.#about();
    const level = this.#levels.levelOf(about);
    const state = this.#state();
    const rings = state === "on" && level !== "none";
    this.#bell.replaceChildren(icon(rings ? "bell" : "bellOff"));
    this.#bell.dataset.rings = String(rings);
    this.#bell.title = t(`notices.bell.${rings ? level : "off"}`);
    this.#bell.setAttribute("aria-label", this.#bell.title);
    byId("notices-state").textContent = t(`notices.state.${state}`);
    this.#toggle.hidden = state === "missing" || state === "denied";
    this.#toggle.textContent = t(state === "on" ? "notices.turn_off" : "notices.turn_on");
    this.#toggle.classList.toggle("button-primary", state === "off");
    byId("notices-room").textContent = t("notices.room", { title: about.title });
    this.#form.elements.level.value = level;
    this.#form.elements.sound.checked = this.#choices.sound;
    this.#updateClosed(state);
  }

  #updateClosed(state) {
    const { possible, failed } = this.#pushes;
    const { closed } = this.#form.elements;
    closed.checked = this.#choices.closed;
    closed.closest("label").hidden = state !== "on" || !possible;
    const problem = !possible ? "missing" : this.#choices.closed && failed ? "failed" : null;
    byId("notices-closed").textContent = state === "on" && problem ? t(`notices.closed.${problem}`) : "";
  }

  #state() {
    const permission = noticePermission();
    if (permission === "missing" || permission === "denied") return permission;
    return permission === "granted" && this.#choices.enabled ? "on" : "off";
  }

  async #turn() {
    if (this.#state() === "on") this.#choices.enabled = false;
    else if ((await askForNotices()) === "granted") this.#choices.enabled = true;
    this.update(); // also if the browser refused, or nobody answered its question
  }

  #choose() {
    const { level, sound, closed } = Object.fromEntries(new FormData(this.#form)); // before the first change shows what is kept
    const about = this.#about();
    if (level !== this.#levels.levelOf(about)) attempt({ problem: byId("notices-problem") }, () => this.#levels.tellOf(about, level));
    this.#choices.sound = sound !== undefined;
    this.#choices.closed = closed !== undefined;
  }
}
