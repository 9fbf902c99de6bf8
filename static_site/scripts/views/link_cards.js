import { savesData } from "../lib/data_saving.js";
import { assign, byId, h, hide, say } from "../lib/dom.js";
import { firstLink } from "../models/markup/first_link.js";

const CROWD_MS = 10_000; // so long after it was sent, a message is read by everybody who is here

/**
 * Cards below messages that say what is behind their first link. A card has its place and height from the beginning, so that
 * nothing moves when its words come; one for which nothing comes goes once nobody sees it.
 */
export class LinkCards {
  #previews;
  #pictures;
  #now;
  #hold;
  #room;
  #near = new IntersectionObserver((entries) => this.#seen(entries), { root: byId("log"), rootMargin: "100% 0px" });
  #away = new IntersectionObserver((entries) => this.#unseen(entries), { root: byId("log") });
  #wanted = new WeakMap(); // card -> what to ask for

  /**
   * `previews` has `known(url)` and `of({room, seq, url, crowded})`, `pictures` `of(id, url)`; `room()` is the open room, `now()` the service's time, and
   * `hold(change)` changes the log and moves nothing that is read.
   */
  constructor({ previews, pictures, room, now, hold }) {
    this.#previews = previews;
    this.#pictures = pictures;
    this.#room = room;
    this.#now = now;
    this.#hold = hold;
  }

  /** The link of a message that has a card, `{text, href}`, or null. */
  linkOf(message) {
    return message.deleted ? null : firstLink(message);
  }

  /** The card of a link in a row of the log, or null if it is known that there is nothing to show. Until a message is stored, the service cannot be asked. */
  element({ text, href }, { message, state, own, time }) {
    const known = this.#previews.known(text);
    if (known === null) return null;
    const { host, pathname, search } = new URL(href);
    const title = h("span", { class: "link-title", dir: "auto" });
    const about = h("span", { class: "link-about", dir: "auto" });
    const card = h("a", { class: "link-card", href, target: "_blank", rel: "noopener noreferrer nofollow" }, h("span", { class: "link-site", dir: "ltr" }, host), title, about);
    const box = h("div", { class: "link-preview", "aria-live": "off" }, card);
    if (known) this.#fill(box, known);
    else {
      say(title, pathname === "/" && search === "" ? "" : pathname + search);
      box.dataset.waiting = "";
      if (state === "stored") this.#ask(box, { room: this.#room(), seq: message.seq, url: text, crowded: !own && this.#now() - time < CROWD_MS });
    }
    return box;
  }

  #ask(box, wanted) {
    this.#wanted.set(box, wanted);
    this.#near.observe(box);
  }

  #seen(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      this.#near.unobserve(target);
      this.#show(target);
    }
  }

  async #show(box) {
    const wanted = this.#wanted.get(box);
    const found = await this.#previews.of(wanted).catch((error) => {
      console.info(`${new URL(wanted.url).host} has no preview: ${error.message}`);
      return null;
    });
    if (found) this.#fill(box, found);
    else this.#away.observe(box);
  }

  #fill(box, { title, description, picture }) {
    say(box.querySelector(".link-title"), title);
    say(box.querySelector(".link-about"), description ?? "");
    assign(box, { "data-waiting": null });
    if (picture && !savesData()) this.#picture(box, picture);
  }

  /** Its place is there with the words; without a picture they get it. */
  async #picture(box, { id, url }) {
    const image = h("img", { class: "link-picture", alt: "", decoding: "async", draggable: "false" });
    const give = () => {
      image.remove();
      delete box.dataset.pictured;
    };
    image.addEventListener("error", give);
    image.addEventListener("load", () => image.setAttribute("data-there", ""));
    box.querySelector(".link-card").append(image);
    box.dataset.pictured = "";
    try {
      image.src = await this.#pictures.of(id, url);
    } catch {
      give();
    }
  }

  #unseen(entries) {
    const gone = entries.filter(({ isIntersecting }) => !isIntersecting).map(({ target }) => target);
    if (gone.length === 0) return;
    for (const box of gone) this.#away.unobserve(box);
    this.#hold(() => gone.forEach((box) => hide(box, true)));
  }
}
