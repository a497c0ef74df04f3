// Visits in Chromium: a first query in a fresh browser context, and all queries in one page.

import { createServer } from "node:http";
import { readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "../../tests/browser/programs.mjs";
import { sent } from "./candidates.mjs";

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"];
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json", ".wasm": "application/wasm" };
/** So quickly one letter follows the other. */
const PAUSE = 150;
/** A line as on the way: 10 Mbit/s, 50 ms. */
const LINE = { offline: false, latency: 50, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 };

/** Serves a folder on the loopback address, compressed, and counts the bytes sent. */
export async function serve(folder) {
  const files = new Map();
  const counts = { bytes: 0, requests: 0 };
  const read = (path) => {
    const file = join(folder, normalize(decodeURIComponent(path)));
    if (!files.has(file)) {
      if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
      const bytes = readFileSync(file);
      const small = sent(bytes);
      files.set(file, { body: small, coded: small.length < bytes.length, type: TYPES[extname(file)] ?? "application/octet-stream" });
    }
    return files.get(file);
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const found = read(pathname);
    if (!found) return response.writeHead(404).end();
    if (extname(pathname) !== ".html") {
      counts.bytes += found.body.length;
      counts.requests++;
    }
    response.writeHead(200, { "content-type": found.type, ...(found.coded && { "content-encoding": "gzip" }) });
    response.end(found.body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    taken: () => ({ ...counts }),
    stop: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

export const startBrowser = () => chromium.launch({ executablePath: findChromium(), headless: true, args: ARGUMENTS });

/** Asks one query in a page that has loaded nothing yet: its time, and what was sent for it. */
export async function first(browser, { address, taken }, query, isSlow = false) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  if (isSlow) {
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", LINE);
  }
  const before = taken();
  const { ms } = await ask(page, query);
  const after = taken();
  await context.close();
  return { ms, bytes: after.bytes - before.bytes, requests: after.requests - before.requests };
}

/** Asks all queries in one page, twice: what is found, and how long it took. */
export async function all(browser, { address, taken }, queries) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const answers = [];
  const again = [];
  for (const query of queries) {
    await page.waitForTimeout(PAUSE);
    const before = taken().bytes;
    const answer = await ask(page, query);
    answers.push({ ...answer, bytes: taken().bytes - before });
  }
  for (const query of queries) again.push(await ask(page, query));
  await context.close();
  return { answers, again };
}

const ask = (page, query) =>
  page.evaluate(async (query) => {
    const start = performance.now();
    let titles = 0;
    const found = await window.ask(query, () => (titles = performance.now() - start));
    return { titles, ms: performance.now() - start, found };
  }, query);

/** Where a page lies without a server. */
export const onDisk = (file) => ({ address: pathToFileURL(file).href, taken: () => ({ bytes: 0, requests: 0 }) });
