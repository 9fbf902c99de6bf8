import { firstBytes } from "./lib/first_bytes.js";
import { loadBlob } from "./lib/load_blob.js";
import { postForm } from "./lib/post_form.js";
import { Attachments } from "./models/attachments.js";
import { FileAddresses } from "./models/file_addresses.js";
import { JoinedFiles } from "./models/joined_files.js";
import { FileTexts } from "./models/text_files.js";
import { AttachmentsView } from "./views/attachments_view.js";
import { MessageFiles } from "./views/message_files.js";
import { PictureViewer } from "./views/picture_viewer.js";
import { redraw } from "./views/redraw.js";

/** Puts together what sends and shows files. `box` is the message box, `composer()` what is written in it, `log()` the view of the log, `say(words, tone)` tells people something there. */
export function wireFiles({ box, house, store, router, session, chat, clock, composer, log, say }) {
  const attachments = new Attachments({ prepare: redraw, offer: async (room, file) => (await joined(room), house.offerFile(room, file)), post: postForm, store });
  const addresses = new FileAddresses((room, id) => house.file(room, id), () => clock.now() ?? Date.now());
  const view = new AttachmentsView({ box, attachments, room: () => router.room, writes: () => session.user !== null && composer().message === null, say });
  const viewer = new PictureViewer({ addresses, messagesOf: (room) => chat.channel(room)?.log.messages ?? [] });
  const texts = new FileTexts({ addresses, read: firstBytes });
  const hold = (change, anchor) => log().hold(change, anchor);
  const shown = new MessageFiles({ addresses, joined: new JoinedFiles({ addresses, load: loadBlob }), texts, preview: (id) => attachments.preview(id), open: (...which) => viewer.open(...which), say, hold });
  router.on("room", () => queueMicrotask(() => view.update()));
  session.on("ended", (reason) => {
    addresses.forget();
    texts.forget();
    shown.forget();
    if (reason === "left") attachments.forget();
  });
  return { attachments, view, shown };

  /** Resolves once the room is joined: until then, or without a connection, there may be no such room yet. */
  function joined(room) {
    if (chat.channel(room)?.state === "live") return null;
    return new Promise((resolve) => {
      const end = chat.on("live", ({ name }) => {
        if (name !== room) return;
        end();
        resolve();
      });
    });
  }
}
