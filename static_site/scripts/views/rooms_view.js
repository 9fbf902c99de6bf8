import { byId, h } from "../lib/dom.js";
import { sectionOf } from "../models/room_facts.js";
import { Router } from "../models/router.js";
import { MAX_COUNTED } from "../models/unread.js";
import { paintAvatar } from "./avatar.js";
import { icon } from "./icons.js";

const SECTIONS = { room: "room-list", direct: "direct-list", archived: "archived-list" };

/** The list of rooms, with the current one marked and what is unread counted, in the window's title too. */
export class RoomsView {
  #nav = byId("rooms");
  #shown = "";

  /** `rooms` are as `RoomList.withChannels` has them; `current` is null if something else than a room is shown. */
  update(rooms, current) {
    const title = titleOf(rooms, current);
    if (document.title !== title) document.title = title;
    const shown = JSON.stringify([rooms, current]);
    if (shown === this.#shown) return; // focus stays where it is
    this.#shown = shown;
    const focused = document.activeElement?.closest("#rooms a")?.getAttribute("href");
    for (const [section, id] of Object.entries(SECTIONS)) this.#fill(id, rooms.filter((room) => sectionOf(room) === section), current);
    if (focused) this.#nav.querySelector(`a[href="${focused}"]`)?.focus();
  }

  #fill(id, rooms, current) {
    const list = byId(id);
    list.replaceChildren(...rooms.map((room) => h("li", {}, link(room, current))));
    const section = list.closest("[data-section]");
    if (section) section.hidden = rooms.length === 0;
  }
}

function titleOf(rooms, current) {
  const unread = rooms.reduce((sum, room) => sum + room.unread, 0);
  const count = `${unread}${rooms.some(({ atLeast }) => atLeast) ? "+" : ""}`;
  const title = rooms.find(({ room }) => room === current)?.title ?? current ?? "Admin";
  return `${unread > 0 ? `(${count}) ` : ""}${title} · Undertone`;
}

function link({ room, title, topic, access, people, joined, online, unread, atLeast }, current) {
  const count = unread > MAX_COUNTED ? `${MAX_COUNTED}+` : `${unread}${atLeast ? "+" : ""}`;
  return h(
    "a",
    {
      class: "room-link",
      href: Router.href(room),
      title: topic || null,
      "aria-current": room === current && "page",
      "data-joined": joined,
      "data-access": access,
      "data-unread": unread > 0 && (atLeast ? count : unread),
    },
    mark(access, title, people),
    h("span", { class: "room-link-name" }, h("bdi", {}, title)),
    access === "private" && h("span", { class: "visually-hidden" }, " (private)"),
    unread > 0 && h("span", { class: "badge" }, count, h("span", { class: "visually-hidden" }, " unread")),
    unread === 0 && online > 0 && access !== "direct" && h("span", { class: "room-link-online" }, String(online), h("span", { class: "visually-hidden" }, " here")),
  );
}

/** A lock for a private room, whoever the others are for a direct one. */
function mark(access, title, people) {
  if (access !== "direct") return icon(access === "private" ? "lock" : "room");
  const other = people?.find(({ name }) => title.startsWith(name)) ?? { id: title, name: title };
  const avatar = h("span", { class: "avatar", "aria-hidden": "true" });
  paintAvatar(avatar, other);
  return avatar;
}
