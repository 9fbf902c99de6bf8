const SCRIPT = "service_worker.js";

/** Registers the page's service worker; resolves with its registration, or null where the browser has none or refuses it. */
export async function registerServiceWorker() {
  if (!navigator.serviceWorker) return null;
  await loaded(); // what it keeps shall not hold up what is being shown
  try {
    return await navigator.serviceWorker.register(trusted(SCRIPT), { updateViaCache: "none" });
  } catch (error) {
    console.info("The browser has no service worker for this page: no notifications, and nothing without a network.", error.message);
    return null;
  }
}

function loaded() {
  return document.readyState === "complete" ? Promise.resolve() : new Promise((resolve) => addEventListener("load", resolve, { once: true }));
}

/** A browser with Trusted Types takes an address of a script from a policy alone; this one knows a single address. */
function trusted(script) {
  const policy = globalThis.trustedTypes?.createPolicy("undertone", { createScriptURL: (url) => (url === SCRIPT ? url : null) });
  return policy?.createScriptURL(script) ?? script;
}
