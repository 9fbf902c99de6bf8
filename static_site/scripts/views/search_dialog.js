import { arrange, byId, h, hide, say } from "../lib/dom.js";
import { intl, t } from "../lib/i18n.js";
import { around, highlighted, soughtWords } from "../models/found_words.js";
import { plainText } from "../models/markup/plain.js";
import { EarlierSearchesView } from "./earlier_searches_view.js";
import { openedFromRoom } from "./room_openers.js";
import { dayName, timeElement } from "./time.js";

const PAUSE_MS = 350;

/** Search in the open room or in all of one's rooms: what was found leads to its place in the log. It goes on while the dialog is open. */
export class SearchDialog {
  #dialog = byId("search-dialog");
  #field = byId("search-field");
  #list = byId("search-list");
  #note = byId("search-note");
  #progress = byId("search-progress");
  #further = byId("search-further");
  #everywhere = byId("search-everywhere");
  #widen = byId("search-widen");
  #search;
  #earlier;
  #earlierView;
  #room;
  #rooms;
  #titleOf;
  #goTo;
  #timer = null;
  #rows = new Map(); // of what was found, so that the focus stays in a row while others come

  /** `room()` is the open room, `rooms()` all of one's own; `titleOf(room)` is what one is called, `goTo(room, seq)` leads to a message; `earlier` are the searches of before. */
  constructor({ search, earlier, room, rooms, titleOf, goTo }) {
    this.#rooms = rooms;
    this.#search = search;
    this.#earlier = earlier;
    this.#room = room;
    this.#titleOf = titleOf;
    this.#goTo = goTo;
    this.#earlierView = new EarlierSearchesView({ earlier, take: (query) => this.#take(query) });
    openedFromRoom("search", "search", () => this.open());
    search.on("change", () => this.#dialog.open && this.#show());
    this.#field.addEventListener("input", () => this.#soon());
    byId("search-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#take(this.#field.value);
    });
    this.#further.addEventListener("click", () => {
      this.#field.focus(); // the button goes away
      search.further();
    });
    byId("search-stop").addEventListener("click", () => {
      this.#field.focus();
      search.stop();
    });
    this.#everywhere.addEventListener("change", () => this.#begin());
    this.#widen.addEventListener("click", () => {
      this.#field.focus();
      this.#everywhere.checked = true;
      this.#begin();
    });
    this.#dialog.addEventListener("close", () => this.#closed());
  }

  open() {
    this.#dialog.showModal();
    this.#field.select();
    this.#begin();
  }

  #closed() {
    clearTimeout(this.#timer);
    if (this.#search.found.length > 0) this.#earlier.add(this.#search.query);
    this.#search.begin([], ""); // it looks no further, and keeps nothing
    this.#rows.clear();
    this.#list.replaceChildren();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), PAUSE_MS);
  }

  #take(query) {
    this.#field.value = query;
    this.#field.focus();
    this.#earlier.add(query);
    this.#begin();
  }

  #begin() {
    clearTimeout(this.#timer);
    const everywhere = this.#everywhere.checked;
    byId("search-title").textContent = everywhere ? t("search.widen") : t("search.title", { title: this.#titleOf(this.#room()) });
    const rooms = everywhere ? this.#rooms() : [];
    this.#rows.clear();
    if (this.#field.value.trim() === "") this.#earlierView.show();
    else this.#earlierView.hide();
    this.#search.begin([...new Set([this.#room(), ...rooms])], this.#field.value);
  }

  #show() {
    const { found, state, more, isFull, share } = this.#search;
    const words = soughtWords(this.#search.query);
    arrange(this.#list, found.map((message) => this.#row(message, words)));
    const ended = state !== "searching" && state !== "waiting";
    if (ended && this.#progress.contains(document.activeElement)) this.#field.focus();
    hide(this.#progress, ended);
    byId("search-share").value = share;
    say(byId("search-share-words"), t("search.share", { share: intl("NumberFormat", { style: "percent" }).format(share) }));
    hide(this.#further, !(more && !isFull && (state === "resting" || state === "failed")));
    say(this.#further, t(state === "failed" ? "again" : "search.further"));
    hide(this.#widen, found.length > 0 || state !== "done" || this.#everywhere.checked);
    say(this.#note, noteWords(this.#search));
  }

  #row(message, words) {
    const key = `${message.room} ${message.seq}`;
    if (!this.#rows.has(key)) this.#rows.set(key, h("li", {}, this.#result(message, words)));
    return this.#rows.get(key);
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
function noteWords({ found, state, problem, more, isFull, rooms }) {
  if (state === "empty") return t("search.help");
  if (state === "searching") return t("search.searching");
  if (state === "failed" || state === "waiting") return problem;
  if (isFull) return t("search.full", { count: found.length });
  const how = more ? "more" : rooms > 1 ? "rooms" : "room";
  return t(`search.${found.length === 0 ? "none" : "some"}.${how}`, { count: found.length, all: rooms });
}
