const MAX_PAGES = 15; // a page's log keeps no more than that many of the service's pages

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
  for (let page = 0; page < MAX_PAGES; page += 1) {
    if (channel.log.get(seq)) return null;
    if (channel.state !== "live" || !channel.log.hasOlder || channel.log.oldest <= seq) break;
    if (!(await channel.loadOlder())) break;
  }
  return channel.log.get(seq) ? null : "That message is not in reach: it lies too far back, or is not there any more.";
}
