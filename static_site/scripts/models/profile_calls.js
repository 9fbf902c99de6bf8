import { path, query } from "../lib/paths.js";

/** The REST calls about profiles, and about links to other devices. `call(method, path, body)` asks as whoever is signed in. */
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

  /** A link with which whoever is here gets in on another device. */
  makeLink() {
    return this.#call("POST", "/me/links");
  }

  makeLinkFor(id) {
    return this.#call("POST", path("people", id, "links"));
  }
}
