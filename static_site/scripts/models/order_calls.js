import { path, query } from "../lib/paths.js";

/** The REST calls of those who keep order. `call(method, path, body)` asks as whoever is signed in. */
export class OrderCalls {
  #call;

  constructor(call) {
    this.#call = call;
  }

  /** `addresses` closes the networks that somebody used to new people, too. */
  ban(id, { minutes, reason, addresses = false }) {
    return this.#call("PUT", path("people", id, "ban"), { minutes, reason, addresses });
  }

  /** Takes somebody out of the chat, until the ban is lifted. */
  removePerson(id, { reason, addresses = false }) {
    return this.#call("PUT", path("people", id, "ban"), { minutes: null, reason, addresses, remove: true });
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
}
