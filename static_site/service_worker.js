/**
 * The page's service worker: shows notifications, keeps the files of one deployment for times without a network, and takes
 * what other apps share.
 *
 * The files of a deployment belong together, so they are kept and served together; a newer document is served as it is, and
 * so is all that it loads. What is not a file of the site passes by: REST, `config.json` and the WebSocket. As it stands here
 * there is no deployment, and nothing is kept: whoever changes a file sees it at the next load.
 */
const RELEASE = null; // {version, files: {path: SHA-256 in base64}}, written here by deploy_extras/release.py
const CACHES = "undertone-";
const CACHE = CACHES + RELEASE?.version;
const DOCUMENT = "index.html";
const RELEASES = "releases/"; // what is below belongs to one release by its address
const ICON = "images/icon-192.png";
const ICON_COUNT = "icon-count"; // a cache and the address in it, of the number on the icon, where pages keep it
const DOCUMENT_TIMEOUT_MS = 3_000;
const SHARE = "share"; // where other apps post what they share, as the manifest says
const SHARED = "undertone.shared"; // what is kept of it until a page takes it; as models/shared.js calls it
// Any site can post there as well. A tray takes 40 files: of one more the page says that they are too many.
const MOST_SHARED = { files: 41, bytes: 256_000_000, characters: 1_000_000 };
const NEWER = "newer/"; // with the id of a page: the hash of its document, which is not the one that is kept

self.addEventListener("install", (event) => event.waitUntil(RELEASE ? keepFiles() : self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([dropOthers(), askEarly(), self.clients.claim()])));
self.addEventListener("message", (event) => event.waitUntil(reply(event)));
self.addEventListener("push", (event) => event.waitUntil(inTurn(() => tell(event.data.json()))));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAnew(event)));
self.addEventListener("notificationclick", (event) => event.waitUntil(open(event.notification)));
if (RELEASE) self.addEventListener("fetch", answer);

/** Keeps all files once each has come as the deployment knows it: while that is being uploaded, this fails and is tried again later. */
async function keepFiles() {
  const files = await Promise.all(Object.entries(RELEASE.files).map(([path, hash]) => whole(path, hash)));
  const cache = await caches.open(CACHE);
  await Promise.all(files.map(([url, response]) => cache.put(url, response)));
}

async function whole(path, hash) {
  const url = urlOf(path);
  const cache = path.startsWith(RELEASES) ? "default" : "no-cache";
  const response = await fetch(path === DOCUMENT ? self.registration.scope : url, { cache, integrity: `sha256-${hash}` });
  if (!response.ok) throw new Error(`${path} answered ${response.status}; 200 was expected.`);
  return [url, response];
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(CACHES) && name !== CACHE).map((name) => caches.delete(name)));
}

/** Lets the browser ask for the document while this worker starts. */
async function askEarly() {
  await self.registration.navigationPreload?.[RELEASE ? "enable" : "disable"]();
}

function answer(event) {
  const { request, clientId } = event;
  const path = pathOf(request.url);
  if (request.method === "POST" && request.mode === "navigate" && path === SHARE) event.respondWith(takeShared(request));
  if (request.method !== "GET" || path === null) return;
  if (request.mode === "navigate") {
    if (path === "" || path === DOCUMENT) event.respondWith(documentFor(event));
  } else if (Object.hasOwn(RELEASE.files, path)) {
    event.respondWith(fileFor(request, clientId));
  }
}

async function fileFor(request, clientId) {
  const path = pathOf(request.url);
  const other = !path.startsWith(RELEASES) && (await kept(NEWER + clientId));
  return (other ? null : await kept(path)) ?? fetch(request);
}

/** The document as the network has it; the kept one if that does not answer. */
async function documentFor(event) {
  const own = kept(DOCUMENT);
  try {
    const response = await Promise.race([asked(event), after(DOCUMENT_TIMEOUT_MS)]);
    if (response.status >= 500) return (await own) ?? response;
    if (response.ok) await compare(await hashOf(response.clone()), event.resultingClientId);
    return response;
  } catch (error) {
    const found = await own;
    if (found) return found;
    throw error;
  }
}

async function asked({ preloadResponse, request }) {
  return (await preloadResponse) ?? fetch(request);
}

/** Notes, for longer than this worker may last, that a page has another document, and looks for the worker that belongs to it. */
async function compare(hash, clientId) {
  if (hash === RELEASE.files[DOCUMENT]) return;
  const cache = await caches.open(CACHE);
  await cache.put(urlOf(NEWER + clientId), new Response(hash));
  self.registration.update().catch(() => {}); // it is looked for again anyway
}

