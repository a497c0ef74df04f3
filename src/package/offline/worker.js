// Keeps this site for reading without a network, and stores nothing else.
//
// The build writes the lists below. A file is kept when its bytes have the hash of the list, so
// that what is kept is one generation of the site and never a mixture. Pages come from the
// network where it answers soon, so that nobody reads an old figure.

/** The first 16 digits of the SHA-256 of each file, by its path. @type {Record<string, string>} */
const FILES = /* files */ {};
/** Folders whose names change with the bytes: what is kept of them is never old. @type {string[]} */
const FOLDERS = /* folders */ [];
/** The page for missing addresses. */
const MISSING = /* missing */ "";
/** How long the network may take where a kept file could be shown, in milliseconds. */
const PATIENCE = 4000;
/** So many files are fetched side by side. */
const SIDE_BY_SIDE = 4;
const HASH = "x-kompendium-hash";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const scope = worker.registration.scope;
const prefix = "kompendium " + scope + " ";

worker.addEventListener("install", (event) => event.waitUntil(keepAll()));
worker.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
worker.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path !== undefined) event.respondWith(answer(event.request, path));
});

/** The path of a file of this site; nothing for a request that is no business of ours. @param {Request} request */
function pathOf({ method, url }) {
  const [address] = url.split(/[?#]/);
  if (method !== "GET" || !address.startsWith(scope)) return undefined;
  const path = decodeURI(address.slice(scope.length));
  return path === "" || path.endsWith("/") ? path + "index.html" : path;
}

/** @param {Request} request @param {string} path */
async function answer(request, path) {
  const cache = await caches.open(await cacheName());
  const kept = await cache.match(scope + path);
  if (kept && FOLDERS.some((it) => path.startsWith(it))) return kept;
  const fetched = fetch(request).catch(() => undefined);
  const found = await (kept ? Promise.race([fetched, wait(PATIENCE)]) : fetched);
  return found || kept || (await cache.match(scope + MISSING)) || Response.error();
}

/** @param {number} time @returns {Promise<undefined>} */
function wait(time) {
  return new Promise((done) => setTimeout(done, time));
}

/** The name of what this generation of the site keeps. */
async function cacheName() {
  const list = new TextEncoder().encode(JSON.stringify(FILES));
  return prefix + (await hashOf(list));
}

/** @param {BufferSource} bytes */
async function hashOf(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash.slice(0, 8), (it) => it.toString(16).padStart(2, "0")).join("");
}

/** Keeps every file; what an earlier generation has already is not fetched again. */
async function keepAll() {
  const cache = await caches.open(await cacheName());
  const waiting = Object.entries(FILES);
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await keep(cache, ...next);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  await worker.skipWaiting();
}

/** @param {Cache} cache @param {string} path @param {string} hash */
async function keep(cache, path, hash) {
  const url = scope + path;
  const before = await caches.match(url);
  if (before?.headers.get(HASH) === hash) return cache.put(url, before);
  const response = await fetch(url, { cache: "no-cache" });
  const bytes = await response.arrayBuffer();
  if (!response.ok || (await hashOf(bytes)) !== hash) throw new Error("another generation of the site: " + path);
  const type = response.headers.get("content-type") || "application/octet-stream";
  return cache.put(url, new Response(bytes, { headers: { "content-type": type, [HASH]: hash } }));
}

async function forgetOthers() {
  const own = await cacheName();
  const others = (await caches.keys()).filter((it) => it.startsWith(prefix) && it !== own);
  await Promise.all(others.map((it) => caches.delete(it)));
  await worker.clients.claim();
}
