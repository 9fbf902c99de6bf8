import { toClipboard } from "../lib/clipboard.js";
import { t } from "../lib/i18n.js";
import { withNames } from "../models/mentions.js";
import { messageLink } from "../models/router.js";

/** Copies the address of a message; if that does not work, it is shown to be copied by hand. */
export function copyLink({ room, seq }, say) {
  const link = messageLink(room, seq);
  return copy(link, { done: t("link.copied"), failed: t("link.by_hand", { link }) }, say);
}

/** Copies what a message says, as it was written. */
export function copyText(message, say) {
  return copy(withNames(message), { done: t("text.copied"), failed: t("text.not_copied") }, say);
}

async function copy(text, { done, failed }, say) {
  say((await toClipboard(text)) ? done : failed, { good: true });
}
