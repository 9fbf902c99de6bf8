/** The REST calls about people, rooms of one's own, sessions and order. `call(method, path, body)` asks as whoever is signed in. */
export class House {
  #call;

  constructor(call) {
    this.#call = call;
  }

  async rooms() {
    return (await this.#call("GET", "/rooms")).rooms;
  }

  createRoom(description) {
    return this.#call("POST", "/rooms", description);
  }

  /** The direct room with these people, made if there is none. */
  direct(ids) {
    return this.#call("POST", "/rooms", { direct: ids });
  }

  changeRoom(room, changes) {
    return this.#call("PATCH", path("rooms", room), changes);
  }

  /** Deletes a room for good. */
  deleteRoom(room) {
    return this.#call("DELETE", path("rooms", room));
  }

  /** A room's mood hour by hour over the last days. */
  pulse(room, days) {
    return this.#call("GET", path("rooms", room, "pulse") + query({ days }));
  }

  /** What this person chose for a room: `{room, notices, hidden}` as it is then. */
  chooseForRoom(room, choice) {
    return this.#call("PUT", path("rooms", room, "mine"), choice);
  }

  members(room, after) {
    return this.#call("GET", path("rooms", room, "members") + query({ after }));
  }

  /** Who is connected to a room at this moment. */
  peopleHere(room) {
    return this.#call("GET", path("rooms", room, "people"));
  }

  putMember(room, id, role) {
    return this.#call("PUT", path("rooms", room, "members", id), { role });
  }

  dropMember(room, id) {
    return this.#call("DELETE", path("rooms", room, "members", id));
  }

  mute(room, id, minutes) {
    return this.#call("PUT", path("rooms", room, "members", id, "mute"), { minutes });
  }

  unmute(room, id) {
    return this.#call("DELETE", path("rooms", room, "members", id, "mute"));
  }

  /** A new invite that `uses` people can use within `hours`. */
  invite(room, { uses, hours }) {
    return this.#call("POST", path("rooms", room, "invites"), { uses, hours });
  }

  /** The hooks of a room, without their addresses. */
  async hooks(room) {
    return (await this.#call("GET", path("rooms", room, "hooks"))).hooks;
  }

  /** A new hook, with its address, which is told this once. */
  makeHook(room, name) {
    return this.#call("POST", path("rooms", room, "hooks"), { name });
  }

  deleteHook(room, id) {
    return this.#call("DELETE", path("rooms", room, "hooks", id));
  }

  /** One's bots whose tokens are valid. */
  async bots() {
    return (await this.#call("GET", "/tokens")).tokens;
  }

  /** A new bot, with its token, which is told this once. */
  makeBot(name, hours) {
    return this.#call("POST", "/tokens", { name, hours });
  }

  endBot(id) {
    return this.#call("DELETE", path("tokens", id));
  }

  /** Has one's bot called at an address: the secret with which calls are signed, which is told this once. */
  callBot(id, url) {
    return this.#call("PUT", path("tokens", id, "webhook"), { url });
  }

  /** Calls one's bot once: `{problem}`, null if it answered. */
  tryBot(id) {
    return this.#call("POST", path("tokens", id, "webhook"));
  }

  callBotNoLonger(id) {
    return this.#call("DELETE", path("tokens", id, "webhook"));
  }

  /** Presses a button of a bot's message. */
  press(room, seq, value) {
    return this.#call("POST", path("rooms", room, "messages", seq, "press"), { value });
  }

  /** Accepts an invite: the room to which this person belongs now. */
  accept(secret) {
    return this.#call("POST", path("invites", secret));
  }

  /** A page of a room's messages, those before a place. */
  messages(room, { before, limit }) {
    return this.#call("GET", path("rooms", room, "messages") + query({ before, limit }));
  }

  /** The form with which a file of this name, type and length can be uploaded, and its id. */
  offerFile(room, file) {
    return this.#call("POST", path("rooms", room, "files"), file);
  }

  /** Where a file of a message can be had, and until when. */
  file(room, id) {
    return this.#call("GET", path("rooms", room, "files", id));
  }

  /** Who reacted to a message, by emoji. */
  reactions(room, seq) {
    return this.#call("GET", path("rooms", room, "messages", seq, "reactions"));
  }

  /** What is shown of a page to which a message links: `{preview, retryAfter}`. */
  preview(room, seq, url) {
    return this.#call("GET", path("rooms", room, "messages", seq, "preview") + query({ url }));
  }

  /** The messages of a room in which all words are, the newest first, those before a place. */
  search(room, q, before) {
    return this.#call("GET", path("rooms", room, "search") + query({ q, before, limit: 20 }));
  }

  /** People whose names begin with `prefix`, at most `limit`. */
  people(prefix, limit) {
    return this.#call("GET", `/people${query({ prefix, limit })}`);
  }

  ban(id, { minutes, reason }) {
    return this.#call("PUT", path("people", id, "ban"), { minutes, reason });
  }

  /** Takes somebody out of the chat, until the ban is lifted. */
  removePerson(id, reason) {
    return this.#call("PUT", path("people", id, "ban"), { minutes: null, reason, remove: true });
  }

  /** Has deleted what somebody wrote, in a room or, without one, everywhere: how far that is. */
  erase(id, room) {
    return this.#call("DELETE", path("people", id, "messages") + query({ room }));
  }

  /** How far a deletion of messages is. */
  purge(id) {
    return this.#call("GET", path("purges", id));
  }

  liftBan(id) {
    return this.#call("DELETE", path("people", id, "ban"));
  }

  reports(before) {
    return this.#call("GET", `/reports${query({ before })}`);
  }

  audit(before) {
    return this.#call("GET", `/audit${query({ before })}`);
  }

  /** The key with which a browser subscribes to pushes. */
  pushKey() {
    return this.#call("GET", "/push");
  }

  /** Has this browser pushed to; its id at the service. */
  keepPush(subscription) {
    return this.#call("PUT", "/push", subscription);
  }

  dropPush(id) {
    return this.#call("DELETE", path("push", id));
  }

  me() {
    return this.#call("GET", "/me");
  }

  endSession(id) {
    return this.#call("DELETE", path("sessions", id));
  }
}

function path(...parts) {
  return `/${parts.map(encodeURIComponent).join("/")}`;
}

function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null);
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}
