import { languages } from "./language.js";
import { byId } from "./lib/dom.js";
import { t } from "./lib/i18n.js";
import { Arrival } from "./models/arrival.js";
import { Attention } from "./models/attention.js";
import { Belonging } from "./models/belonging.js";
import { Chat } from "./models/chat.js";
import { Connection } from "./models/connection.js";
import { Connections } from "./models/connections.js";
import { Drafts } from "./models/drafts.js";
import { House } from "./models/house.js";
import { MoodChoice } from "./models/mood_choice.js";
import { Outbox } from "./models/outbox.js";
import { Preferences } from "./models/preferences.js";
import { ReadMarks } from "./models/read_marks.js";
import { ReadReports } from "./models/read_reports.js";
import { Reading } from "./models/reading.js";
import { makesRooms, rightsIn } from "./models/rights.js";
import { RoomChoices } from "./models/room_choices.js";
import { RoomList } from "./models/room_list.js";
import { RoomListReader } from "./models/room_list_reader.js";
import { RoomsNow } from "./models/rooms_now.js";
import { Today } from "./models/today.js";
import { ChatView } from "./views/chat_view.js";
import { ComposerView } from "./views/composer_view.js";
import { ConfirmDialog } from "./views/confirm_dialog.js";
import { ConnectionView } from "./views/connection_view.js";
import { DrawerView } from "./views/drawer_view.js";
import { Hiding } from "./views/hiding.js";
import { Leaving } from "./views/leaving.js";
import { LogKeys } from "./views/log_keys.js";
import { LogView } from "./views/log_view.js";
import { LongPress } from "./views/long_press.js";
import { MessageActions } from "./views/message_actions.js";
import { MessageBox } from "./views/message_box.js";
import { ReasonDialog } from "./views/reason_dialog.js";
import { RoomHeaderView } from "./views/room_header_view.js";
import { RoomsView } from "./views/rooms_view.js";
import { SessionsDialog } from "./views/sessions_dialog.js";
import { SettingsDialog } from "./views/settings_dialog.js";
import { SignOutView } from "./views/sign_out_view.js";
import { wireCompose } from "./wiring_compose.js";
import { wireFiles } from "./wiring_files.js";
import { wireHouse } from "./wiring_house.js";
import { wireNotices } from "./wiring_notices.js";
import { wirePeople } from "./wiring_people.js";
import { wirePreviews } from "./wiring_previews.js";
import { wirePulse } from "./wiring_pulse.js";
import { wireSharing } from "./wiring_sharing.js";
import { wireSounds } from "./wiring_sounds.js";

