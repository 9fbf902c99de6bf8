import { h } from "../lib/dom.js";
import { DURATIONS } from "../models/deeds.js";

/** A choice of how long something lasts; its value is a number of minutes. */
export function durationChoice(attributes = {}) {
  return h("select", attributes, ...DURATIONS.map(([minutes, words]) => h("option", { value: minutes }, words)));
}
