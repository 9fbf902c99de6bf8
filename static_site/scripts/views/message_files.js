import { h } from "../lib/dom.js";
import { sideBySide, t } from "../lib/i18n.js";
import { endingOf, sizeWords } from "../models/file_words.js";
import { fitted, isShown } from "../models/pictures.js";
import { isTextFile } from "../models/text_files.js";
import { fileText } from "./file_text.js";
import { icon } from "./icons.js";
import { MediaPlayer } from "./media_player.js";

const LONGEST_SHOWN = 360; // CSS pixels

/** The files of messages: pictures in their place, with their size kept free before they are there; what plays as a card that plays it; everything else as a line that downloads. */
export class MessageFiles {
  #addresses;
  #preview;
  #open;
  #say;
  #seen;
  #player;
  #load = new WeakMap();

  /** `addresses` has `of(room, id)`; `preview(id)` is a picture that this page has itself; `open(message, file)` looks at one; `say(words)` tells a problem. */
  constructor({ addresses, preview, open, say }) {
    this.#addresses = addresses;
    this.#preview = preview;
    this.#open = open;
    this.#say = say;
    this.#player = new MediaPlayer({ addresses, say, download: (message, file) => this.#download(message, file) });
    const options = { rootMargin: "50%" };
    this.#seen = new IntersectionObserver((entries) => this.#near(entries), options);
  }

  /** The list of a message's files, or null. `stored` says that the service can be asked for them. */
  element(message, stored) {
    const files = message.files ?? [];
    if (files.length === 0) return null;
    const several = files.filter(isShown).length > 1;
    const items = files.map((file) => h("li", { class: isShown(file) && "files-picture" }, ...this.#item(message, file, stored)));
    return h("ul", { class: "files", "data-several": several, "aria-label": t("files.of", { count: files.length }) }, ...items);
  }

  #item(message, file, stored) {
    if (isShown(file)) return [this.#picture(message, file, stored)];
    if (file.plays) return [this.#player.element(message, file, stored)];
    const lines = stored && isTextFile(file) ? fileText(file, () => this.#addresses.of(message.room, file.id)) : [];
    return [this.#line(message, file, stored), ...lines];
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
    else if (stored) this.#whenNear(button, async () => (image.src = await this.#addresses.of(message.room, file.id)));
    return button;
  }

  #line(message, file, stored) {
    const about = sideBySide(endingOf(file.name), sizeWords(file.bytes));
    const words = h("span", { class: "file-words" }, h("bdi", { class: "file-name" }, file.name), h("span", { class: "file-about" }, about));
    const button = h("button", { class: "file", type: "button", title: t("files.download.of", { name: file.name }), disabled: !stored }, icon("file"), words, icon("down"));
    button.addEventListener("click", () => this.#download(message, file));
    return button;
  }

  async #download({ room }, { id, name }) {
    try {
      const link = h("a", { href: await this.#addresses.of(room, id), download: name, rel: "noreferrer" });
      link.click(); // the service says that it is a download, so that the page stays
    } catch (error) {
      this.#say(t("files.unreachable", { name, problem: error.message }));
    }
  }

  #whenNear(button, load) {
    this.#load.set(button, load);
    this.#seen.observe(button);
  }

  #near(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      this.#seen.unobserve(target);
      this.#load.get(target)().catch(() => target.setAttribute("data-broken", ""));
    }
  }
}
