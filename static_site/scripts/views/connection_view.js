import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

/** Shows the state of the connection, and while offline, when the next try is. */
export class ConnectionView {
  #element = byId("connection");
  #status = byId("connection-status");
  #countdown = byId("connection-countdown");
  #retry = byId("connection-retry");
  #room = byId("room"); // an attribute of its own: with :has(), each message that comes would be looked through for it
  #connection;
  #timer = null;

  constructor(connection) {
    this.#connection = connection;
    this.#retry.addEventListener("click", () => connection.retryNow());
    connection.on("state", () => this.#show());
    this.#show();
  }

  #show() {
    const { state } = this.#connection;
    clearInterval(this.#timer);
    this.#element.dataset.connection = state;
    this.#room.toggleAttribute("data-offline", state === "offline");
    const words = t(`connection.${state}`);
    if (this.#status.textContent !== words) this.#status.textContent = words;
    this.#retry.hidden = state !== "offline";
    this.#count();
    if (state === "offline") this.#timer = setInterval(() => this.#count(), 1000);
  }

  #count() {
    const { state, retryAt } = this.#connection;
    const seconds = Math.max(1, Math.ceil((retryAt - performance.now()) / 1000));
    this.#countdown.textContent = state === "offline" && retryAt ? t("connection.next", { seconds }) : "";
  }
}
