import { t } from "../lib/i18n.js";


const MAX_PAGES = 25; // of 50 messages: further back, an excerpt is shown

/** Resolves when a channel is live or refused. */
export function settled(channel) {
  return new Promise((resolve) => {
    const end = channel.on("state", look);
    function look() {
      if (!["live", "refused"].includes(channel.state)) return;
      end();
      resolve();
    }
    look();
  });
}

/** Pages back until a room's message is there; resolves with a sentence if it cannot be shown, or null. */
export async function reveal(channel, seq) {
  if (seq > channel.log.cursor) return t("message.none_yet");
  for (let page = 0; page < MAX_PAGES; page += 1) {
    if (channel.log.get(seq)) return null;
    if (channel.state !== "live" || !channel.log.hasOlder || channel.log.oldest <= seq) break;
    if (!(await channel.loadOlder())) break;
  }
  if (channel.log.get(seq)) return null;
  return channel.log.oldest <= seq ? t("message.gone") : t("message.out_of_reach");
}
