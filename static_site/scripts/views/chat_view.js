import { byId } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { NextFrame } from "../lib/next_frame.js";
import { MAX_FOLLOWED } from "../models/connection_plan.js";
import { lockWords } from "../models/room_facts.js";
import { paintAvatar } from "./avatar.js";
import { icon } from "./icons.js";
import { RoomSteps } from "./room_steps.js";
import { listenForShortcuts } from "./shortcuts.js";

/** The screen of somebody who has joined: keeps the rooms, the log and the composer up to date with the chat. */
export class ChatView {
  #chat;
  #outbox;
  #drafts;
  #rooms;
  #router;
  #composer;
  #messages;
  #log;
  #header;
  #roomsNow;
  #drawer;
  #newRoom;
  #search;
  #belonging;
  #roomListReader;
  #marks;
  #reading;
  #me = null;
  #steps = new RoomSteps((room) => this.#goAndWrite(room));
  #frame = new NextFrame(() => this.#me && this.#show()); // many things change at once when a room joins, or a hundred people write

  constructor({ chat, outbox, drafts, rooms, router, today, composer, messages, log, header, roomsNow, drawer, newRoom, search, belonging, roomListReader, attention, marks, reading }) {
    this.#chat = chat;
    this.#outbox = outbox;
    this.#drafts = drafts;
    this.#rooms = rooms;
    this.#router = router;
    this.#composer = composer;
    this.#messages = messages;
    this.#log = log;
    this.#header = header;
    this.#roomsNow = roomsNow;
    this.#drawer = drawer;
    this.#newRoom = newRoom;
    this.#search = search;
    this.#belonging = belonging;
    this.#roomListReader = roomListReader;
    this.#marks = marks;
    this.#reading = reading;
    this.#listen(attention);
    today.on("change", () => this.#frame.ask());
  }

  /** Starts the chat for a user and rejoins the rooms that they were in; `problem` is what to tell them first. */
  start(me, problem) {
    this.#me = me;
    byId("chat").dataset.role = me.role ?? "member";
    byId("me-name").textContent = me.name;
    byId("me-name").title = me.name; // a long one is cut off
    paintAvatar(byId("me-avatar"), me);
    this.#router.settle();
    this.#marks.belongTo(me);
    this.#chat.start(me.id, this.#rooms.joined.toReversed()); // the latest one first
    this.#openRoom(this.#router.room);
    this.#composer.say(problem ?? this.#router.problem ?? "");
    this.#composer.focus();
    this.#roomListReader.read();
  }

  /** Who is here, or null. */
  get me() {
    return this.#me;
  }

  /** Says something to this person at the message box: a problem, unless it is `good`; as `ComposerNotice` does. */
  say(words, how) {
    this.#composer.say(words, how);
  }

  stop() {
    this.#me = null;
    this.#messages.close();
    this.#reading.stop();
    this.#chat.stop();
    this.#roomsNow.leave();
  }

  /** Forgets what was written and not sent, and the rooms. */
  forget() {
    this.#rooms.forget();
    this.#marks.forgetAll();
    this.#drafts.clear();
    this.#outbox.clear();
  }

  #listen(attention) {
    this.#router.on("room", (room) => this.#me && this.#enterRoom(room));
    this.#router.on("admin", () => this.#frame.ask());
    this.#router.on("problem", (words) => this.#me && this.#composer.say(words));
    this.#chat.on("room", () => this.#frame.ask());
    this.#rooms.on("change", () => this.#frame.ask());
    this.#marks.on("change", () => this.#frame.ask());
    this.#chat.on("notice", ({ room, message }) => (room ?? this.#router.room) === this.#router.room && this.#composer.say(message));
    byId("room-new").append(icon("plus"));
    byId("room-new").addEventListener("click", this.#newRoom);
    byId("rooms").addEventListener("click", ({ target }) => target.closest("a") && this.#drawer.close());
    this.#belonging.on("closed", () => this.#me && this.#showLog());
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault(); // the fragment of the address names the room
      this.#composer.focus();
    });
    attention.on("look", () => this.#me && this.#roomListReader.readIfOld());
    this.#chat.on("online", () => this.#me && this.#roomListReader.readIfOld());
    this.#chat.on("online", () => this.#composer.notice.connected());
    listenForShortcuts({ step: (by) => this.#step(by), newRoom: this.#newRoom, search: this.#search, escape: () => this.#escape() });
  }

  #enterRoom(room) {
    this.#drawer.close();
    this.#openRoom(room);
    this.#composer.focusWhereKeysAre();
  }

  #openRoom(room) {
    const surplus = this.#rooms.open(room);
    if (surplus) this.#chat.leave(surplus);
    this.#reading.opened(room);
    this.#messages.close();
    this.#chat.open(room);
    this.#showLog();
    if (surplus) this.#composer.say(t("rooms.surplus", { title: this.#rooms.about(surplus).title, most: MAX_FOLLOWED }), { good: true });
  }

  /** Shows the open room's log anew: it is another room, or it was closed. */
  #showLog() {
    const { room } = this.#router;
    const about = () => this.#rooms.about(room);
    this.#log.open({ channel: this.#chat.channel(room), outbox: this.#outbox, me: this.#me, about });
    this.#composer.open(room);
    this.#show();
  }

  send(room, texts, about) {
    this.#log.place.stick();
    this.#chat.typing.finished();
    this.#chat.send(room, texts, about);
  }

  edit(message, text) {
    this.#chat.typing.stopped();
    this.#messages.edit(message, text);
  }

  /** The newest message of this person in the open room, to be edited. */
  lastOwn() {
    const { messages } = this.#chat.channel(this.#router.room).log;
    const own = messages.findLast(({ user, deleted }) => user.id === this.#me.id && !deleted);
    return own && { ...own, room: this.#router.room };
  }

  #step(by) {
    const listed = this.#rooms.all.filter(({ room, hidden }) => !hidden || room === this.#router.room);
    this.#steps.step(listed.map(({ room }) => room), this.#router.room, by);
  }

  #goAndWrite(room) {
    this.#router.go(room);
    this.#composer.focus();
  }

  #escape() {
    if (this.#drawer.isOpen) {
      this.#drawer.close();
      return;
    }
    if (this.#composer.cancel()) return;
    this.#log.place.stick();
    this.#composer.focus();
  }

  #show() {
    const current = this.#router.room;
    const channel = this.#chat.channel(current);
    if (!channel) return;
    const about = this.#rooms.about(current);
    this.#header.update(channel, about);
    this.#composer.lock(lockWords(about, channel.state === "refused" ? channel.refusal : null));
    this.#composer.showTyping(this.#chat.typing.names(current));
    this.#log.update(); // after what is around it: it measures, and that lays the page out
    this.#frame.done(); // what was read in the log is no longer unread, and the list of rooms is still to come
    this.#messages.update();
    this.#roomsNow.update(current, Boolean(this.#router.admin));
  }
}
