import { Emitter } from "../lib/emitter.js";
import { isRoom } from "./text.js";

const ROUTE = /^#\/r\/([^/?#]+)$/;
const HOME = "general";

/** The current room in the address: `#/r/general`. Emits "room". */
export class Router extends Emitter {
  constructor() {
    super();
    addEventListener("hashchange", () => ROUTE.test(location.hash) && this.emit("room", this.room));
  }

  get room() {
    const name = ROUTE.exec(location.hash)?.[1] ?? "";
    return isRoom(name) ? name : HOME;
  }

  static href(room) {
    return `#/r/${room}`;
  }

  go(room) {
    location.hash = Router.href(room);
  }

  /** Writes the room into an address that had none, without a step in the browser's history. */
  settle() {
    history.replaceState(null, "", Router.href(this.room));
  }
}
