const HOST = String.raw`(?:\[[\da-f:.]+\]|[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]{0,251}[\p{L}\p{M}\p{N}])?)`;
// Text without spaces goes on after these, so an address cannot hold them: full-width marks, brackets and quotation marks.
const STOPS = String.raw`\u3000-\u3002\u3008-\u3011\u3014-\u301f\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff3d\uff5b-\uff65“”„‟‘«»‹›`;
const CANDIDATE = new RegExp(
  String.raw`https?:\/\/(${HOST})(?![\p{L}\p{M}\p{N}\p{Cf}])(?![^\s\/?#${STOPS}]{0,255}@)(?::\d{1,5})?(?:[\/?#\\][^\s<>"\u0060\p{Cc}\u202a-\u202e\u2066-\u2069${STOPS}]{0,2000})?`,
  "giu",
);
const TRAILING = /^(?:[.,:;!?]|(?=[^\u0000-\u007f])\p{P})$/u; // oxlint-disable-line no-control-regex -- everything beyond ASCII
const PAIRS = { ")": "(", "]": "[", "}": "{" };
const QUOTES = new Set(["'", "*", "_", "~"]); // around an address, these belong to the sentence
const LATIN = /\p{Script=Latin}/u;
const LOOKALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}]/u;

/**
 * Cuts a text into `{text}` and `{text, href, host}`. Only http and https addresses become links, and only those that lead
 * to the host that they show. `host` is how the browser spells a host with letters beyond ASCII, otherwise undefined.
 */
export function splitLinks(text) {
  if (!text.includes("://")) return text === "" ? [] : [{ text }];
  const parts = [];
  let position = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const address = trimAddress(endOfHost(match), text[match.index - 1]);
    const href = safeHref(address);
    if (!href) continue;
    if (match.index > position) parts.push({ text: text.slice(position, match.index) });
    parts.push({ text: address, href, ...foreignHost(address, href) });
    position = match.index + address.length;
  }
  if (position < text.length) parts.push({ text: text.slice(position) });
  return parts;
}

/** The addresses of a line that are links, with where they begin, the last one first. */
export function linksIn(line) {
  let start = 0;
  const found = [];
  for (const part of splitLinks(line)) {
    if (part.href) found.push({ start, ...part });
    start += part.text.length;
  }
  return found.toReversed();
}

/** Leaves out what follows a top-level domain without a space, in a script of its own: "example.comの続き". */
function endOfHost([address, host]) {
  const glued = /^(.*\.[a-z]{2,})(?=[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}])/iu.exec(host);
  return glued && !host.slice(glued[1].length).includes(".") ? address.slice(0, address.indexOf(host) + glued[1].length) : address;
}

/** Leaves out punctuation that belongs to the sentence, and brackets and quotation marks that were opened before the address. */
function trimAddress(address, before) {
  let trimmed = address;
  for (;;) {
    const shorter = TRAILING.test(trimmed.at(-1)) ? trimmed.slice(0, -1) : dropUnpaired(trimmed, before);
    if (shorter === trimmed) return trimmed;
    trimmed = shorter;
  }
}

function dropUnpaired(address, before) {
  const last = address.at(-1);
  const opening = PAIRS[last];
  if (opening) return dropLast(address, last, count(address, last) - count(address, opening));
  const closes = QUOTES.has(last) && (last === before || (last === "'" && count(address, last) % 2 === 1));
  return closes ? address.slice(0, -1) : address;
}

/** Takes away a character at the end, at most so many times. */
function dropLast(address, character, most) {
  let end = address.length;
  for (let left = most; left > 0 && address[end - 1] === character; left -= 1) end -= 1;
  return address.slice(0, end);
}

function count(text, character) {
  return text.split(character).length - 1;
}

/** The address as it may stand in a link, or null: nothing but the web, so that no link can run a script, and no disguise. */
export function safeHref(address) {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (!["http:", "https:"].includes(url.protocol) || url.username || url.password) return null;
  const shown = hostOf(address);
  return leadsTo(shown, url.hostname) ? url.href : null;
}

/** A host of digits may be another number's spelling; letters of two scripts may be a disguise. */
function leadsTo(shown, hostname) {
  if (isAscii(shown)) return shown === hostname;
  const disguised = shown.split(".").some((label) => LATIN.test(label) && LOOKALIKE.test(label));
  return !disguised && shown.normalize("NFKC") === shown && hostname.includes("xn--");
}

function foreignHost(address, href) {
  return isAscii(hostOf(address)) ? {} : { host: new URL(href).hostname };
}

function hostOf(address) {
  return (/^https?:\/\/(\[[^\]]*\]|[^/?#\\:]*)/iu.exec(address)?.[1] ?? "").toLowerCase();
}

function isAscii(text) {
  return !/[^\u0000-\u007f]/.test(text); // oxlint-disable-line no-control-regex -- everything beyond ASCII
}
