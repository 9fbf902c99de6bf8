/** The browser's own question whether to install the page, kept from the moment the browser offers it: nobody may ask for it later. */
let question = null;
const heard = new Set();

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault(); // it is asked in the settings, not over the chat
  become(event);
});
addEventListener("appinstalled", () => become(null, { installed: true }));

function become(event, { installed = false } = {}) {
  question = event;
  for (const listener of heard) listener({ installed });
}

/** Whether the browser would ask now. */
export function canAskToInstall() {
  return question !== null;
}

/** Has the browser ask, which it does once for each offer; only an act of the person may. */
export async function askToInstall() {
  const event = question;
  become(null);
  await event.prompt();
}

/** `listener({installed})` hears when the browser offers to ask, or has asked, or the page was installed. */
export function onInstallPrompt(listener) {
  heard.add(listener);
}
