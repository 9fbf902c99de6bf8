import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { HEAD_BYTES, firstLines, languageOf } from "../models/text_files.js";
import { codeBlock } from "./code_block.js";

/** A button that shows the first lines of a file below it, and folds them again. `address()` resolves with where the file can be had. */
export function fileText(file, address) {
  const button = h("button", { class: "fold", type: "button", "aria-expanded": "false" }, t("files.show"));
  const place = h("div", { class: "file-text", hidden: true });
  let known = null; // what was fetched, once
  button.addEventListener("click", async () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    button.textContent = t(open ? "files.hide" : "files.show");
    place.hidden = !open;
    if (!open || known) return;
    known = shown(file, address);
    place.replaceChildren(h("p", { class: "field-help" }, t("files.loading")));
    const parts = await known.catch((error) => {
      known = null;
      return [h("p", { class: "field-problem", role: "alert" }, t("files.unreachable", { name: file.name, problem: error.message }))];
    });
    place.replaceChildren(...parts);
  });
  return [button, place];
}

/** Only the beginning of a file is asked for. It is shown as text, whatever it is. */
async function shown(file, address) {
  const answer = await fetch(await address(), { headers: { Range: `bytes=0-${HEAD_BYTES - 1}` }, credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error(t("files.refused", { status: String(answer.status) }));
  const bytes = new Uint8Array(await answer.arrayBuffer()).subarray(0, HEAD_BYTES);
  const head = firstLines(bytes, file.bytes);
  if (head === null) return [h("p", { class: "field-help" }, t("files.no_text"))];
  const language = languageOf(file);
  const text = language ? codeBlock({ language, text: head.text }) : h("div", { class: "file-prose", dir: "auto", tabindex: "0" }, head.text);
  return [text, head.more && h("p", { class: "field-help" }, t("files.first", { count: head.lines }))].filter(Boolean);
}