/** A page lets this worker take over, or asks whether its document is that of this worker, as the one before has noted. */
async function reply({ data, source, ports: [port] }) {
  if (data === "activate") {
    await self.skipWaiting();
    return;
  }
  const noted = await caches.match(urlOf(NEWER + source.id));
  port.postMessage(noted !== undefined && (await noted.text()) === RELEASE?.files[DOCUMENT]);
}

/** Keeps what another app shares until the page, which is opened for it, has asked where it shall go. Nothing of it goes to the network. */
async function takeShared(request) {
  const form = await request.formData();
  let bytes = 0;
  const given = form.getAll("files").filter((file) => file instanceof File && file.size > 0);
  const files = given.slice(0, MOST_SHARED.files).filter(({ size }) => (bytes += size) <= MOST_SHARED.bytes);
  await caches.delete(SHARED); // what nobody wanted
  const cache = await caches.open(SHARED);
  const named = files.map(({ name, type }, index) => ({ key: `file-${index}`, name, type }));
  await Promise.all(files.map((file, index) => cache.put(named[index].key, new Response(file))));
  const words = Object.fromEntries(["title", "text", "url"].map((name) => [name, String(form.get(name) ?? "").slice(0, MOST_SHARED.characters)]));
  await cache.put("about", new Response(JSON.stringify({ ...words, files: named, at: Date.now() })));
  return Response.redirect(self.registration.scope, 303);
}

async function kept(path) {
  const cache = await caches.open(CACHE);
  return cache.match(urlOf(path));
}

function urlOf(path) {
  return new URL(path, self.registration.scope).href;
}

/** The path within the site without what is asked of it, or null for what is elsewhere. */
function pathOf(url) {
  const { origin, pathname } = new URL(url);
  const whole = origin + pathname;
  return whole.startsWith(self.registration.scope) ? whole.slice(self.registration.scope.length) : null;
}

function after(milliseconds) {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`The network did not answer within ${milliseconds} ms.`)), milliseconds);
  });
}

async function hashOf(response) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  return btoa(String.fromCharCode(...digest));
}

let telling = Promise.resolve();

/** Does something after what was to be done before: pushes come together, the same one twice among them. */
function inTurn(work) {
  return (telling = telling.then(work, work));
}

/** Shows a message that was pushed, unless a page shows it: one that is looked at does, and a hidden one has told of it. */
async function tell({ room, seq, id, name, title, text, unread }) {
  const looked = (await pages()).some(({ visibilityState }) => visibilityState === "visible");
  if (looked || (await self.registration.getNotifications({ tag: id })).length > 0) return;
  const options = { body: text, tag: id, icon: urlOf(ICON), dir: "auto", data: { room, seq } };
  await self.registration.showNotification(title ? `${name} · ${title}` : name, options);
  await showCount(unread);
}

/** Shows on the icon what the service has counted, or else one more than a page has shown last, or this worker since. */
async function showCount(counted) {
  if (!self.navigator.setAppBadge) return;
  const kept = await caches.open(ICON_COUNT);
  const count = counted ?? Number((await (await kept.match(urlOf(ICON_COUNT)))?.text()) ?? 0) + 1;
  await kept.put(urlOf(ICON_COUNT), new Response(String(count)));
  await self.navigator.setAppBadge(count).catch(() => {}); // there may be no icon
}

/** The browser's push service has ended the subscription: a page tells ours of the new one, now or when it next starts. */
async function subscribeAnew({ oldSubscription, newSubscription }) {
  if (!newSubscription && oldSubscription) await self.registration.pushManager.subscribe(oldSubscription.options);
  for (const page of await pages()) page.postMessage({ subscribed: true }, []);
}

function pages() {
  return self.clients.matchAll({ type: "window", includeUncontrolled: true });
}

/** Brings the page to the front and leads it to the message; without a page, one is opened there. */
async function open(notification) {
  notification.close();
  const { room, seq } = notification.data;
  const opened = await pages();
  const page = opened.find(({ visibilityState }) => visibilityState === "visible") ?? opened[0];
  if (!page) {
    await self.clients.openWindow(urlOf(seq ? `#/r/${room}/${seq}` : `#/r/${room}`));
    return;
  }
  page.postMessage({ open: { room, seq } }, []);
  await page.focus().catch(() => {}); // a browser may refuse it; the page is where it shall be all the same
}
