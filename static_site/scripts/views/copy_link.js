import { t } from "../lib/i18n.js";
import { messageLink } from "../models/router.js";

/** Copies the address of a message. Without a clipboard (plain http, or refused), it is shown to be copied by hand. */
export async function copyLink({ room, seq }, say) {
  const link = messageLink(room, seq);
  try {
    await navigator.clipboard.writeText(link);
    say(t("link.copied"), { good: true });
  } catch {
    say(t("link.by_hand", { link }), { good: true });
  }
}
