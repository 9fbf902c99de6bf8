import { t } from "../lib/i18n.js";
import { plainText } from "./markup/plain.js";

const MARKED = /[*_~`[\]\\|]/;
const QUOTE_LENGTH = 140; // code points, as the service cuts it

/** What a reply keeps of the message that it answers, as the service will. */
export function quoteOf({ seq, user, text }) {
  return { seq, user: { id: user.id, name: user.name }, text: [...text].slice(0, QUOTE_LENGTH).join("") };
}

/** A quoted message in one line; `original` is the message itself, if it is known here. */
export function quotedLine({ text }, original) {
  if (original?.deleted) return t("quote.deleted");
  const line = plainText({ text, mentions: original?.mentions }).replace(/\s+/gu, " ").trim();
  return line || t("quote.empty");
}

/**
 * A draft with a message, or a part of one, quoted at its end: each of its lines behind a sign below who said it, and an empty
 * line to write in. What was written, and quoted before, stays above. A name with marks in it is not made bold.
 */
export function withQuote(draft, words, name) {
  const by = MARKED.test(name) ? `${name}:` : `**${name}:**`;
  const quoted = [by, ...words.trim().split(/\r\n?|\n/)].map((line) => `> ${line}`.trimEnd());
  const above = draft.trimEnd() === "" ? "" : `${draft.trimEnd()}\n\n`;
  return `${above}${quoted.join("\n")}\n\n`;
}

/** The messages of a log that reply to one of them. */
export function repliesTo(seq, messages) {
  return messages.filter(({ replyTo, deleted }) => replyTo?.seq === seq && !deleted);
}
