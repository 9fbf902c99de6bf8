import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { PeopleNames } from "../models/people_names.js";
import { Programs } from "../models/programs.js";
import { rightsIn } from "../models/rights.js";
import { BotAddress } from "./bot_address.js";
import { durationWords } from "./numbers.js";
import { ProgramsPart } from "./programs_part.js";
import { momentOf } from "./time.js";

const HOURS = [24, 720, 2_160, 8_760];

/** Programs that write: the hooks of a room for those who may change them, and the bots of whoever looks. */
export class ProgramsDialog {
  #dialog = byId("programs-dialog");
  #names;
  #hooks;
  #bots;
  #about;
  #user;
  #room = null;

  /** `user()` is who looks, `about(room)` what a room is; `room()` is the open one. `confirm(question)` asks before one is ended. */
  constructor({ house, user, about, room, confirm }) {
    this.#user = user;
    this.#about = about;
    this.#names = new PeopleNames((prefix, limit) => house.people(prefix, limit));
    const hooks = { list: () => this.#hooksNow(house), make: (name) => this.#makeHook(house, name), end: (id) => house.deleteHook(this.#room, id) };
    this.#hooks = new ProgramsPart({ kind: "hooks", programs: new Programs("hooks", hooks), note: (hook) => this.#by(hook), made: hookMade, confirm });
    const bots = { list: async () => (await house.bots()).map(bot), make: async (name, hours) => bot(await house.makeBot(name, hours)), end: (id) => house.endBot(id) };
    const hours = h("select", { class: "select", "aria-label": t("programs.hours") }, ...HOURS.map((one) => h("option", { value: one }, durationWords(one * 60))));
    this.#bots = new ProgramsPart({ kind: "bots", programs: new Programs("bots", bots), note: ({ expiresAt }) => t("programs.until", { time: momentOf(new Date(expiresAt)) }), made: botMade, more: [hours], below: (one) => new BotAddress(one, house).element, confirm });
    this.#opens("about", room);
    this.#opens("sessions", () => null);
    this.#dialog.addEventListener("close", () => [this.#hooks, this.#bots].forEach((part) => part.close()));
  }

  /** For no room, it shows the bots alone. */
  async open(room) {
    this.#room = room;
    const about = room && this.#about(room);
    const user = this.#user();
    byId("hooks-title").textContent = room ? t("programs.hooks", { title: about.title }) : "";
    this.#dialog.showModal();
    byId("programs-title").focus();
    await Promise.all([
      room && rightsIn(about, user).hooks && this.#hooks.open({ makes: !about.archived }),
      rightsIn({}, user).bots && this.#bots.open(),
    ]);
  }

  /** From another dialog, which makes room for it. */
  #opens(from, room) {
    byId(`${from}-programs`).addEventListener("click", () => {
      byId(`${from}-dialog`).close();
      this.open(room());
    });
  }

  async #hooksNow(house) {
    const found = await house.hooks(this.#room);
    const own = this.#user().id;
    const others = found.map(({ by }) => by).filter((id) => id !== own);
    await this.#names.ask(others).catch(() => {}); // who made them is not worth a complaint
    return found;
  }

  async #makeHook(house, name) {
    const { hook, ...made } = await house.makeHook(this.#room, name);
    return { ...made, id: hook, by: this.#user().id };
  }

  #by({ by }) {
    if (by === this.#user().id) return t("programs.by_you");
    const name = this.#names.of(by);
    return name ? t("programs.by", { name }) : "";
  }
}

function hookMade({ name, url }) {
  return { secret: url, words: t("programs.made.hooks", { name }), sample: `curl -d "${t("programs.sample")}" ${url}` };
}

function botMade({ name, token, expiresAt }) {
  return { secret: token, words: t("programs.made.bots", { name, time: momentOf(new Date(expiresAt)) }) };
}

/** A bot as the list has it; its id is that of its user. */
function bot({ user: { id, name }, expiresAt, token, webhook = null }) {
  return { id, name, expiresAt, token, webhook };
}
