import { byId } from "../lib/dom.js";
import { icon } from "./icons.js";

/**
 * What is opened from the head of the room and from all about it: `open()` by the buttons `room-<what>`, which gets the icon
 * of that `glyph`, and `about-<what>`, which makes room for it.
 */
export function openedFromRoom(what, glyph, open) {
  const head = byId(`room-${what}`);
  head.append(icon(glyph));
  head.addEventListener("click", open);
  byId(`about-${what}`).addEventListener("click", () => {
    byId("about-dialog").close();
    open();
  });
}
