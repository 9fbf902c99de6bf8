import { assign, byId, hide, say } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { moodOf } from "../models/mood.js";
import { moodStrip, redrawn } from "./mood_strip.js";
import { icon } from "./icons.js";
import { decimal, signed } from "./numbers.js";

/** The head of the open room: its title and topic, how many people are there, and its mood. */
export class RoomHeaderView {
  #name = byId("room-name");
  #title = this.#name.parentElement; // for who points at it: the button does the same for everybody
  #topic = byId("room-topic");
  #people = byId("room-people");
  #mood = byId("mood");
  #about = byId("room-about");
  #pulse = byId("room-pulse");
  #readers = [this.#about, byId("room-search"), byId("room-notices")]; // of what is not there in a room that is closed to somebody
  #drawn = ""; // the mood that is shown
  #leave = byId("room-leave");
  #isOnly;

  /** `isOnly(room)` says whether a room cannot be left for want of another. */
  constructor({ isOnly, onLeave, onAbout }) {
    this.#isOnly = isOnly;
    this.#leave.append(icon("door"));
    this.#leave.addEventListener("click", onLeave);
    this.#about.append(icon("people"));
    this.#about.addEventListener("click", onAbout);
    this.#title.addEventListener("click", ({ target }) => this.#title.dataset.opens && !target.closest("button") && onAbout());
  }

  /** `about` is as `RoomList.about` has it. */
  update(channel, { title, topic, access }) {
    const closed = channel.state === "refused";
    say(this.#name, title);
    assign(this.#title, { "data-opens": !closed && "about" });
    say(this.#topic, topic);
    this.#topic.title = topic;
    hide(this.#topic, topic === "");
    const only = this.#isOnly(channel.name);
    name(this.#leave, t("room.leave.of", { title }), only ? t("leave.only") : undefined);
    this.#leave.disabled = only;
    hide(this.#leave, access === "direct" && !closed); // it belongs to its people for ever
    name(this.#about, t("room.about", { title }));
    for (const button of this.#readers) hide(button, closed);
    hide(this.#pulse, closed || access === "direct"); // those have none
    say(this.#people, closed ? "" : peopleWords(channel.people));
    this.#showMood(moodOf(access === "direct" ? [] : channel.log.messages));
  }

  #showMood({ scores, mean, error, word }) {
    hide(this.#mood, word === null);
    const mood = JSON.stringify([scores, mean, error]);
    if (word === null || mood === this.#drawn) return;
    this.#drawn = mood;
    const words = t("mood.room", { mood: t(`mood.${word}`), count: scores.length, mean: signed(mean), error: decimal(error) });
    this.#mood.setAttribute("aria-label", words);
    this.#mood.title = words; // for people who see the strokes, as a tooltip
    if (!redrawn(this.#mood, scores, word)) this.#mood.replaceChildren(...moodStrip(scores, word));
  }
}

function name(button, words, tip = words) {
  button.setAttribute("aria-label", words);
  button.title = tip;
}

function peopleWords(people) {
  if (people === null || people === undefined) return "";
  return t("room.people", { count: people });
}
