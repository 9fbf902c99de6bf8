import { safeHref, splitLinks } from "../links.js";
import { cleanText } from "../text.js";

const TARGET = String.raw`[^\s()[\]<>"\u0060\p{Cc}\u202a-\u202e\u2066-\u2069]`;
const NAMED_LINK = new RegExp(String.raw`\[([^[\]]{1,300})\]\(((?:${TARGET}|\(${TARGET}*\)){1,2000})\)`, "uy");
const MAIL = /^mailto:([\w.+-]{1,64}@[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?)$/i;
const SHOWS_ADDRESS = /:\/\/|^\s*www\./i; // and so must lead there
const TURNS_AROUND = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * The link `[label](address)` that begins there: `{length, label, href, host, named}`; or null. `host` has to be shown beside
 * the label if it is `named`, which is: not the address itself.
 */
export function namedLinkAt(line, index) {
  NAMED_LINK.lastIndex = index;
  const [whole, label, target] = NAMED_LINK.exec(line) ?? [];
  const goal = whole && goalOf(target);
  if (!goal || cleanText(label) === "" || TURNS_AROUND.test(label)) return null;
  const own = showsHost(label, goal.host);
  return own || !SHOWS_ADDRESS.test(label) ? { length: whole.length, label, ...goal, named: !own } : null;
}

function goalOf(target) {
  const mail = MAIL.exec(target)?.[1];
  if (mail) return { href: `mailto:${mail}`, host: mail };
  const href = safeHref(target);
  return href && { href, host: new URL(href).hostname };
}

function showsHost(label, host) {
  const parts = splitLinks(label.trim());
  return label.trim() === host || (parts.length === 1 && parts[0].href !== undefined && new URL(parts[0].href).hostname === host);
}
