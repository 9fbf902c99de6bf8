import { h } from "../lib/dom.js";
import { isLong } from "../models/markup/plain.js";
import { isMentioned } from "../models/mentions.js";
import { paintAvatar } from "./avatar.js";
import { fold } from "./fold.js";
import { icon } from "./icons.js";
import { messageQuote } from "./message_quote.js";
import { messageText } from "./message_text.js";
import { signed } from "./numbers.js";
import { timeElement } from "./time.js";
import { undertoneGlyph } from "./undertone_glyph.js";

/**
 * One message as an element. `actions` has `explain(button, message)`, `more(button, message, own)`,
 * `person(button, user)`, `react(message, emoji, on)`, `original(seq)`, `retry(id)` and `discard(id)`. `reading` has `me`, who
 * reads it, `messageAt(seq)`, and what `fold` needs.
 */
export function messageRow(row, actions, reading) {
  const { message, state, own } = row;
  const element = h("article", {
    class: "message",
    "data-seq": row.seq,
    "data-state": state,
    "data-client-id": row.id,
    "data-user": row.user.id,
    "data-own": own,
    "data-first": row.first,
    "data-deleted": message.deleted,
    "data-mentions-me": isMentioned(message, reading.me.id) && row.user.id !== reading.me.id,
    "aria-live": own && "off", // a screen reader need not repeat what its user has just written
  });
  const line = h("div", { class: "message-line" }, bubble(row, actions, reading), state === "stored" && !message.deleted && more(row, actions));
  element.append(heading(row, actions), line, ...reactions(message, actions), ...trouble(row, actions));
  return element;
}

/** Who and when; within a group of messages only screen readers get it. */
function heading({ user, time, own, first }, actions) {
  const avatar = h("span", { class: "avatar", "aria-hidden": "true" });
  paintAvatar(avatar, user);
  const name = first && !own ? authorButton(user, avatar, actions) : authorName(user, own);
  return h("header", { class: first ? "message-head" : "message-head visually-hidden" }, avatar, name, timeElement(time));
}

function authorName(user, own) {
  return h("span", { class: "message-author" }, h("bdi", {}, user.name), own && h("span", { class: "visually-hidden" }, " (you)"));
}

/** The name of somebody else opens their card; so does the picture, for who points at it. */
function authorButton(user, avatar, actions) {
  const button = h("button", { class: "message-author", type: "button", "aria-expanded": "false", "aria-controls": "person-card" }, h("bdi", {}, user.name));
  button.addEventListener("click", () => actions.person(button, user));
  avatar.addEventListener("click", () => button.click());
  avatar.dataset.opens = "person";
  return button;
}

function bubble(row, actions, reading) {
  const { message, time } = row;
  const text = message.deleted ? deletedText(message) : messageText(message, reading.me.id);
  const more = !message.deleted && isLong(message.text) && fold(text, row.key, reading);
  const foot = h("span", { class: "message-foot" }, ...marks(row, actions));
  const quote = message.replyTo && !message.deleted && messageQuote(message, reading.messageAt(message.replyTo.seq), (seq) => actions.original(seq));
  const box = h("div", { class: "bubble" }, quote, text, more, foot.hasChildNodes() && foot);
  if (!row.first) box.setAttribute("title", time.toLocaleTimeString());
  return box;
}

function deletedText({ deletedBy, user }) {
  const words = deletedBy && deletedBy.id !== user.id ? `Message deleted by ${deletedBy.name}` : "Message deleted";
  return h("div", { class: "message-text" }, h("p", { dir: "auto" }, words));
}

function marks({ message, state, problem }, actions) {
  const { sentiment, deleted, editedAt } = message;
  const found = [];
  if (editedAt && !deleted) found.push(h("span", { class: "message-edited", title: new Date(editedAt).toLocaleString() }, "edited"));
  if (state === "pending") found.push(sending(problem));
  if (sentiment && !deleted) found.push(undertone(message, actions));
  return found;
}

/** The style sheet shows one of the two, depending on the connection's state. */
function sending(problem) {
  const now = h("span", { class: "message-sending" }, problem ? "Waiting…" : "Sending…");
  return h("span", { class: "message-pending" }, now, h("span", { class: "message-waiting" }, "Waiting for connection"));
}

function undertone(message, actions) {
  const { label, score } = message.sentiment;
  const button = h("button", {
    class: "undertone",
    type: "button",
    "data-label": label,
    "aria-expanded": "false",
    "aria-controls": "undertone",
    "aria-label": `${label}, score ${signed(score)}. Why?`,
    title: `${label} ${signed(score)}`,
  });
  button.append(undertoneGlyph(message.sentiment), h("span", { class: "undertone-word" }, label));
  button.addEventListener("click", () => actions.explain(button, message));
  return button;
}

function more({ message, own }, actions) {
  const button = h("button", { class: "message-more", type: "button", "aria-expanded": "false", "aria-controls": "message-menu" });
  button.setAttribute("aria-label", "React or change");
  button.title = "React or change";
  button.append(icon("more"));
  button.addEventListener("click", () => actions.more(button, message, own));
  return button;
}

function reactions(message, actions) {
  const entries = Object.entries(message.reactions ?? {}).filter(([, count]) => count > 0);
  if (entries.length === 0) return [];
  const items = entries.map(([emoji, count]) => {
    const on = message.mine?.reactions?.includes(emoji) ?? false;
    const press = () => actions.react(message, emoji, !on);
    return h("li", {}, h("button", { class: "reaction", type: "button", "data-emoji": emoji, "aria-pressed": String(on), click: press }, `${emoji} ${count}`));
  });
  return [h("ul", { class: "reactions", "aria-label": "Reactions" }, ...items)];
}

function trouble({ state, problem, id }, actions) {
  if (state === "stored" || !problem) return [];
  const words = h("span", { role: state === "failed" ? "alert" : null }, state === "failed" ? `Not sent. ${problem}` : problem);
  const discard = h("button", { class: "button button-small", type: "button", click: () => actions.discard(id) }, "Delete draft");
  if (state !== "failed") return [h("p", { class: "message-trouble" }, words, discard)];
  const retry = h("button", { class: "button button-small", type: "button", click: () => actions.retry(id) }, "Retry");
  return [h("p", { class: "message-trouble", "data-failed": true }, words, retry, discard)];
}
