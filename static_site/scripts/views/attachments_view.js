import { byId, h, say } from "../lib/dom.js";
import { sideBySide, t } from "../lib/i18n.js";
import { sizeWords } from "../models/file_words.js";
import { messagesFor } from "../models/message_parts.js";
import { mayGoAsItIs } from "../models/pictures.js";
import { icon } from "./icons.js";

/** The files that the next message will carry, above the message box: picked, pasted or dropped. `writes()` says whether they can be added now. */
export class AttachmentsView {
  #form = byId("composer");
  #list = byId("composer-files");
  #many = byId("composer-files-many");
  #field = byId("composer-file");
  #drop = byId("drop-hint");
  #box;
  #attachments;
  #room;
  #writes;
  #say;
  #waiting = null; // the room whose message goes as soon as its files are there

  constructor({ box, attachments, room, writes, say }) {
    this.#box = box;
    this.#attachments = attachments;
    this.#room = room;
    this.#writes = writes;
    this.#say = say;
    const pick = byId("composer-attach");
    pick.append(icon("clip"));
    pick.addEventListener("click", () => this.#field.click());
    this.#field.addEventListener("change", () => this.#picked());
    box.listen("paste", (event) => this.#paste(event));
    attachments.on("change", (room) => room === this.#room() && this.update());
    attachments.on("progress", (room) => room === this.#room() && this.#progress());
    this.#listenForDrops(byId("room"));
  }

  /** Sends the room's message once its files are there. */
  wait() {
    this.#waiting = this.#room();
    this.#say(t("files.wait"), { good: true });
  }

  update() {
    const room = this.#room();
    const items = this.#attachments.of(room);
    const focused = this.#focused();
    this.#list.replaceChildren(...items.map((item) => this.#item(room, item)));
    this.#list.querySelector(focused)?.focus();
    this.#list.hidden = items.length === 0;
    const messages = messagesFor(items.length);
    say(this.#many, messages > 1 ? t("files.many", { count: messages }) : "");
    this.#form.toggleAttribute("data-files", items.length > 0);
    if (this.#waiting !== room) this.#waiting = null;
    if (this.#waiting === null || this.#attachments.isBusy(room)) return;
    this.#waiting = null;
    this.#say("");
    if (items.length > 0 && !this.#attachments.hasFailed(room)) this.#form.requestSubmit();
  }

  /** What has the focus in the tray, as a selector: its elements are made anew, and the focus stays. */
  #focused() {
    const at = document.activeElement;
    const key = this.#list.contains(at) && at.closest("[data-key]")?.dataset.key;
    return key ? `[data-key="${key}"] ${at.matches("input") ? "input" : ".icon-button"}` : ":not(*)";
  }

  #item(room, item) {
    const { key, id, name, bytes, state, progress, problem, file, original } = item;
    const picture = state === "done" && this.#attachments.preview(id);
    const note = state === "uploading" ? h("progress", { max: 1, value: progress, "aria-label": t("files.uploading", { name }) }) : h("span", { class: "file-about" }, problem ?? sideBySide(sizeWords(bytes), original && t("files.original.sent")));
    const words = h("span", { class: "file-words", role: state === "failed" ? "alert" : null }, h("bdi", { class: "file-name" }, name), note, mayGoAsItIs(item) && this.#choice(room, item));
    const again = h("button", { class: "button button-small", type: "button", click: () => this.#attachments.retry(room, key) }, t("retry"));
    const action = t(state === "uploading" ? "files.cancel" : "files.remove", { name });
    const close = h("button", { class: "icon-button", type: "button", "aria-label": action, title: action, click: () => this.#remove(room, key) }, icon("close"));
    const shown = picture ? h("img", { class: "attached-picture", src: picture, alt: "" }) : icon("file");
    return h("li", { class: "attached", "data-key": key, "data-state": state }, shown, words, state === "failed" && file && again, close);
  }

  /** Whether a picture goes as the camera made it. */
  #choice(room, { key, original }) {
    const choose = ({ target }) => this.#attachments.setOriginal(room, key, target.checked);
    const box = h("input", { type: "checkbox", checked: original, "aria-description": t("files.original.help"), change: choose });
    return h("label", { class: "attached-original", title: t("files.original.help") }, box, t("files.original"));
  }

  #remove(room, key) {
    this.#attachments.remove(room, key);
    this.#box.focus();
  }

  #progress() {
    for (const { key, progress } of this.#attachments.of(this.#room())) {
      const bar = this.#list.querySelector(`[data-key="${key}"] progress`);
      if (bar) bar.value = progress;
    }
  }

  #picked() {
    this.#add([...this.#field.files]);
    this.#field.value = ""; // so that the same file can be picked again
    this.#box.focus();
  }

  /** Text that comes with a picture of itself, as from a table, stays text. */
  #paste(event) {
    const { files, types } = event.clipboardData;
    if (files.length === 0 || types.includes("text/plain")) return;
    event.preventDefault();
    this.#add([...files]);
  }

  #add(files) {
    if (files.length === 0) return;
    const problem = this.#writes() ? this.#attachments.add(this.#room(), files) : t("files.not_now");
    this.#say(problem ?? "");
  }

  #listenForDrops(target) {
    const brings = ({ dataTransfer }) => dataTransfer?.types.includes("Files") && this.#writes();
    const show = (on) => (this.#drop.hidden = !on);
    target.addEventListener("dragover", (event) => {
      if (!brings(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      show(true);
    });
    target.addEventListener("dragleave", ({ relatedTarget }) => target.contains(relatedTarget) || show(false));
    target.addEventListener("drop", (event) => {
      show(false);
      if (!brings(event)) return;
      event.preventDefault();
      this.#add([...event.dataTransfer.files]);
    });
  }
}
