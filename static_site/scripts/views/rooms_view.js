import { arrange, byId, h, renew } from "../lib/dom.js";
import { intl, t } from "../lib/i18n.js";
import { sectionOf } from "../models/room_facts.js";
import { Router } from "../models/router.js";
import { paintAvatar } from "./avatar.js";
import { icon } from "./icons.js";
import { spoken } from "./spoken.js";
import { showInTab } from "./tab.js";

const MAX_SHOWN = 99; // beyond, the badge says "99+" and its title how many
const SECTIONS = { room: "room-list", direct: "direct-list", archived: "archived-list", hidden: "hidden-list" };

/** The list of rooms, with the current one marked and what is unread counted, in the window's title and icon and at the drawer too. */
export class RoomsView {
  #nav = byId("rooms");
  #drawer = byId("drawer-unread");
  #shown = "";
  #items = new Map(); // by the name of the room: a list that were made anew would lose the press of whoever just presses a room
  #onShow;
  #wanted = null; // the address of the room that gets the focus where it is shown next

  /** `onShow(room)` shows a room again that is hidden. */
  constructor({ onShow }) {
    this.#onShow = onShow;
  }

  /** `rooms` are as `RoomList.withChannels` has them; `current` is null if something else than a room is shown. */
  update(rooms, current) {
    const counted = rooms.filter(({ hidden }) => !hidden);
    showInTab(rooms.find(({ room }) => room === current)?.title ?? current ?? t("admin.title"), {
      unread: total(counted, "unread"),
      mentions: total(counted, "mentions"),
    });
    const shown = JSON.stringify([rooms, current]);
    if (shown === this.#shown) return; // focus stays where it is
    this.#shown = shown;
    this.#showAtDrawer(counted.filter(({ room }) => room !== current));
    const focused = this.#wanted ?? document.activeElement?.closest("#rooms a")?.getAttribute("href");
    this.#wanted = null;
    const items = new Map(rooms.map((room) => [room.room, this.#item(room, current)]));
    this.#items = items;
    for (const [section, id] of Object.entries(SECTIONS)) fill(id, rooms.filter((room) => sectionOf(room) === section).map(({ room }) => items.get(room)));
    if (focused) this.#nav.querySelector(`a[href="${focused}"]`)?.focus();
  }

  /** Nobody is here any more. */
  leave() {
    showInTab(null, { unread: 0, mentions: 0 });
  }

  /** What is unread in the rooms that are not to be seen; mentions are what matters more. */
  #showAtDrawer(others) {
    const [unread, mentions] = [total(others, "unread"), total(others, "mentions")];
    const found = mentions > 0 ? mentionBadge(mentions) : unread > 0 && unreadBadge(unread);
    this.#drawer.replaceChildren(...(found ? [found] : []));
  }

  #item(room, current) {
    const fresh = link(room, current);
    const item = this.#items.get(room.room) ?? h("li", {}, fresh);
    if (item.firstChild !== fresh) renew(item.firstChild, fresh);
    const button = room.hidden && this.#showButton(room);
    arrange(item, [item.firstChild, button && item.lastChild.isEqualNode(button) ? item.lastChild : button]);
    return item;
  }

  #showButton({ room, title }) {
    const words = t("rooms.show", { title });
    const show = () => {
      this.#wanted = Router.href(room);
      this.#onShow(room);
    };
    return h("button", { class: "icon-button", type: "button", title: words, "aria-label": words, click: show }, icon("eye"));
  }
}

function fill(id, items) {
  const list = byId(id);
  arrange(list, items);
  const section = list.closest("[data-section]");
  if (section) section.hidden = items.length === 0;
}

function total(rooms, what) {
  return rooms.reduce((sum, room) => sum + room[what], 0);
}

function link({ room, title, topic, access, people, joined, online, unread, mentions }, current) {
  return h(
    "a",
    {
      class: "room-link",
      href: Router.href(room),
      title: topic || null,
      "aria-current": room === current && "page",
      "data-joined": joined,
      "data-access": access,
      "data-unread": unread > 0 && unread,
      "data-mentions": mentions > 0 && mentions,
    },
    mark(access, title, people),
    h("span", { class: "room-link-name" }, h("bdi", {}, title)),
    access === "private" && h("span", { class: "visually-hidden" }, " ", t("rooms.private")),
    mentions > 0 && mentionBadge(mentions),
    unread > 0 && unreadBadge(unread),
    unread === 0 && online > 0 && access !== "direct" && h("span", { class: "room-link-online" }, icon("person"), ...spoken("rooms.online", { count: online, number: h("span", {}, intl("NumberFormat").format(online)) })),
  );
}

function mentionBadge(count) {
  return badge("badge-mention", count, "@", "rooms.mentions");
}

function unreadBadge(count) {
  return badge("badge-unread", count, "", "rooms.unread");
}

function badge(kind, count, sign, key) {
  const shown = sign + (count > MAX_SHOWN ? t("rooms.more", { most: MAX_SHOWN }) : intl("NumberFormat").format(count));
  return h("span", { class: `badge ${kind}`, title: t(key, { count, number: count }) }, ...spoken(key, { count, number: h("span", {}, shown) }));
}

/** A lock for a private room, whoever the others are for a direct one. */
function mark(access, title, people) {
  if (access !== "direct") return icon(access === "private" ? "lock" : "room");
  const other = people?.find(({ name }) => title.startsWith(name)) ?? { id: title, name: title };
  const avatar = h("span", { class: "avatar", "aria-hidden": "true" });
  paintAvatar(avatar, other);
  return avatar;
}
