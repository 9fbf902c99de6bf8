import { chime } from "../lib/chime.js";
import { noticePermission } from "../lib/notifications.js";

const ICON = "images/icon-192.png";

/** Shows notices as the computer's own notifications; pressed, one brings the page to the front and leads to its message. */
export class NoticesView {
  #registering;
  #pictureOf;

  /** `registering` resolves with the service worker's registration or null; `onOpen(room, seq)` leads to a message, `onSubscribed()` hears that the browser has another push subscription. `pictureOf(id)` is the address of somebody's picture, or null. */
  constructor({ registering, onOpen, onSubscribed, pictureOf }) {
    this.#registering = registering;
    this.#pictureOf = pictureOf;
    navigator.serviceWorker?.addEventListener("message", ({ data }) => {
      if (data.open) onOpen(data.open.room, data.open.seq);
      if (data.subscribed) onSubscribed();
    });
  }

  async show(notices, { sound }) {
    if (noticePermission() !== "granted") return;
    const registration = await this.#registering;
    if (!registration) return;
    for (const { room, seq, id, by, title, body } of notices) {
      // Silent, for the sound is the page's own; by its tag, a push of the same message finds that it is shown.
      const icon = (by && this.#pictureOf(by)) || ICON;
      await registration.showNotification(title, { body, tag: id, icon, dir: "auto", silent: true, data: { room, seq } });
    }
    if (sound) chime();
  }

  /** Takes away those of a room, which somebody looks at now. */
  async clear(room) {
    const registration = await this.#registering;
    const shown = (await registration?.getNotifications?.()) ?? [];
    for (const notification of shown) if (notification.data?.room === room) notification.close();
  }
}
