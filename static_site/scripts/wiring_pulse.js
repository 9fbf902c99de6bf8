import { t } from "./lib/i18n.js";
import { LiveView } from "./views/live_view.js";
import { PulseDialog } from "./views/pulse_dialog.js";

/** The pulse of rooms and the live view; `say(words, tone)` is told when a room of one's own has left its usual mood. */
export function wirePulse({ chat, house, rooms, router, goTo, say }) {
  const room = () => router.room;
  const titleOf = (name) => rooms.about(name).title;
  const live = new LiveView({ chat, room, titleOf });
  new PulseDialog({ house, room, titleOf, goTo, known: (name, seq) => chat.channel(name)?.log.get(seq), onLive: () => live.open() });
  chat.on("turned", (turn) => say(t(`pulse.turned.${turn.direction}`, { title: titleOf(turn.room) }), { good: true }));
}
