import { rightsIn } from "./models/rights.js";
import { Shared } from "./models/shared.js";
import { ShareInto } from "./views/share_into.js";

/** Puts together what takes what other apps share: into the box of a room that somebody chooses. */
export function wireSharing({ rooms, router, session, drafts, composer, attachments, say }) {
  const shared = new Shared();
  const into = new ShareInto({
    rooms: () => [rooms.about(router.room), ...rooms.all.filter(({ room }) => room !== router.room)].filter((about) => rightsIn(about, session.user).write),
    put: (room, { text, files }) => {
      const written = drafts.get(room);
      if (text !== "") drafts.set(room, written === "" ? text : `${written}\n${text}`);
      router.go(room);
      composer.open(room);
      const problem = attachments.add(room, files);
      if (problem) say(problem);
      composer.focus();
    },
  });
  rooms.on("change", () => session.user && into.update());
  session.on("ended", (reason) => reason === "left" && shared.forget().catch(reportError));
  return {
    /** Asks where something goes that was shared before somebody was here. */
    take: async () => {
      const found = await shared.take();
      if (found && session.user) into.open(found);
    },
  };
}
