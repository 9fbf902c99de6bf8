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
  if (seq > channel.log.cursor) return "There is no such message in this room yet. The link may have been changed on its way.";
  for (let page = 0; page < MAX_PAGES; page += 1) {
    if (channel.log.get(seq)) return null;
    if (channel.state !== "live" || !channel.log.hasOlder || channel.log.oldest <= seq) break;
    if (!(await channel.loadOlder())) break;
  }
  if (channel.log.get(seq)) return null;
  return channel.log.oldest <= seq ? "That message is not there any more." : "That message is not in reach: the older messages could not be loaded.";
}
