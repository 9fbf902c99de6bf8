/** A channel to this page's other tabs, or null if the browser has none for it, as for a page without an origin. */
export function tabChannel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
