const KEPT = "icon-count"; // where the service worker finds the number, which has no other storage

let shown = null;

/** Shows a number on the icon of an installed page, none for 0; without a page, the service worker counts on from it. */
export function showOnIcon(count) {
  if (count === shown) return;
  shown = count;
  show().catch(() => {}); // only an installed page has an icon that shows it
}

async function show() {
  if (!navigator.setAppBadge) return;
  await navigator.setAppBadge(shown);
  const kept = await caches.open(KEPT);
  await kept.put(KEPT, new Response(String(shown)));
}

// The service worker may have counted while nobody looked.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && shown !== null && show().catch(() => {}));
