import { byId } from "../lib/dom.js";
import { UnreadReader } from "../models/unread.js";
import { paintAvatar } from "./avatar.js";
import { icon } from "./icons.js";
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
  #roomsView;
  #drawer;
  #roomDialog;
  #roomListReader;
  #unread = new UnreadReader({ roomsNow: () => this.#roomsNow(), channelOf: (room) => this.#chat.channel(room) });
  #me = null;
  #due = false;

  constructor({ chat, outbox, drafts, rooms, router, today, composer, messages, log, header, roomsView, drawer, roomDialog, roomListReader, attention }) {
    this.#chat = chat;
    this.#outbox = outbox;
    this.#drafts = drafts;
    this.#rooms = rooms;
    this.#router = router;
    this.#composer = composer;
    this.#messages = messages;
    this.#log = log;
    this.#header = header;
    this.#roomsView = roomsView;
    this.#drawer = drawer;
    this.#roomDialog = roomDialog;
    this.#roomListReader = roomListReader;
    this.#listen(attention);
    today.on("change", () => this.#soon());
  }

  /** Starts the chat for a user and rejoins the rooms that they were in. */
  start(me) {
    this.#me = me;
    byId("me-name").textContent = me.name;
    byId("me-name").title = me.name; // a long one is cut off
    paintAvatar(byId("me-avatar"), me);
    this.#router.settle();
    this.#chat.start(me.id, this.#rooms.joined.toReversed()); // the latest one first
    this.#openRoom(this.#router.room);
    this.#composer.say(this.#router.problem ?? "");
    this.#composer.focus();
    this.#roomListReader.read();
  }

  stop() {
    this.#me = null;
    this.#messages.close();
    this.#chat.stop();
    document.title = "Undertone";
  }

  /** Forgets what was written and not sent, and the rooms. */
  forget() {
    this.#rooms.forget();
    this.#drafts.clear();
    this.#outbox.clear();
  }

  #listen(attention) {
    this.#router.on("room", (room) => this.#me && this.#enterRoom(room));
    this.#router.on("problem", (words) => this.#me && this.#composer.say(words));
    this.#chat.on("room", () => this.#soon());
    this.#chat.on("live", ({ name, log }) => this.#rooms.endsAt(name, log.cursor));
    this.#rooms.on("change", () => this.#soon());
    this.#chat.on("notice", ({ room, message }) => (room ?? this.#router.room) === this.#router.room && this.#composer.say(message));
    byId("room-new").append(icon("plus"));
    byId("room-new").addEventListener("click", () => this.#roomDialog.open());
    byId("room-list").addEventListener("click", ({ target }) => target.closest("a") && this.#drawer.close());
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault(); // the fragment of the address names the room
      this.#composer.focus();
    });
    attention.on("look", () => this.#me && this.#roomListReader.readIfOld());
    this.#chat.on("online", () => this.#me && this.#roomListReader.readIfOld());
    listenForShortcuts({ step: (by) => this.#step(by), newRoom: () => this.#roomDialog.open(), escape: () => this.#escape() });
  }

  #enterRoom(room) {
    this.#drawer.close();
    this.#openRoom(room);
    this.#composer.focusWhereKeysAre();
  }

  #openRoom(room) {
    const surplus = this.#rooms.open(room);
    if (surplus) this.#chat.leave(surplus);
    this.#messages.close();
    const channel = this.#chat.open(room);
    this.#log.open({ channel, outbox: this.#outbox, me: this.#me, readMark: this.#rooms.readMark(room) });
    this.#composer.open(room);
    this.#show();
  }

  leaveRoom() {
    const left = this.#router.room;
    const next = this.#rooms.joined.findLast((room) => room !== left) ?? "general";
    const problem = this.#staysFor(left, next);
    this.#composer.say(problem ?? "");
    if (problem) return;
    this.#chat.leave(left);
    this.#rooms.leave(left);
    this.#router.go(next);
  }

  /** Why a room cannot be left now, or null. */
  #staysFor(left, next) {
    if (next === left) return "This is your only room: open another one before you leave it.";
    if (this.#outbox.items(left).length > 0) return "You have unsent messages here. Send or delete them before you leave.";
    return null;
  }

  send(room, text) {
    this.#log.stick();
    this.#chat.typing.finished();
    this.#chat.send(room, text);
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
    const rooms = this.#rooms.all.map(({ room }) => room);
    const index = rooms.indexOf(this.#router.room) + by;
    this.#router.go(rooms.at(index % rooms.length));
    this.#composer.focus();
  }

  #escape() {
    if (this.#drawer.isOpen) {
      this.#drawer.close();
      return;
    }
    if (this.#composer.cancelEdit()) return;
    this.#log.stick();
    this.#composer.focus();
  }

  /** Many things change at once when a room joins; the page is brought up to date once for them all. */
  #soon() {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      if (this.#me) this.#show();
    });
  }

  #show() {
    const current = this.#router.room;
    const channel = this.#chat.channel(current);
    if (!channel) return;
    this.#log.update();
    this.#messages.update();
    this.#header.update(channel);
    this.#composer.showTyping(this.#chat.typing.names(current));
    this.#roomsView.update(this.#roomsNow(), current);
    this.#unread.run();
  }

  #roomsNow() {
    return this.#me ? this.#rooms.withChannels((room) => this.#chat.channel(room), this.#me.id) : [];
  }
}
