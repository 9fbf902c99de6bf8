import { byId, hide } from "./lib/dom.js";
import { t } from "./lib/i18n.js";
import { KeptPictures } from "./lib/kept_pictures.js";
import { ProfileCalls } from "./models/profile_calls.js";
import { Profiles } from "./models/profiles.js";
import { paintAvatar, showPictures } from "./views/avatar.js";
import { LinkDialog } from "./views/link_dialog.js";
import { PasswordDialog } from "./views/password_dialog.js";
import { ProfileDialog } from "./views/profile_dialog.js";

/** Puts together what people say of themselves, passwords, and links to other devices. `names` says that names are enough to sign in and `say(words, how)` tells something at the message box; `toRoom()` closes what is over the room. */
export function wirePeople({ names, connection, session, toRoom, say }) {
  const calls = new ProfileCalls((method, path, body) => session.call(method, path, body));
  const profiles = new Profiles({ ask: (ids) => calls.of(ids), pictures: new KeptPictures({ cache: "pictures-of-people", most: 500 }), asker: () => session.user });
  showPictures(profiles);
  session.on("ended", () => profiles.forget());
  const dialog = new ProfileDialog({ paint: paintAvatar });
  const links = new LinkDialog();
  const forMe = { title: t("link.title"), words: t("link.help"), make: () => calls.makeLink() };
  for (const [opener, from] of [["settings-link", "settings-dialog"], ["sessions-link", "sessions-dialog"]]) {
    byId(opener).addEventListener("click", () => {
      byId(from).close();
      links.open(forMe);
    });
  }
  const passwords = new PasswordDialog({ calls, session, say: (...told) => (toRoom(), say(...told)) });
  const keep = byId("settings-password");
  keep.addEventListener("click", () => {
    byId("settings-dialog").close();
    passwords.open();
  });
  byId("settings-open").addEventListener("click", () => hide(keep, !names || session.returns === "provider"));
  connection.on("frame", ({ event }) => {
    if (event !== "session") return;
    links.used();
    say(t("device.begun"), { good: true });
  });
  return {
    pictureOf: (id) => profiles.show(id),
    /** Somebody's words and picture, for their card. */
    about: { of: (id) => profiles.aboutOf(id), isDescribed: (id) => profiles.isDescribed(id), refresh: (id) => profiles.refresh(id) },
    editOwn: async (person, done) => dialog.open(person, async (profile) => done(await learned(calls.changeMe(profile)))),
    editBot: async ({ id }) => {
      const [bot] = await calls.of([id]);
      dialog.open(bot, (profile) => learned(calls.changeBot(id, profile)));
    },
    clear: async ({ id }) => (await calls.clear(id), await profiles.refresh(id)),
    linkFor: (person) => links.open({ title: t("link.title.of", { name: person.name }), words: t("link.help.of", { name: person.name }), make: () => calls.makeLinkFor(person.id) }),
  };

  async function learned(answer) {
    const person = await answer;
    await profiles.learn(person);
    return person;
  }
}
