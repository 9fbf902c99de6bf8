import { h } from "../lib/dom.js";
import { DURATIONS } from "../models/deeds.js";
import { durationWords } from "./numbers.js";

/** A choice of how long something lasts; its value is a number of minutes. */
export function durationChoice(attributes = {}) {
  return h("select", attributes, ...DURATIONS.map((minutes) => h("option", { value: minutes }, durationWords(minutes))));
}
