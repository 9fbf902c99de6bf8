import { byId, h } from "../lib/dom.js";
import { Router } from "../models/router.js";
import { MAX_COUNTED } from "../models/unread.js";

/** The list of rooms, with the current one marked and what is unread counted, in the window's title too. */
export class RoomsView {
  #list = byId("room-list");
  #shown = "";

  /** `rooms` are `{room, joined, online, unread, atLeast}`. */
  update(rooms, current) {
    document.title = titleOf(rooms, current);
    const shown = JSON.stringify([rooms, current]);
    if (shown === this.#shown) return; // focus stays where it is
    this.#shown = shown;
    const focused = document.activeElement?.closest("#room-list a")?.getAttribute("href");
    this.#list.replaceChildren(...rooms.map((room) => h("li", {}, link(room, current))));
    if (focused) this.#list.querySelector(`a[href="${focused}"]`)?.focus();
  }
}

function titleOf(rooms, current) {
  const unread = rooms.reduce((sum, room) => sum + room.unread, 0);
  const count = `${unread}${rooms.some(({ atLeast }) => atLeast) ? "+" : ""}`;
  return `${unread > 0 ? `(${count}) ` : ""}${current} · Undertone`;
}

function link({ room, joined, online, unread, atLeast }, current) {
  const count = unread > MAX_COUNTED ? `${MAX_COUNTED}+` : `${unread}${atLeast ? "+" : ""}`;
  return h(
    "a",
    { class: "room-link", href: Router.href(room), "aria-current": room === current && "page", "data-joined": joined, "data-unread": unread > 0 && (atLeast ? count : unread) },
    h("span", { class: "room-link-name" }, room),
    unread > 0 && h("span", { class: "badge" }, count, h("span", { class: "visually-hidden" }, " unread")),
    unread === 0 && online > 0 && h("span", { class: "room-link-online" }, String(online), h("span", { class: "visually-hidden" }, " here")),
  );
}
