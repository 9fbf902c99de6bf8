import { applicationName, intl, sideBySide } from "../lib/i18n.js";
import { showOnIcon } from "../lib/icon_count.js";

const ICONS = { none: "images/logo.svg", unread: "images/logo-unread.svg", mentions: "images/logo-mentions.svg" };

/** Says in the window's title and icon what is unread in all rooms; `title` is the open room's, or null if nobody is here. */
export function showInTab(title, { unread, mentions }) {
  const name = applicationName();
  const words = title === null ? name : (unread > 0 ? `(${intl("NumberFormat").format(unread)}) ` : "") + sideBySide(title, name);
  if (document.title !== words) document.title = words; // which tells the browser's window, also if it is the same
  const kind = mentions > 0 ? "mentions" : unread > 0 ? "unread" : "none";
  const link = document.querySelector('link[rel="icon"]');
  if (link.getAttribute("href") !== ICONS[kind]) link.setAttribute("href", ICONS[kind]);
  showOnIcon(unread);
}
