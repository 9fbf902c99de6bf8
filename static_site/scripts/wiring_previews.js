import { KeptPictures } from "./lib/kept_pictures.js";
import { wait } from "./lib/timers.js";
import { LinkPreviews } from "./models/link_previews.js";
import { LinkCards } from "./views/link_cards.js";

/** Puts together what shows previews of links, if the deployment has them; else null. `log()` is the view of the log. */
export function wirePreviews({ config, house, router, session, clock, log }) {
  if (!config.linkPreviews) return null;
  const previews = new LinkPreviews({ ask: (room, seq, url) => house.preview(room, seq, url), wait });
  const pictures = new KeptPictures({ cache: "pictures-of-links", most: 60 }); // of some hundred kilobytes each
  session.on("ended", () => {
    previews.forget();
    pictures.forget();
  });
  return new LinkCards({ previews, pictures, room: () => router.room, now: () => clock.now() ?? Date.now(), hold: (change) => log().hold(change) });
}
