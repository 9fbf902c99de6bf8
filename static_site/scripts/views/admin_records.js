import { byId, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { PagedList } from "../models/paged_list.js";
import { attempt } from "./attempt.js";
import { momentOf } from "./time.js";


/** A list of records, the newest first, with a button for older ones: what was reported, or what was done. */
export class AdminRecords {
  #list;
  #more;
  #problem = byId("admin-problem");
  #records;
  #words;
  #empty;

  /** `place` is the id of the section; `fetchPage(last)` is as for a PagedList; `words(record)` are the elements of a line. */
  constructor({ place, fetchPage, words, empty }) {
    this.#list = h("ul", { class: "records" });
    this.#more = h("button", { class: "button button-small", type: "button", hidden: true }, t("admin.older"));
    this.#records = new PagedList(fetchPage);
    this.#words = words;
    this.#empty = empty;
    byId(place).append(this.#list, this.#more);
    this.#more.addEventListener("click", () => this.#then(() => this.#records.next()));
  }

  load() {
    return this.#then(() => this.#records.load());
  }

  #then(loading) {
    return attempt({ button: this.#more, problem: this.#problem }, async () => {
      await loading();
      this.#show();
    });
  }

  #show() {
    const lines = this.#records.items.map((record) => h("li", { class: "record" }, moment(record.at), h("span", { class: "record-words" }, ...this.#words(record))));
    this.#list.replaceChildren(...(lines.length > 0 ? lines : [h("li", { class: "record-none" }, this.#empty)]));
    this.#more.hidden = !this.#records.more;
  }
}

function moment(at) {
  return h("time", { datetime: at }, momentOf(new Date(at)));
}