/** The one place that puts the chat together, on what the first screen has: models first, then the views on them. */
export function wire({ config, store, api, session, router }) {
  const house = new House((method, path, body) => session.call(method, path, body));
  const outbox = new Outbox(store);
  const drafts = new Drafts(store);
  const rooms = new RoomList(store);
  const moodChoice = new MoodChoice(store);
  const attention = new Attention();
  const address = async () => `${config.websocketUrl}?token=${encodeURIComponent(await session.token())}`;
  const mark = (frame) => moodChoice.mark(frame);
  // That the token is no longer good, the first connection finds out for all.
  const make = ({ isFirst }) => new Connection({ mark, address, afterRefusal: () => isFirst && session.verify() });
  const connection = new Connections({ make, attention, order: (names) => rooms.inOrder(names, router.room) });
  const chat = new Chat({ connection, outbox, attention });
  const fetchRooms = async () => api.rooms(await session.token());
  const belonging = new Belonging({ chat, rooms, current: () => router.room, readList: () => roomListReader.read() });
  const roomListReader = new RoomListReader({ rooms: { update: (found) => belonging.take(found) }, fetchRooms, connected: () => connection.state === "online" });
  const arrival = new Arrival({ house, rooms, router });
  belonging.on("added", (room) => say(t("room.added", { title: rooms.about(room).title }), { good: true, offers: [{ words: t("room.added.open"), press: () => router.go(room) }] }));
  const reports = new ReadReports({ send: (room, at) => chat.channel(room)?.state === "live" && connection.send({ action: "read", room, at }) });
  const marks = new ReadMarks({ store, logOf: (room) => chat.channel(room)?.log, report: (...read) => reports.note(...read) });
  const reading = new Reading({ connection, chat, rooms, attention, marks, reports, readList: () => roomListReader.readIfWrong() });
  const user = () => session.user;
  const choices = new RoomChoices({ connection, rooms, house, store, user });

  const preferences = new Preferences(store);
  const confirm = new ConfirmDialog();
  const reasons = new ReasonDialog();
  const say = (words, tone) => chatView.say(words, tone);
  const hiding = new Hiding({ choices, rooms, say });
  const isOnly = (room) => rooms.nextAfter(room) === null;
  const box = new MessageBox();
  const files = wireFiles({ box, house, store, router, session, chat, clock: api.clock, composer: () => composer, log: () => log.view, say });
  const composer = new ComposerView({
    box,
    drafts,
    attached: files.attachments,
    onWait: () => files.view.wait(),
    titleOf: (room) => rooms.about(room).title,
    mentionable: (room) => writing.mentionable(room),
    onSend: (room, texts, about) => chatView.send(room, texts.map((text) => ({ text, mentions: writing.mentionsIn(room, text) })), about),
    onEdit: (message, text) => chatView.edit(message, text),
    onEmptied: (message) => messages.offerDeletion(message),
    onChange: (message) => writing.markEdited(message),
    onType: (room) => chat.typing.typed(room),
    onStop: () => chat.typing.stopped(),
    lastOwn: () => chatView.lastOwn(),
  });
  const goTo = (room, seq) => parts.finder.go(room, seq);
  const writing = wireCompose({ box, preferences, connection, chat, house, rooms, store, session, router, belonging, composer, clock: api.clock, user, goTo });
  const drawer = new DrawerView();
  const write = () => {
    drawer.close(); // the room below it could not get the focus
    composer.focus();
  };
  byId("chat").dataset.roomsBy = config.roomsBy;
  const log = { view: null }; // the parts of the house go to messages, and messages open the house's cards
  const people = wirePeople({ names: config.signIn.name, connection, session, toRoom: () => drawer.close(), say });
  const parts = wireHouse({ profiles: people, api, house, rooms, router, chat, user, confirm, reasons, say, write, isOnly, leave: () => leaving.leave(), hide: (room) => hiding.turn(room), log: () => log.view, ...writing.forPanel });
  const messages = new MessageActions({
    chat,
    outbox,
    room: () => router.room,
    rights: () => rightsIn(rooms.about(router.room), user()),
    people: parts.personCard,
    reasons,
    composer,
    goTo,
    ...writing.forMessages,
    fetchModel: () => api.model(),
    markUnread: ({ room, seq }) => {
      marks.markUnread(room, seq);
      log.view.place.markNew(seq);
    },
  });
  messages.files = (message, stored) => files.shown.element({ ...message, room: router.room }, stored);
  messages.press = ({ seq }, value) => house.press(router.room, seq, value);
  messages.cards = wirePreviews({ config, house, router, session, clock: api.clock, log: () => log.view });
  wirePulse({ chat, house, rooms, router, goTo, say });
  new LongPress();
  new LogKeys({ reply: (seq) => messages.reply(seq) });
  log.view = new LogView({ actions: messages, marks, attention });
  const leaving = new Leaving({ chat, outbox, rooms, router, house, confirm, say, me: user, onLeft: (about) => choices.left(about) });
  const chatView = new ChatView({
    chat,
    outbox,
    drafts,
    rooms,
    router,
    today: new Today(),
    composer,
    messages,
    log: log.view,
    header: new RoomHeaderView({ isOnly, onLeave: () => leaving.leave(), onAbout: () => parts.panel.open(router.room), onPeople: () => parts.panel.open(router.room, { at: "people" }) }),
    roomsNow: new RoomsNow({ chat, rooms, marks, view: new RoomsView({ onShow: (room) => hiding.turn(room) }) }),
    drawer,
    search: () => writing.search(),
    newRoom: () => makesRooms(user(), config.roomsBy) && parts.roomDialog.open(),
    belonging,
    roomListReader,
    attention,
    marks,
    reading,
  });
  const sharing = wireSharing({ rooms, router, session, drafts, composer, attachments: files.attachments, say });
  wireNotices({ chat, belonging, house, rooms, router, session, attention, store, user, goTo, levels: choices, readList: (ms) => user() && roomListReader.readIfOld(ms), pictureOf: people.pictureOf });
  const signOut = new SignOutView({ outbox, session });
  new SessionsDialog({ house, moodChoice, onProfile: people.editOwn, onEverywhere: () => signOut.leave({ everywhere: true }) });
  session.on("ended", (reason) => reason === "left" && [writing, moodChoice].forEach((kept) => kept.forget()));
  router.on("message", ({ room, seq }) => session.user && goTo(room, seq));
  session.on("renewed", () => connection.openAnew());
  for (const turn of ["online", "offline"]) addEventListener(turn, () => chat.checkConnection());
  new ConnectionView(connection);
  wireSounds({ chat, router, attention, preferences, store, clock: api.clock, user });
  new SettingsDialog({ preferences, languages: languages(), previews: config.linkPreviews, reload: () => location.reload() });
  return { chat, chatView, attachments: files.view, sharing, arrival, goTo, adminView: parts.adminView };
}
