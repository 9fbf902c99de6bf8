import { byId } from "./lib/dom.js";
import { Backoff } from "./models/backoff.js";
import { loadConfig } from "./models/config.js";
import { followVisualViewport } from "./views/viewport.js";
import { wire } from "./wiring.js";

const SCREENS = ["boot", "join", "chat"];

function show(screen) {
  for (const name of SCREENS) byId(name).hidden = name !== screen;
}

/** Reads the configuration; says so and retries while the service cannot be reached. */
async function boot() {
  const backoff = new Backoff();
  for (;;) {
    try {
      return await loadConfig();
    } catch (error) {
      console.info("Undertone could not start yet.", error.message);
      byId("boot-status").textContent = "Undertone cannot be reached. Trying again in a moment.";
      await pressedOrPassed(byId("boot-retry"), backoff.next());
    }
  }
}

function pressedOrPassed(button, delayMs) {
  button.hidden = false;
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs);
    button.addEventListener("click", resolve, { once: true });
  });
}

const page = wire(await boot(), { onJoin: enter });
const { session, chat } = page;

function enter(user) {
  show("chat");
  page.chatView.start(user);
}

function leave(reason) {
  if (reason === "left") page.chatView.forget();
  page.chatView.stop();
  show("join");
  page.joinView.open(session.lastName, reason);
  page.providerView.open();
}

session.on("ended", leave);
session.on("elsewhere", () => (session.user ? location.reload() : leave("elsewhere")));
addEventListener("online", () => chat.checkConnection());
addEventListener("offline", () => chat.checkConnection());
followVisualViewport();
if (session.user) enter(session.user);
else {
  leave(null);
  page.providerView.finish();
}
