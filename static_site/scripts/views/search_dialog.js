import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { plainText } from "../models/markup/plain.js";
import { around, highlighted, soughtWords } from "../models/room_search.js";
import { openedFromRoom } from "./room_openers.js";
import { dayName, timeElement } from "./time.js";

const PAUSE_MS = 350;

/** Search in the open room or in all of one's rooms: what was found leads to its place in the log. */
export class SearchDialog {
  #dialog = byId("search-dialog");
  #field = byId("search-field");
  #list = byId("search-list");
  #note = byId("search-note");
  #further = byId("search-further");
  #everywhere = byId("search-everywhere");
  #widen = byId("search-widen");
  #search;
  #room;
  #rooms;
  #titleOf;
  #goTo;
  #timer = null;

  /** `room()` is the open room, `rooms()` all of one's own; `titleOf(room)` is what one is called, `goTo(room, seq)` leads to a message. */
  constructor({ search, room, rooms, titleOf, goTo }) {
    this.#rooms = rooms;
    this.#search = search;
    this.#room = room;
    this.#titleOf = titleOf;
    this.#goTo = goTo;
    openedFromRoom("search", "search", () => this.open());
    search.on("change", () => this.#show());
    this.#field.addEventListener("input", () => this.#soon());
    byId("search-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#begin();
    });
    this.#further.addEventListener("click", () => search.further());
    this.#everywhere.addEventListener("change", () => this.#begin());
    this.#widen.addEventListener("click", () => {
      this.#field.focus(); // the button goes away
      this.#everywhere.checked = true;
      this.#begin();
    });
    this.#dialog.addEventListener("close", () => {
      clearTimeout(this.#timer);
      this.#list.replaceChildren();
    });
  }

  open() {
    this.#dialog.showModal();
    this.#field.select();
    this.#begin();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), PAUSE_MS);
  }

  #begin() {
    clearTimeout(this.#timer);
    const everywhere = this.#everywhere.checked;
    byId("search-title").textContent = everywhere ? t("search.widen") : t("search.title", { title: this.#titleOf(this.#room()) });
    const rooms = everywhere ? this.#rooms() : [];
    this.#search.begin([...new Set([this.#room(), ...rooms])], this.#field.value);
  }

  #show() {
    const { found, state, more } = this.#search;
    const words = soughtWords(this.#search.query);
    this.#list.replaceChildren(...found.map((message) => h("li", {}, this.#result(message, words))));
    this.#further.hidden = !(more && state === "done") && state !== "failed";
    this.#further.textContent = t(state === "failed" ? "again" : "search.further");
    this.#widen.hidden = found.length > 0 || state !== "done" || this.#everywhere.checked;
    this.#note.textContent = noteWords(this.#search);
  }

  #result(message, words) {
    const press = () => {
      this.#dialog.close();
      this.#goTo(message.room, message.seq);
    };
    const time = new Date(message.sentAt);
    const parts = around(highlighted(plainText(message), words));
    const text = parts.map((part) => (part.hit ? h("mark", { class: "search-hit" }, part.text) : part.text));
    const head = h("span", { class: "list-head" }, h("bdi", { class: "quote-author" }, message.user.name), this.#everywhere.checked && h("bdi", {}, this.#titleOf(message.room)), dayName(time), timeElement(time));
    return h("button", { class: "list-message", type: "button", "data-seq": message.seq, click: press }, head, h("span", { class: "list-text", dir: "auto" }, ...text));
  }
}

/** What was found, and how far back was looked. */
function noteWords({ found, state, problem, more, searched: { done, of } }) {
  if (state === "empty") return t("search.help");
  if (state === "searching") return of > 1 ? t("search.searching.rooms", { done, all: of }) : t("search.searching");
  if (state === "failed") return problem;
  const how = more ? "more" : of > 1 ? "rooms" : "room";
  return t(`search.${found.length === 0 ? "none" : "some"}.${how}`, { count: found.length, all: of });
}
