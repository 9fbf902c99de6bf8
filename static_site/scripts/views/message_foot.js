import { assign, h, stamp } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isLong } from "../models/markup/plain.js";
import { bendOf, heard } from "../models/mood.js";
import { signed } from "./numbers.js";
import { momentOf } from "./time.js";

/**
 * Its line is a box with a ground, bent by so many tenths: each drawing (`undertoneGlyph`) in the many rows of a log would be two
 * transformations that every message's frame goes through.
 */
const undertoneButton = stamp((kind) => {
  const [label, bend] = kind.split(" ");
  const line = h("i", { class: "undertone-line", "data-bend": bend, "aria-hidden": "true" });
  return h("button", { class: "undertone", type: "button", "data-label": label, "aria-expanded": "false", "aria-controls": "undertone" }, line, h("span", { class: "undertone-word" }, t(`label.${label}`)));
});

/** What stands at the end of a bubble: that the message was edited, is on its way, and how it reads. `explain(button)` asks why. */
export function messageFoot({ message, state, problem }, explain) {
  const { sentiment, deleted, editedAt } = message;
  const found = [];
  if (editedAt && !deleted) found.push(h("span", { class: "message-edited", title: momentOf(new Date(editedAt)) }, t("message.edited")));
  if (state === "pending") found.push(sending(problem));
  if (sentiment && !deleted) found.push(undertone(sentiment, explain));
  return found.length > 0 ? h("span", { class: "message-foot" }, ...found) : null;
}

/** Whether the foot has nothing but the line of a neutral message: then it stands beside the text and takes no line of its own. */
export function isQuiet({ message, state }) {
  const { sentiment, deleted, editedAt, replyTo, text } = message;
  if (deleted || editedAt || replyTo || state !== "stored" || isLong(text)) return false;
  return Boolean(sentiment) && heard(sentiment) === "neutral";
}

/** The style sheet shows one of the two, depending on the connection's state. */
function sending(problem) {
  const now = h("span", { class: "message-sending" }, t(problem ? "message.waiting" : "message.sending"));
  return h("span", { class: "message-pending" }, now, h("span", { class: "message-waiting" }, t("message.offline")));
}

function undertone(sentiment, explain) {
  const { score } = sentiment;
  const label = heard(sentiment);
  const felt = { label: t(`label.${label}`), score: signed(score) };
  const button = undertoneButton(`${label} ${Math.round(10 * Math.abs(bendOf({ label, score })))}`);
  assign(button, { "aria-label": t("undertone.button", felt), title: t("undertone.tip", felt) });
  button.addEventListener("click", () => explain(button));
  return button;
}
