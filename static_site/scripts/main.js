import { speakChosen } from "./language.js";
import { byId } from "./lib/dom.js";
import { t } from "./lib/i18n.js";
import { Backoff } from "./models/backoff.js";
import { loadConfig } from "./models/config.js";
import { fillTexts } from "./views/static_texts.js";
import { followVisualViewport } from "./views/viewport.js";
import { wireFirst } from "./wiring_first.js";

const SCREENS = ["boot", "join", "chat"];

function show(screen) {
  for (const name of SCREENS) byId(name).hidden = name !== screen;
}

/** What `load` returns; while it cannot be reached, says so and tries again, at once if `pressed()` has nothing else to do. */
async function insist(load, pressed = () => {}) {
  const backoff = new Backoff();
  for (;;) {
    try {
      return await load();
    } catch (error) {
      console.info("Undertone could not start yet.", error.message);
      byId("boot-status").textContent = t("boot.unreachable");
      show("boot");
      if (await pressedOrPassed(byId("boot-retry"), backoff.next())) pressed();
    }
  }
}

function pressedOrPassed(button, delayMs) {
  button.hidden = false;
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs, false);
    button.addEventListener("click", () => resolve(true), { once: true });
  });
}

/** Starts with the first screen, whose script is small; the chat's comes meanwhile. No top-level await: that script imports from this one, and would wait for it for ever. */
async function start() {
  await speakChosen();
  fillTexts();
  byId("boot-status").textContent = t("boot.opening");
  // Firefox keeps that a module could not be loaded until the page is loaded anew.
  const loading = insist(() => import("./wiring.js"), () => location.reload());
  const first = wireFirst(await insist(loadConfig), { onJoin: enter });
  const { session, router } = first;
  let page = null; // the chat, once it is there
  const chat = loading.then(({ wire }) => {
    page = wire(first);
    if (!session.user) show("join"); // unless it was there all the time
  });

  session.on("ended", leave);
  router.on("invite", invited);
  router.on("device", opened);
  session.on("elsewhere", () => (session.user ? location.reload() : leave("elsewhere")));
  followVisualViewport();
  if (session.user) {
    await enter(session.user);
    if (router.device !== null) opened();
  } else {
    leave(null);
    first.providerView.finish();
  }

  /** Shows the chat to who signed in, once an invite is accepted; unless the session ended meanwhile. */
  async function enter(user) {
    await chat;
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
    await chat;
    const problem = await page.arrival.settle(session.user);
    if (problem) page.chatView.say(problem);
  }

  function leave(reason) {
    if (reason === "left") page.chatView.forget();
    page?.chatView.stop();
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
    show("join");
    first.joinView.open(session.lastName, reason, router.invite);
    first.providerView.open({ invited: router.invite !== null });
    first.device.show(router.device);
  }

  /** A link of another device was opened: whoever is here stays who they are, and it is not used up. */
  async function opened() {
    if (!session.user) {
      leave(null);
      return;
    }
    router.takeDevice();
    await chat;
    page.chatView.say(t("device.signed_in", { name: session.user.name }));
  }
}

start();
