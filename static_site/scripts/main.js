import { byId } from "./lib/dom.js";
import { Store } from "./lib/store.js";
import { Api } from "./models/api.js";
import { Backoff } from "./models/backoff.js";
import { Chat } from "./models/chat.js";
import { loadConfig } from "./models/config.js";
import { Connection } from "./models/connection.js";
import { Outbox } from "./models/outbox.js";
import { Router } from "./models/router.js";
import { Session } from "./models/session.js";
import { ChatView } from "./views/chat_view.js";
import { ConnectionView } from "./views/connection_view.js";
import { JoinView } from "./views/join_view.js";
import { ThemeView } from "./views/theme_view.js";
import { followVisualViewport } from "./views/viewport.js";

const SCREENS = ["boot", "join", "chat"];

function show(screen) {
  for (const name of SCREENS) byId(name).hidden = name !== screen;
}

/** Reads the configuration; says so and tries again by itself while the service cannot be reached. */
async function boot() {
  const backoff = new Backoff();
  for (;;) {
    try {
      return await loadConfig();
    } catch (error) {
      console.info("Undertone could not start yet.", error.message);
      byId("boot-status").textContent = "Undertone cannot be reached. It will be tried again in a moment.";
      await pressedOrPassed(byId("boot-retry"), backoff.next());
    }
  }
}

function pressedOrPassed(button, delay) {
  button.hidden = false;
  return new Promise((resolve) => {
    setTimeout(resolve, delay);
    button.addEventListener("click", resolve, { once: true });
  });
}

function wire(config) {
  const store = new Store();
  const api = new Api(config.restUrl);
  const session = new Session({ api, store });
  const outbox = new Outbox(store);
  const connection = new Connection({
    address: async () => `${config.websocketUrl}?token=${encodeURIComponent(await session.token())}`,
    afterRefusal: () => session.verify(),
  });
  const chat = new Chat({ connection, outbox });
  const chatView = new ChatView({
    chat,
    outbox,
    store,
    router: new Router(),
    fetchRooms: async () => api.rooms(await session.token()),
    fetchModel: () => api.model(),
    onSignOut: () => session.leave(),
  });
  const joinView = new JoinView({
    onJoin: async (name, accessCode) => enter(await session.start(name, accessCode)),
  });
  new ConnectionView(connection);
  new ThemeView(store);

  function enter(user) {
    show("chat");
    chatView.start(user);
  }

  function leave(reason) {
    if (reason === "left") chatView.forget();
    chatView.stop();
    show("join");
    joinView.open(session.lastName, reason);
  }

  session.on("ended", leave);
  session.on("elsewhere", () => (session.user ? location.reload() : leave("elsewhere")));
  addEventListener("online", () => chat.doubt());
  addEventListener("offline", () => chat.doubt());
  document.addEventListener("visibilitychange", () => document.hidden || chat.doubt());
  followVisualViewport();
  if (session.user) enter(session.user);
  else leave(null);
}

wire(await boot());
