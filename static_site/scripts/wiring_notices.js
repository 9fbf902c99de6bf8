import { noticePermission } from "./lib/notifications.js";
import { registerServiceWorker } from "./lib/service_worker.js";
import { Arrivals } from "./models/arrivals.js";
import { Gaze } from "./models/gaze.js";
import { NoticeChoices } from "./models/notice_choices.js";
import { Notifier } from "./models/notifier.js";
import { Pushes } from "./models/pushes.js";
import { UnfollowedRooms } from "./models/unfollowed_rooms.js";
import { Updates } from "./models/updates.js";
import { NoticesDialog } from "./views/notices_dialog.js";
import { NoticesView } from "./views/notices_view.js";
import { UpdateView } from "./views/update_view.js";

/** Puts together what tells of messages at which nobody looks, and of new versions. `user()` is who is here, `goTo(room, seq)` leads to a message; `levels` are the `RoomChoices`, `readList(ms)` reads the list of rooms if it is older than that, and `pictureOf(id)` is where somebody's picture is shown from, or null. */
export function wireNotices({ chat, belonging, house, rooms, router, session, attention, store, user, goTo, levels, readList, pictureOf }) {
  const registering = registerServiceWorker();
  new UpdateView(new Updates({ registering, attention }));
  const choices = new NoticeChoices({ store, user });
  const pushes = new Pushes({ registering, choices, house, store, user, allowed: () => noticePermission() === "granted" });
  const view = new NoticesView({ registering, onOpen: (room, seq) => user() && (seq ? goTo(room, seq) : router.go(room)), onSubscribed: () => pushes.renew(), pictureOf });
  const gaze = new Gaze({
    looksAt: () => (user() && attention.looking && !router.admin ? router.room : null),
    changes: [
      (changed) => attention.on("look", changed),
      (changed) => router.on("room", changed),
      (changed) => router.on("admin", changed),
      (changed) => rooms.on("change", changed), // also when somebody signs in
      (changed) => ["blur", "pagehide", "focus"].forEach((name) => addEventListener(name, changed)),
      (changed) => document.addEventListener("visibilitychange", changed),
    ],
    onRoom: (room) => view.clear(room).catch(reportError),
  });
  const notifier = new Notifier({ rooms, choices, levelOf: (about) => levels.levelOf(about), gaze, store, user, show: (notices, how) => view.show(notices, how) });
  const tell = (room, messages) => notifier.tell(room, messages);
  belonging.on("added", (room) => attention.reading || notifier.tellAdded(room).catch(reportError));
  new Arrivals({
    chat,
    onNew: (room, messages) => {
      levels.arrived(room, messages);
      tell(room, messages).catch(reportError);
    },
  });
  new UnfollowedRooms({
    rooms,
    attention,
    read: readList,
    levelOf: (about) => levels.levelOf(about),
    cursorOf: (room) => chat.channel(room)?.log.cursor,
    messages: (room, page) => house.messages(room, page),
    tell,
  });
  const dialog = new NoticesDialog({ choices, levels, pushes, about: () => rooms.about(router.room) });
  rooms.on("change", () => user() && dialog.update());
  rooms.on("change", () => pushes.follow()); // also when somebody signs in
  session.on("ended", () => pushes.forget());
  router.on("room", () => user() && dialog.update());
}
