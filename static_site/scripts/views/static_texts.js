import { t } from "../lib/i18n.js";


const ATTRIBUTES = { name: ["aria-label"], tip: ["aria-label", "title"], hint: ["placeholder"] };

/**
 * Fills the document's own elements: `data-text` is the message that an element holds, `data-name` the one that names it for
 * screen readers, `data-tip` the same and what is shown at the pointer, and `data-hint` what stands in an empty field.
 */
export function fillTexts(root = document) {
  for (const element of root.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const [kind, names] of Object.entries(ATTRIBUTES)) {
    for (const element of root.querySelectorAll(`[data-${kind}]`)) for (const name of names) element.setAttribute(name, t(element.dataset[kind]));
  }
}
