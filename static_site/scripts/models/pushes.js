import { Emitter } from "../lib/emitter.js";

const KEPT = "pushes"; // {id} of this browser's subscription at the service, without an id before the service has it
const RETRY_MS = 60_000;

/**
 * Keeps this browser subscribed to pushes as long as somebody wants to hear of messages with the page closed, and tells the
 * service where it is whenever the page starts or that changes. Emits "change".
 */
export class Pushes extends Emitter {
  #registering;
  #choices;
  #house;
  #store;
  #user;
  #allowed;
  #told = null; // what was last told to the service, or tried
  #failedAt = -Infinity;
  #work = Promise.resolve();

  /** `registering` resolves with the service worker's registration or null, `allowed()` is whether the browser lets us notify. */
  constructor({ registering, choices, house, store, user, allowed }) {
    super();
    this.#registering = registering;
    this.#choices = choices;
    this.#house = house;
    this.#store = store;
    this.#user = user;
    this.#allowed = allowed;
    choices.on("change", () => this.follow());
  }

  /** Whether this browser has pushes here. */
  get possible() {
    return Boolean(globalThis.PushManager && globalThis.navigator?.serviceWorker);
  }

  /** Whether the last attempt to subscribe failed. */
  get failed() {
    return this.#failedAt > -Infinity;
  }

  /** Does what is chosen, once for each choice; one that failed is tried again after a while. */
  follow() {
    const user = this.#user();
    if (!user) return this.#work;
    const wanted = this.#choices.enabled && this.#choices.closed && this.#allowed();
    const asked = JSON.stringify([user.id, wanted]);
    if (asked === this.#told && (!this.failed || performance.now() - this.#failedAt < RETRY_MS)) return this.#work;
    this.#told = asked;
    if (!wanted && !this.#store.get(KEPT)) return this.#work;
    return this.#next(() => (wanted ? this.#subscribe() : this.#unsubscribe()));
  }

  /** The browser has another subscription now. */
  renew() {
    this.#told = null;
    return this.follow();
  }

  /** Nobody is here any more: the service pushes for no session that has ended, and the browser takes nothing for it. */
  forget() {
    this.#told = null;
    return this.#store.get(KEPT) ? this.#next(() => this.#end()) : this.#work;
  }

  #next(work) {
    this.#work = this.#work.then(work).then(
      () => this.#settle(-Infinity),
      (error) => {
        console.info("Pushes could not be turned on or off; trying again later.", error.message);
        this.#settle(performance.now());
      },
    );
    return this.#work;
  }

  #settle(failedAt) {
    this.#failedAt = failedAt;
    this.emit("change");
  }

  async #subscribe() {
    const manager = await this.#manager();
    if (!manager) return;
    const { key } = await this.#house.pushKey();
    let subscription = await manager.getSubscription();
    if (subscription && keyOf(subscription) !== key) {
      await subscription.unsubscribe(); // of a chat that has been set up anew
      subscription = null;
    }
    subscription ??= await manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    if (!this.#store.get(KEPT)) this.#store.set(KEPT, {});
    const { endpoint, keys } = subscription.toJSON();
    const { id } = await this.#house.keepPush({ endpoint, keys, key });
    this.#store.set(KEPT, { id });
  }

  async #unsubscribe() {
    const { id } = this.#store.get(KEPT);
    await this.#end();
    if (id) await this.#house.dropPush(id).catch(unlessUnknown);
  }

  async #end() {
    this.#store.remove(KEPT);
    const subscription = await (await this.#manager())?.getSubscription();
    await subscription?.unsubscribe();
  }

  async #manager() {
    return (await this.#registering)?.pushManager;
  }
}

function keyOf({ options }) {
  const bytes = new Uint8Array(options?.applicationServerKey ?? []);
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** It may be another person's, or have been forgotten since. */
function unlessUnknown(error) {
  if (error.status !== 404) throw error;
}
