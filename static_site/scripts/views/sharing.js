import { t } from "../lib/i18n.js";
import { messageLink } from "../models/router.js";

/** Whether the device has a sheet by which other apps are given something. */
export function canShare() {
  return typeof navigator.share === "function";
}

/** Whether other apps take a file of this name and type. */
export function canShareFile({ name, type }) {
  return canShare() && (navigator.canShare?.({ files: [new File(["-"], name, { type })] }) ?? false);
}

/** Gives other apps the address of a message. */
export function shareLink({ room, seq }, say) {
  return share({ url: messageLink(room, seq) }, say);
}

/** Opens the device's sheet; whoever closes it again has changed their mind. */
export async function share(what, say) {
  try {
    await navigator.share(what);
  } catch (error) {
    if (error.name === "AbortError") return;
    // A browser wants a press of its own for it: a file that took long to come needs another.
    say(t(error.name === "NotAllowedError" && what.files ? "share.again" : "share.failed"));
  }
}
