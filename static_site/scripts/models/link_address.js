import { safeHref } from "./links.js";
import { namedLinkAt } from "./markup/named_links.js";

const MAIL = /^mailto:[\w.+-]{1,64}@[a-z\d.-]{1,253}$/i;
const BARE_MAIL = /^[\w.+-]{1,64}@[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?$/i;
const HAS_SCHEME = /^[a-z][a-z\d+.-]*:(?!\d)/i; // and no port
const MAX_ADDRESS = 1_900;
const TURNS_AROUND = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** What the page makes a link of, as it may stand behind its words; or nothing. */
export function takenAddress(address) {
  const href = MAIL.test(address) ? address : safeHref(address.trim());
  return href && href.length < MAX_ADDRESS ? href.replaceAll("(", "%28").replaceAll(")", "%29").replace(/[[\]`]/g, encodeURIComponent) : undefined;
}

/** The address that somebody means, who may leave out `https://` or `mailto:`; null for what no link can lead to. */
export function addressOf(typed) {
  const address = typed.trim();
  if (BARE_MAIL.test(address)) return `mailto:${address}`;
  if (HAS_SCHEME.test(address)) return takenAddress(address) ?? null;
  const href = takenAddress(`https://${address}`);
  return href && /\.|^localhost$/.test(new URL(href).hostname) ? href : null;
}

/** Words as those of a link can be: in one line, without brackets, and without what turns the text around them. */
export function linkWords(typed) {
  return typed.replaceAll("[", "(").replaceAll("]", ")").replace(TURNS_AROUND, "").replace(/\s+/g, " ").trim();
}

/** Whether such words may stand for an address: not if they show another one. */
export function canName(words, href) {
  const link = `[${words}](${href})`;
  return words === href || namedLinkAt(link, 0)?.length === link.length;
}
