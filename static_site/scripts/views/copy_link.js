import { messageLink } from "../models/router.js";

/** Copies the address of a message. Without a clipboard (plain http, or refused), it is shown to be copied by hand. */
export async function copyLink({ room, seq }, say) {
  const link = messageLink(room, seq);
  try {
    await navigator.clipboard.writeText(link);
    say("The link to the message was copied.", { good: true });
  } catch {
    say(`Copy the link from here: ${link}`, { good: true });
  }
}
