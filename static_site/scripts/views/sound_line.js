import { h } from "../lib/dom.js";
import { hasMessage, parts, t } from "../lib/i18n.js";
import { playSound } from "../lib/sounds.js";
import { SOUNDS } from "../models/sounds.js";
import { icon } from "./icons.js";

/** What a message that plays a sound shows: who plays what, and a button to hear it again, which somebody may also press who has turned sounds off. */
export function soundLine(sound, { name }) {
  const called = t(`sound.${sound}`);
  const words = t("sound.again", { sound: called });
  const again = h("button", { class: "icon-button sound-again", type: "button", "aria-label": words, title: words, click: () => playSound(sound) }, icon("speaker"));
  const who = { name: h("bdi", {}, name) };
  const told = hasMessage(`sound.${sound}.by`) ? parts(`sound.${sound}.by`, who) : [...parts("sound.by", { ...who, sound: called }), ` ${SOUNDS[sound]}`];
  return h("div", { class: "message-text message-sound" }, h("p", { dir: "auto" }, ...told), again);
}
