import { speakChosen } from "./language.js";
import { byId } from "./lib/dom.js";
import { t } from "./lib/i18n.js";
import { Backoff } from "./models/backoff.js";
import { loadConfig } from "./models/config.js";
import { fillTexts } from "./views/static_texts.js";
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
      byId("boot-status").textContent = t("boot.unreachable");
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

await speakChosen();
fillTexts();
byId("boot-status").textContent = t("boot.opening");
const page = wire(await boot(), { onJoin: enter });
const { session, chat, router } = page;

/** Shows the chat to who signed in, once an invite is accepted; unless the session ended meanwhile. */
async function enter(user) {
  const problem = await page.arrival.settle(user);
  if (session.user?.id !== user.id) return;
  show("chat");
  page.chatView.start(user, problem);
  page.attachments.update();
  page.adminView.update();
  const linked = router.takeMessage();
  if (linked) page.goTo(linked.room, linked.seq);
  page.sharing.take().catch(reportError);
}

/** An address with an invite was opened: by somebody who is here, or at the first screen. */
async function invited() {
  if (!session.user) {
    leave(null);
    return;
  }
  const problem = await page.arrival.settle(session.user);
  if (problem) page.chatView.say(problem);
}

function leave(reason) {
  if (reason === "left") page.chatView.forget();
  page.chatView.stop();
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  show("join");
  page.joinView.open(session.lastName, reason, router.invite);
  page.providerView.open({ invited: router.invite !== null });
}

session.on("ended", leave);
router.on("invite", invited);
session.on("elsewhere", () => (session.user ? location.reload() : leave("elsewhere")));
addEventListener("online", () => chat.checkConnection());
addEventListener("offline", () => chat.checkConnection());
followVisualViewport();
if (session.user) enter(session.user);
else {
  leave(null);
  page.providerView.finish();
}
