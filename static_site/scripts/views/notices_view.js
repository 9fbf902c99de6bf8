import { chime } from "../lib/chime.js";
import { noticePermission } from "../lib/notifications.js";

const ICON = "images/icon-192.png";

/** Shows notices as the computer's own notifications; pressed, one brings the page to the front and leads to its message. */
export class NoticesView {
  #registering;

  /** `registering` resolves with the service worker's registration or null; `onOpen(room, seq)` leads to a message. */
  constructor({ registering, onOpen }) {
    this.#registering = registering;
    navigator.serviceWorker?.addEventListener("message", ({ data }) => data.open && onOpen(data.open.room, data.open.seq));
  }

  async show(notices, { sound }) {
    if (noticePermission() !== "granted") return;
    const registration = await this.#registering;
    if (!registration) return;
    for (const { room, seq, id, title, body } of notices) {
      // Silent, for the sound is the page's own; by its tag, the same notice of a push takes this one's place.
      await registration.showNotification(title, { body, tag: id, icon: ICON, dir: "auto", silent: true, data: { room, seq } });
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
