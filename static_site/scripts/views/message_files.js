import { byId, h } from "../lib/dom.js";
import { sideBySide, t } from "../lib/i18n.js";
import { wholeFiles } from "../models/file_parts.js";
import { endingOf, sizeWords } from "../models/file_words.js";
import { fitted, isShown } from "../models/pictures.js";
import { isTextFile } from "../models/text_files.js";
import { FileText } from "./file_text.js";
import { icon } from "./icons.js";
import { JoinedLoading } from "./joined_loading.js";
import { MediaPlayer } from "./media_player.js";
import { Near } from "./near.js";

const LONGEST_SHOWN = 360; // CSS pixels
const ANYTHING = "application/octet-stream"; // so that no address opens a document of whatever somebody sent
const SAVED_MS = 60_000; // a browser that asks where to save a file needs its address for so long

/** The files of messages: pictures in their place, with their size kept free before they are there; what plays as a card that plays it; everything else as a line that downloads, and below it the beginning of a text. What was uploaded in parts is one file. */
export class MessageFiles {
  #addresses;
  #joined;
  #texts;
  #preview;
  #open;
  #say;
  #hold;
  #near = new Near(byId("log"));
  #player;

  /**
   * `addresses` has `of(room, id)`, `joined` are `JoinedFiles`, `texts` `FileTexts`; `preview(id)` is a picture that this page has itself; `open(message, file)`
   * looks at one; `say(words)` tells a problem; `hold(change, anchor)` changes the log and moves nothing that is read, or not the anchor.
   */
  constructor({ addresses, joined, texts, preview, open, say, hold }) {
    this.#addresses = addresses;
    this.#joined = joined;
    this.#texts = texts;
    this.#preview = preview;
    this.#open = open;
    this.#say = say;
    this.#hold = hold;
    this.#player = new MediaPlayer({ addresses, joined, near: this.#near, say, download: (...what) => this.#download(...what) });
  }

  /** The list of a message's files, or null. `stored` says that the service can be asked for them. */
  element(message, stored) {
    const files = wholeFiles(message.files ?? []);
    if (files.length === 0) return null;
    const several = files.filter(isShown).length > 1;
    const items = files.map((file) => h("li", { class: isShown(file) && "files-picture" }, ...this.#item(message, file, stored)));
    return h("ul", { class: "files", "data-several": several, "aria-label": t("files.of", { count: files.length }) }, ...items);
  }

  /** Gives up what is kept of files. */
  forget() {
    this.#player.forget();
    this.#joined.forget();
  }

  #item(message, file, stored) {
    if (isShown(file)) return [this.#picture(message, file, stored)];
    if (file.plays) return [this.#player.element(message, file, stored)];
    const text = stored && isTextFile(file) && new FileText({ room: message.room, file, texts: this.#texts, near: this.#near, hold: this.#hold });
    return [this.#line(message, file, stored), text && text.element];
  }

  #picture(message, file, stored) {
    const { width, height } = fitted(file.width, file.height, LONGEST_SHOWN);
    const image = h("img", { alt: file.name, width, height, decoding: "async", draggable: "false" });
    const button = h("button", { class: "picture", type: "button", "aria-label": t("files.picture", { name: file.name }), disabled: !stored }, image);
    button.style.setProperty("aspect-ratio", `${width} / ${height}`);
    button.style.setProperty("--width", `${width}px`);
    button.addEventListener("click", () => this.#open(message, file));
    image.addEventListener("load", () => button.setAttribute("data-there", ""));
    image.addEventListener("error", () => button.setAttribute("data-broken", ""));
    const own = this.#preview(file.id);
    if (own) image.src = own;
    else if (stored) this.#near.watch(button, () => this.#load(image, message, file));
    return button;
  }

  async #load(image, { room }, { id }) {
    try {
      image.src = await this.#addresses.of(room, id);
    } catch {
      image.parentElement.setAttribute("data-broken", "");
    }
  }

  #line(message, file, stored) {
    const about = h("span", { class: "file-about" }, sideBySide(endingOf(file.name), sizeWords(file.bytes)));
    const words = h("span", { class: "file-words" }, h("bdi", { class: "file-name" }, file.name), about);
    const mark = h("span", { class: "file-mark" }, icon("down"));
    const button = h("button", { class: "file", type: "button", title: t("files.download.of", { name: file.name }), disabled: !stored }, icon("file"), words, mark);
    const loading = file.parts && new JoinedLoading({ joined: this.#joined, room: message.room, file, place: about });
    button.addEventListener("click", () => this.#download(message, file, loading && (() => loading.run(button, mark))));
    return button;
  }

  /** Saves a file; one in parts is what `load()` resolves with, or null if that was stopped. */
  async #download({ room }, { id, name }, load = null) {
    try {
      const blob = load && (await load());
      if (load && blob === null) return;
      const href = blob ? URL.createObjectURL(new Blob([blob], { type: ANYTHING })) : await this.#addresses.of(room, id);
      const link = h("a", { href, download: name, rel: "noreferrer" });
      link.click(); // the service says that it is a download, so that the page stays
      if (blob) setTimeout(() => URL.revokeObjectURL(href), SAVED_MS);
    } catch (error) {
      this.#say(t("files.unreachable", { name, problem: error.message }));
    }
  }
}
