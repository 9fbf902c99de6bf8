import { assign, byId, hide, say } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { Throttle } from "../lib/throttle.js";
import { moodOf } from "../models/mood.js";
import { moodStrip, redrawn } from "./mood_strip.js";
import { icon } from "./icons.js";
import { decimal, signed } from "./numbers.js";

const WORDS = { "room-pulse": "pulse", "room-search": "search", "room-notices": "notices", "room-about": "about", "room-leave": "leave" };
const MOOD_PAUSE_MS = 1_000; // the mood of 32 messages turns slowly, and need not be drawn for each of a hundred

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
  #shown = ""; // what is shown, without the mood
  #drawn = ""; // the mood that is shown
  #channel = null;
  #redraw = new Throttle(() => this.#showMood(moodOf(this.#channel?.log.messages ?? [])), MOOD_PAUSE_MS);
  #leave = byId("room-leave");
  #isOnly;

  /** `onPeople()` shows who is there; `isOnly(room)` says whether a room cannot be left for want of another. */
  constructor({ isOnly, onLeave, onAbout, onPeople }) {
    this.#isOnly = isOnly;
    for (const [id, word] of Object.entries(WORDS)) byId(id).dataset.word = t(`room.word.${word}`); // shown where there is room
    this.#leave.append(icon("door"));
    this.#leave.addEventListener("click", onLeave);
    this.#about.append(icon("people"));
    this.#about.addEventListener("click", onAbout);
    this.#people.title = t("here_now.open"); // its words are how many there are
    this.#people.addEventListener("click", onPeople);
    this.#title.addEventListener("click", ({ target }) => this.#title.dataset.opens && !target.closest("button") && onAbout());
  }

  /** `about` is as `RoomList.about` has it. */
  update(channel, { title, topic, access, people }) {
    const closed = channel.state === "refused";
    this.#showRoom(channel, { title, topic, access, people, closed, only: this.#isOnly(channel.name) });
    const moody = access === "direct" ? null : channel;
    const isOther = moody !== this.#channel;
    this.#channel = moody;
    if (isOther || this.#mood.hidden) this.#redraw.now();
    else this.#redraw.ask();
  }

  #showRoom(channel, { title, topic, access, people, closed, only }) {
    const words = closed ? "" : hereWords(channel.people, { title, isOfTwo: access === "direct" && people?.length === 2 });
    const shown = JSON.stringify([title, topic, access, closed, only, words]);
    if (shown === this.#shown) return; // as for each message that comes
    this.#shown = shown;
    say(this.#name, title);
    assign(this.#title, { "data-opens": !closed && "about" });
    say(this.#topic, topic);
    this.#topic.title = topic;
    hide(this.#topic, topic === "");
    name(this.#leave, t("room.leave.of", { title }), only ? t("leave.only") : undefined);
    this.#leave.disabled = only;
    hide(this.#leave, access === "direct" && !closed); // it belongs to its people for ever
    name(this.#about, t("room.about", { title }));
    for (const button of this.#readers) hide(button, closed);
    hide(this.#pulse, closed || access === "direct"); // those have none
    say(this.#people, words);
    hide(this.#people, words === "");
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

/** How many people are in a room; of a direct room of two, whether the other is: nobody comes into it to be there. */
function hereWords(count, { title, isOfTwo }) {
  if (count === null || count === undefined) return "";
  if (count === 1) return t("room.people.alone");
  return isOfTwo ? t("room.people.other", { name: title }) : t("room.people", { count });
}
