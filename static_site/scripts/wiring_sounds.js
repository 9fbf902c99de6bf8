import { playSound } from "./lib/sounds.js";
import { Turns } from "./lib/turns.js";
import { Arrivals } from "./models/arrivals.js";
import { HeardSounds } from "./models/sounds.js";

/** Puts together what plays the sounds of messages, if `preferences` say so. `user()` is who is here. */
export function wireSounds({ chat, router, attention, preferences, store, clock, user }) {
  const heard = new HeardSounds({
    looksAt: () => (user() && attention.looking && !router.admin ? router.room : null),
    wanted: () => preferences.get("sounds") === "on",
    play: playSound,
    now: () => clock.now() ?? Date.now(),
    store,
    turns: new Turns(),
  });
  new Arrivals({ chat, onNew: (room, messages) => heard.hear(room, messages).catch(reportError) });
}
