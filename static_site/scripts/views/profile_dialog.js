import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { attempt } from "./attempt.js";
import { base64Of, squareOf } from "./square.js";

/** A few words about somebody and their picture: one's own, or those of a bot of one's own. */
export class ProfileDialog {
  #dialog = byId("profile-dialog");
  #avatar = byId("profile-avatar");
  #file = byId("profile-file");
  #choose = byId("profile-choose");
  #remove = byId("profile-remove");
  #about = byId("profile-about");
  #save = byId("profile-save");
  #problem = byId("profile-problem");
  #paint;
  #person = null;
  #change = null;
  #picture; // undefined stays as it is, null goes, a blob takes its place
  #preview = null;

  /** `paint(element, person)` shows the picture that somebody has now. */
  constructor({ paint }) {
    this.#paint = paint;
    this.#choose.addEventListener("click", () => this.#file.click());
    this.#file.addEventListener("change", () => this.#chosen());
    this.#remove.addEventListener("click", () => this.#take(null));
    byId("profile-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#dialog.addEventListener("close", () => this.#take(undefined));
  }

  /** `person` has `about` too; `change(profile)` asks the service, and may be refused. */
  open(person, change) {
    this.#person = person;
    this.#change = change;
    byId("profile-title").textContent = t(person.bot ? "profile.title.bot" : "profile.title", { name: person.name });
    this.#about.value = person.about ?? "";
    this.#problem.textContent = "";
    this.#take(undefined);
    this.#dialog.showModal();
  }

  async #chosen() {
    const [file] = this.#file.files;
    this.#file.value = ""; // so that the same one can be chosen again
    if (file) await attempt({ button: this.#choose, problem: this.#problem }, async () => this.#take(await squareOf(file)));
  }

  /** Shows what the picture will be. */
  #take(picture) {
    if (this.#preview) URL.revokeObjectURL(this.#preview);
    this.#picture = picture;
    this.#preview = picture ? URL.createObjectURL(picture) : null;
    this.#paint(this.#avatar, this.#person ?? { id: "", name: "" });
    delete this.#avatar.dataset.person; // what is shown here is what was chosen
    if (this.#preview) this.#avatar.style.setProperty("--picture", `url("${this.#preview}")`);
    if (picture !== undefined) this.#avatar.toggleAttribute("data-pictured", picture !== null);
    if (document.activeElement === this.#remove) this.#choose.focus();
    this.#remove.hidden = this.#avatar.dataset.pictured === undefined;
  }

  async #submit() {
    const about = this.#about.value.replaceAll(/\s+/gu, " ").trim();
    const worked = await attempt({ button: this.#save, problem: this.#problem }, async () => {
      const picture = this.#picture === undefined ? {} : { picture: this.#picture && (await base64Of(this.#picture)) };
      await this.#change({ about, ...picture });
    });
    if (worked) this.#dialog.close();
  }
}
