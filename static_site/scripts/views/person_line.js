import { h } from "../lib/dom.js";
import { paintAvatar } from "./avatar.js";

/** An avatar, a name and what there is to say about somebody, as the elements of a line. */
export function personLine(person, ...notes) {
  const avatar = h("span", { class: "avatar", "aria-hidden": "true" });
  paintAvatar(avatar, person, { listed: true });
  const words = notes.filter(Boolean).map((note) => h("span", { class: "person-note" }, note));
  return [avatar, h("span", { class: "person-name" }, h("bdi", {}, person.name)), ...words];
}
