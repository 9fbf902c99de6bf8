import { byId, h } from "../lib/dom.js";
import { listed, t } from "../lib/i18n.js";

/** Asks into which room goes what another app has shared; nothing of it leaves the browser before. */
export class ShareInto {
  #dialog = byId("share-dialog");
  #list = byId("share-rooms");
  #rooms;
  #put;
  #shared = null;

  /** `rooms()` are those in which one may write, as `RoomList` has them; `put(room, shared)` puts it into a room's box. */
  constructor({ rooms, put }) {
    this.#rooms = rooms;
    this.#put = put;
    this.#dialog.addEventListener("close", () => {
      this.#shared = null;
      this.#list.replaceChildren();
    });
  }

  open(shared) {
    this.#shared = shared;
    byId("share-what").textContent = shared.text;
    byId("share-files").textContent = listed(shared.files.map(({ name }) => name));
    this.update();
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#list.querySelector("button")?.focus();
  }

  /** There may be other rooms by now. */
  update() {
    if (this.#shared === null) return;
    const at = [...this.#list.children].findIndex((item) => item.contains(document.activeElement));
    this.#list.replaceChildren(...this.#rooms().map(({ room, title }) => this.#item(room, title)));
    this.#list.children[at]?.firstChild.focus();
  }

  #item(room, title) {
    const choose = () => {
      const shared = this.#shared;
      this.#dialog.close();
      this.#put(room, shared);
    };
    return h("li", {}, h("button", { class: "list-message", type: "button", "aria-label": t("share.into", { title }), click: choose }, h("bdi", {}, title)));
  }
}
