/** What the browser lets the page show: "granted", "denied", "default" (nobody was asked), or "missing" if it has no notifications here. */
export function noticePermission() {
  const has = isSecureContext && "Notification" in globalThis && navigator.serviceWorker;
  return has ? Notification.permission : "missing";
}

/** Asks the person, which only an act of theirs may do; resolves with the permission. */
export async function askForNotices() {
  if (noticePermission() === "default") await Notification.requestPermission();
  return noticePermission();
}
