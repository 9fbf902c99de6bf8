import { t } from "../../lib/i18n.js";
import { SOUNDS, soundOf } from "../sounds.js";
import { parse } from "./blocks.js";
import { withButtons } from "./buttons.js";

const MAX_LINES = 20;
const MAX_LENGTH = 2_000; // code points

/** What a message says without its marks, as it is read aloud: for quotations and other places that show no elements. */
export function plainText(message) {
  const sound = soundOf(message.text);
  if (sound) return `${SOUNDS[sound]} ${t(`sound.${sound}`)}`;
  const { shown, buttons } = withButtons(message);
  return blocksText(parse(shown.text, message.mentions ?? [])) || buttons.map(({ label }) => label).join(" · ");
}

/** True for a text that the log shows folded. */
export function isLong(text) {
  return text.split("\n", MAX_LINES + 1).length > MAX_LINES || (text.length > MAX_LENGTH && [...text].length > MAX_LENGTH);
}

function blocksText(blocks) {
  return blocks.map(blockText).join("\n");
}

function blockText(block) {
  if (block.kind === "code") return block.text;
  if (block.kind === "quote") return blocksText(block.blocks);
  if (block.kind === "list") return block.items.map(({ number, blocks }) => `${number === null ? "•" : `${number}.`} ${blocksText(blocks)}`).join("\n");
  if (block.kind === "table") return [block.head, ...block.rows].filter((cells) => cells.some((spans) => spans.length > 0)).map((cells) => cells.map(spansText).join(" | ")).join("\n");
  return spansText(block.children);
}

function spansText(spans) {
  return spans.map(spanText).join("");
}

function spanText(span) {
  if (typeof span === "string") return span;
  if (span.kind === "mention") return `@${span.name}`;
  if (span.kind === "link" && span.named) return `${spansText(span.children)} (${span.host})`;
  return span.text ?? spansText(span.children);
}
