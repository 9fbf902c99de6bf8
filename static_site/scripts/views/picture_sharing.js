import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { icon } from "./icons.js";
import { canShareFile, share } from "./sharing.js";

/** Gives other apps the picture of the viewer itself, where the device does that. */
export class PictureSharing {
  #button = byId("picture-share");
  #addresses;
  #say;
  #shown = null; // {room, picture}
  #file = null; // what was fetched of it, for another press

  /** `addresses` has `of(room, id)`; `say(words)` tells a problem. */
  constructor({ addresses, say }) {
    this.#addresses = addresses;
    this.#say = say;
    this.#button.append(icon("share"));
    this.#button.addEventListener("click", () => this.#share());
  }

  show(room, picture) {
    this.#shown = { room, picture };
    this.#file = null;
    this.#button.hidden = !canShareFile(picture);
  }

  async #share() {
    const shown = this.#shown;
    const { name } = shown.picture;
    try {
      const file = this.#file ?? (await this.#fetched(shown));
      if (this.#shown !== shown) return;
      this.#file = file;
      await share({ files: [file], title: name }, this.#say);
    } catch (error) {
      this.#say(t("files.unreachable", { name, problem: error.message }));
    }
  }

  async #fetched({ room, picture: { id, name, type } }) {
    // What the browser keeps of it was asked for by an element, and may not be read.
    const response = await fetch(await this.#addresses.of(room, id), { cache: "no-store" });
    if (!response.ok) throw new Error(t("service.answered", { status: String(response.status) }));
    return new File([await response.blob()], name, { type });
  }
}
