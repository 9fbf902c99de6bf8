import { t } from "./lib/i18n.js";
import { wait } from "./lib/timers.js";
import { erase } from "./models/erasing.js";
import { rightsIn } from "./models/rights.js";
import { AdminView } from "./views/admin_view.js";
import { DeleteRoomDialog } from "./views/delete_room_dialog.js";
import { DirectDialog } from "./views/direct_dialog.js";
import { EraseDialog } from "./views/erase_dialog.js";
import { ExcerptDialog } from "./views/excerpt_dialog.js";
import { MessageFinder } from "./views/message_finder.js";
import { PersonCard } from "./views/person_card.js";
import { ProgramsDialog } from "./views/programs_dialog.js";
import { RoomDialog } from "./views/room_dialog.js";
import { RoomEditDialog } from "./views/room_edit_dialog.js";
import { RoomPanel } from "./views/room_panel.js";

/** Puts together what is about people, rooms of one's own and order. `user()` is who is here, `log()` the view of the log, `people` are those of the rooms and `presence` who is there; `write()` goes to the message box. */
export function wireHouse({ profiles, api, house, rooms, router, chat, user, confirm, reasons, say, leave, hide, isOnly, write, log, people, presence }) {
  const goTo = (facts) => {
    rooms.learn(facts);
    router.go(facts.room);
  };
  const message = async (people) => goTo(await house.direct(people.map(({ id }) => id)));
  const ban = (person, done = () => say(t("ban.done", { name: person.name }), { good: true })) => {
    const question = { title: t("ban.title", { name: person.name }), words: t("ban.help"), action: t("ban.action"), lasts: true, ofNetworks: true };
    reasons.open(question, async (answer) => {
      await house.ban(person.id, answer);
      done();
    });
  };

  const removePerson = (person, done = () => say(t("expel.done", { name: person.name }), { good: true })) => {
    const question = { title: t("expel.title", { name: person.name }), words: t("expel.help"), action: t("expel.action"), ofNetworks: true };
    reasons.open(question, async (answer) => {
      await house.removePerson(person.id, answer);
      done();
    });
  };
  const eraseDialog = new EraseDialog({ erase: (...asked) => erase({ house, wait }, ...asked), say });
  const eraseOf = (person, room = null) => eraseDialog.open(person, { room, everywhere: user().role === "admin" });
  const deleteDialog = new DeleteRoomDialog({ onDelete: gone });

  const editDialog = new RoomEditDialog({ onChange: async (room, changes) => rooms.learn(await house.changeRoom(room, changes)) });
  const panel = new RoomPanel({
    house,
    rooms,
    user,
    now: () => api.clock.now() ?? Date.now(),
    people,
    presence,
    actions: {
      edit: (about) => editDialog.open(about),
      message: (person) => message([person]),
      write,
      isOnly,
      leave,
      hide: ({ room }) => hide(room),
      deleteRoom: (about) => (about.access === "direct" ? deleteDirect(about) : deleteDialog.open(about)),
      confirm: (question) => confirm.ask(question),
      offers: (person) => offers(person, { inPanel: true }),
      about: profiles.about,
    },
  });
  new ProgramsDialog({ onProfile: profiles.editBot, house, user, about: (room) => rooms.about(room), room: () => router.room, confirm: (question) => confirm.ask(question) });
  const titleOf = (room) => rooms.about(room).title;
  const excerpt = new ExcerptDialog({ ask: (room, page) => house.messages(room, page), titleOf, me: user });
  const finder = new MessageFinder({ chat, router, excerpt, log: { show: (seq) => log().show(seq) }, say });
  new DirectDialog({ house, user, onPick: message, write });
  return {
    panel,
    finder,
    roomDialog: new RoomDialog({ onCreate: async (description) => rooms.learn(await house.createRoom(description)), onOpen: (room) => router.go(room) }),
    personCard: new PersonCard({ offers: (person) => offers(person), about: profiles.about }),
    adminView: new AdminView({ house, rooms, router, user, actions: { ban, linkFor: profiles.linkFor, removePerson, erase: eraseOf, showMessage: (room, seq) => finder.go(room, seq) } }),
  };

  /** Deletes a room for good, and goes to another one; that it is gone from the list, the service tells everybody. */
  async function gone({ room, title }) {
    await house.deleteRoom(room);
    const next = rooms.nextAfter(room);
    if (next !== null && router.room === room) router.go(next);
    say(t("room.delete.done", { title }), { good: true });
  }

  async function deleteDirect(about) {
    const question = { title: t("room.delete.title", { title: about.title }), words: t("room.delete.direct"), action: t("room.delete.action") };
    if (!(await confirm.ask(question))) return;
    try {
      await gone(about);
    } catch (error) {
      say(error.message);
    }
  }

  function forAdmins(person) {
    return [
      !person.bot && { words: t("link.make"), action: () => void profiles.linkFor(person) },
      profiles.about.isDescribed(person.id) && { words: t("profile.clear"), action: () => profiles.clear(person) },
    ];
  }

  function offers(person, { inPanel = false } = {}) {
    const here = rooms.about(router.room);
    const rights = rightsIn(here, user());
    const other = person.id !== user().id;
    return [
      rights.direct && { words: t("person.message"), action: () => message([person]), after: () => (inPanel && panel.close(), write()) },
      !inPanel && rights.members && { words: t("person.members"), action: () => void panel.open(router.room) },
      other && rights.deleteAny && { words: t("erase"), action: () => eraseOf(person, here) },
      ...(user().role === "admin" ? forAdmins(person) : []),
      user().role === "admin" && { words: t("ban"), action: () => ban(person) },
      other && user().role === "admin" && { words: t("expel"), action: () => removePerson(person) },
    ].filter(Boolean);
  }
}
