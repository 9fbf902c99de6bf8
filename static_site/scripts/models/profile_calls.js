import { path, query } from "../lib/paths.js";

/** The REST calls about profiles, passwords, and links to other devices. `call(method, path, body)` asks as whoever is signed in. */
export class ProfileCalls {
  #call;

  constructor(call) {
    this.#call = call;
  }

  /** Those of some people who are found, with what they say of themselves and their pictures. */
  async of(ids) {
    return (await this.#call("GET", `/people${query({ ids: ids.join(",") })}`)).people;
  }

  changeMe(profile) {
    return this.#call("PATCH", "/me", profile);
  }

  changeBot(id, profile) {
    return this.#call("PATCH", path("tokens", id), profile);
  }

  /** Takes somebody's words and picture away. */
  clear(id) {
    return this.#call("DELETE", path("people", id, "profile"));
  }

  /** How the name of whoever is here is kept: `{set, currentNeeded}`, null for who can have no password. */
  async standing() {
    return (await this.#call("GET", "/me")).password ?? null;
  }

  /** Sets, changes or, with null, removes the password: how the name is kept then. */
  changePassword({ password, current, endOthers }) {
    return this.#call("PUT", "/me/password", { password, current, endOthers });
  }

  /** A link with which whoever is here gets in on another device. */
  makeLink() {
    return this.#call("POST", "/me/links");
  }

  makeLinkFor(id) {
    return this.#call("POST", path("people", id, "links"));
  }
}
