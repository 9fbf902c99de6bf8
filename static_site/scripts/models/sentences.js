import { intl } from "../lib/i18n.js";


const ISO_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A sentence of the service, with the times in it as people here write them. */
export function withLocalTimes(sentence) {
  const format = intl("DateTimeFormat", { dateStyle: "medium", timeStyle: "short" });
  return sentence.replace(ISO_TIME, (time) => (Number.isNaN(Date.parse(time)) ? time : format.format(new Date(time))));
}
