import { byId, h, refresh, say } from "../lib/dom.js";
import { sideBySide, t } from "../lib/i18n.js";
import { partsCount } from "../models/file_parts.js";
import { sizeWords } from "../models/file_words.js";
import { messagesFor } from "../models/message_parts.js";
import { mayGoAsItIs } from "../models/pictures.js";
import { icon } from "./icons.js";

const FEW = 12; // files that are shown before the rest is folded

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
  #unfolded = null; // the room of which all files are shown
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
    const shown = this.#unfolded === room ? items : fewOf(items);
    refresh(this.#list, [...shown.map((item) => this.#item(room, item)), ...this.#rest(room, items, shown)]); // a press that has begun is not lost
    this.#list.querySelector(focused)?.focus();
    this.#list.hidden = items.length === 0;
    const messages = messagesFor(items.map(({ bytes }) => partsCount(bytes)));
    say(this.#many, messages > 1 ? t("files.many", { count: messages }) : "");
    this.#form.toggleAttribute("data-files", items.length > 0);
    if (items.length === 0) this.#unfolded = null;
    if (this.#waiting !== room) this.#waiting = null;
    if (this.#waiting === null || this.#attachments.isBusy(room)) return;
    this.#waiting = null;
    this.#say("");
    if (items.length > 0 && !this.#attachments.hasFailed(room)) this.#form.requestSubmit();
  }

  /** What has the focus in the tray, as a selector: elements of which something changed are made anew, and the focus stays. */
  #focused() {
    const at = document.activeElement;
    const key = this.#list.contains(at) && at.closest("[data-key]")?.dataset.key;
    const kind = ["input", ".icon-button", ".fold"].find((one) => at.matches(one)) ?? ".icon-button";
    return key ? `[data-key="${key}"] ${kind}` : ":not(*)";
  }

  /** Below many files: how many are there, those that are not shown, and all of them taken away at once. */
  #rest(room, items, shown) {
    if (items.length <= FEW) return [];
    const folded = shown.length < items.length;
    const turn = () => {
      this.#unfolded = folded ? room : null;
      this.update();
    };
    const done = items.filter(({ state }) => state === "done").length;
    const more = h("button", { class: "fold", type: "button", "aria-expanded": String(!folded), click: turn }, folded ? t("files.more", { count: items.length - shown.length }) : t("files.fewer"));
    const about = h("span", { class: "file-about" }, t("files.there", { done, all: items.length }));
    const none = h("button", { class: "button button-small", type: "button", click: () => this.#removeAll(room) }, t("files.remove_all"));
    return [h("li", { class: "attached-rest", "data-key": `rest of ${room}` }, more, about, none)];
  }

  #item(room, item) {
    const { key, id, name, bytes, state, progress, problem, file, original } = item;
    const picture = state === "done" && this.#attachments.preview(id);
    const note = state === "uploading" && !problem ? h("progress", { max: 1, value: progress, "aria-label": t("files.uploading", { name }) }) : h("span", { class: "file-about" }, problem ?? sideBySide(sizeWords(bytes), original && t("files.original.sent")));
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

  #removeAll(room) {
    this.#attachments.removeAll(room);
    this.#box.focus();
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

/** Those of many files that are shown: what failed, which needs somebody, and the first ones, in their order. */
function fewOf(items) {
  const failed = items.filter(({ state }) => state === "failed");
  const few = new Set([...new Set([...failed, ...items])].slice(0, FEW));
  return items.length > FEW ? items.filter((item) => few.has(item)) : items;
}
