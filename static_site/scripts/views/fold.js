import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

/**
 * Cuts a long text off, and returns the button that shows all of it. `unfolded` is the set of the keys of what the reader has
 * unfolded, which outlives the element; `keep(anchor, change, by)` makes a change and lets the anchor stay where it is.
 */
export function fold(text, key, { unfolded, keep }) {
  const button = h("button", { class: "fold", type: "button" });
  const show = (open) => {
    text.toggleAttribute("data-folded", !open);
    button.setAttribute("aria-expanded", String(open));
    button.textContent = t(open ? "fold.less" : "fold.all");
    if (open) unfolded.add(key);
    else unfolded.delete(key);
  };
  show(unfolded.has(key));
  button.addEventListener("click", () => {
    const open = !unfolded.has(key);
    keep(open ? text : button, () => show(open));
  });
  text.addEventListener("scroll", () => {
    const by = text.scrollTop; // the browser looks for something in it: a word that is searched, a link that has the focus
    if (by > 0 && !unfolded.has(key)) keep(text, () => show(true), by);
  });
  return button;
}
