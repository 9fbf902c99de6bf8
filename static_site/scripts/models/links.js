const CANDIDATE = /https?:\/\/[^\s<>"'`]+/gi;
const TRAILING = /[.,:;!?…»”’]+$/u;
const PAIRS = { ")": "(", "]": "[", "}": "{" };

/** Cuts a text into `{text}` and `{text, href}`; only http and https addresses that parse become links. */
export function splitLinks(text) {
  const parts = [];
  let position = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const address = trimAddress(match[0]);
    const href = safeHref(address);
    if (!href) continue;
    if (match.index > position) parts.push({ text: text.slice(position, match.index) });
    parts.push({ text: address, href });
    position = match.index + address.length;
  }
  if (position < text.length) parts.push({ text: text.slice(position) });
  return parts;
}

/** Leaves out punctuation that belongs to the sentence, and a bracket that was opened before the address. */
function trimAddress(address) {
  let trimmed = address;
  for (;;) {
    const shorter = dropUnopenedBracket(trimmed.replace(TRAILING, ""));
    if (shorter === trimmed) return trimmed;
    trimmed = shorter;
  }
}

function dropUnopenedBracket(address) {
  const last = address.at(-1);
  const opening = PAIRS[last];
  if (!opening) return address;
  return address.split(opening).length < address.split(last).length ? address.slice(0, -1) : address;
}

/** The address as it may stand in a link, or null: nothing but the web, so that no link can run a script. */
export function safeHref(address) {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return ["http:", "https:"].includes(url.protocol) && url.hostname ? url.href : null;
}
