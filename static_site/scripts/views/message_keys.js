import { byId } from "../lib/dom.js";

/** Keys for the message in which the focus is, whatever has it there: `r` replies. */
export class MessageKeys {
  constructor({ reply }) {
    byId("log-rows").addEventListener("keydown", (event) => {
      const { key, altKey, ctrlKey, metaKey, target } = event;
      const seq = Number(target.closest("article")?.dataset.seq ?? 0);
      if (key.toLowerCase() !== "r" || altKey || ctrlKey || metaKey || seq === 0) return;
      event.preventDefault();
      reply(seq);
    });
  }
}
