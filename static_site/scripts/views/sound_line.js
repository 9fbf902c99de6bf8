import { h } from "../lib/dom.js";
import { parts, t } from "../lib/i18n.js";
import { playSound } from "../lib/sounds.js";
import { icon } from "./icons.js";

/** What a message that plays a sound shows: who plays what, and a button to hear it again, which somebody may also press who has turned sounds off. */
export function soundLine(sound, { name }) {
  const words = t("sound.again", { sound: t(`sound.${sound}`) });
  const again = h("button", { class: "icon-button sound-again", type: "button", "aria-label": words, title: words, click: () => playSound(sound) }, icon("speaker"));
  return h("div", { class: "message-text message-sound" }, h("p", { dir: "auto" }, ...parts(`sound.${sound}.by`, { name: h("bdi", {}, name) })), again);
}
