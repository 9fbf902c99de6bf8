import { byId } from "../lib/dom.js";
import { moodOf } from "../models/mood.js";
import { moodStrip } from "./mood_strip.js";
import { icon } from "./icons.js";
import { signed } from "./numbers.js";

/** The head of the open room: its name, how many people are there, and its mood. */
export class RoomHeaderView {
  #name = byId("room-name");
  #people = byId("room-people");
  #mood = byId("mood");
  #leave = byId("room-leave");

  constructor({ onLeave }) {
    this.#leave.append(icon("door"));
    this.#leave.addEventListener("click", onLeave);
  }

  update(channel) {
    this.#name.textContent = channel.name;
    this.#leave.setAttribute("aria-label", `Leave ${channel.name}`);
    this.#leave.title = `Leave ${channel.name}`;
    this.#people.textContent = peopleWords(channel.people);
    this.#showMood(moodOf(channel.log.messages));
  }

  #showMood({ scores, mean, error, word }) {
    this.#mood.hidden = word === null;
    if (word === null) return;
    const what = scores.length === 1 ? "its only score" : `the mean of the last ${scores.length} messages`;
    const words = `The room feels ${word}: ${what} is ${signed(mean)}, give or take ${error.toFixed(2)}.`;
    this.#mood.setAttribute("aria-label", words);
    this.#mood.title = words; // for people who see the strokes, as a tooltip
    this.#mood.replaceChildren(...moodStrip(scores, word));
  }
}

function peopleWords(people) {
  if (people === null || people === undefined) return "";
  return people === 1 ? "1 person here" : `${people} people here`;
}
