import { byId } from "../lib/dom.js";
import { sideBySide, t } from "../lib/i18n.js";
import { sizeWords } from "../models/file_words.js";
import { Gallery } from "../models/gallery.js";
import { icon } from "./icons.js";
import { PictureSharing } from "./picture_sharing.js";

/** Looks at the pictures of a room one by one: ← and → lead on, Escape and going back end. */
export class PictureViewer {
  #dialog = byId("picture-dialog");
  #image = byId("picture-image");
  #name = byId("picture-name");
  #note = byId("picture-note");
  #before = byId("picture-before");
  #after = byId("picture-after");
  #addresses;
  #messagesOf;
  #download;
  #sharing;
  #gallery = null;
  #room = null;

  /** `addresses` has `of(room, id)`, `messagesOf(room)` are the messages of a log. */
  constructor({ addresses, messagesOf }) {
    this.#addresses = addresses;
    this.#messagesOf = messagesOf;
    this.#sharing = new PictureSharing({ addresses, say: (words) => (this.#note.textContent = words) });
    this.#download = byId("picture-download");
    this.#before.append(icon("back"));
    this.#after.append(icon("forth"));
    this.#download.append(icon("down"));
    this.#before.addEventListener("click", () => this.#step(-1));
    this.#after.addEventListener("click", () => this.#step(1));
    this.#dialog.addEventListener("keydown", (event) => this.#key(event));
    this.#dialog.addEventListener("click", ({ target }) => target === this.#dialog && this.#dialog.close());
    this.#dialog.addEventListener("close", () => {
      this.#image.removeAttribute("src");
      if (history.state?.picture) history.back();
    });
    addEventListener("popstate", () => this.#dialog.close());
  }

  open({ room }, { id }) {
    this.#room = room;
    this.#gallery = new Gallery(this.#messagesOf(room), id);
    if (!this.#gallery.picture) return;
    if (!this.#dialog.open) {
      this.#dialog.showModal();
      history.pushState({ picture: true }, ""); // so that going back closes it
    }
    this.#show();
  }

  #key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#step(document.documentElement.dir === "rtl" ? -by : by);
  }

  #step(by) {
    if (this.#gallery.step(by)) this.#show();
  }

  async #show() {
    const { picture, place } = this.#gallery;
    const { id, name, bytes, user, width, height } = picture;
    this.#name.textContent = name;
    this.#note.textContent = sideBySide(user.name, sizeWords(bytes), place.of > 1 && t("files.place", { number: place.number, all: place.of }));
    this.#sharing.show(this.#room, picture);
    this.#before.disabled = place.number === 1;
    this.#after.disabled = place.number === place.of;
    this.#image.removeAttribute("src");
    this.#image.alt = name;
    Object.assign(this.#image, { width, height });
    try {
      const url = await this.#addresses.of(this.#room, id);
      if (this.#gallery.picture !== picture || !this.#dialog.open) return;
      this.#image.src = url;
      this.#download.href = url;
      this.#download.download = name;
    } catch (error) {
      this.#note.textContent = t("files.unreachable", { name, problem: error.message });
    }
  }
}
