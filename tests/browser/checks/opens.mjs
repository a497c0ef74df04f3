// Pages open, ask nobody else for anything and leave nothing behind.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DESKTOP, settle, visitAll } from "../browser.mjs";
import { readFacts } from "../facts.mjs";
import { contentPages, onePerKind } from "../site.mjs";

export const opens = { fromDisk, fromServer, redirects };

/** Opens every page from `file://` and keeps what it says for later checks. */
function fromDisk(browser, site, facts) {
  const own = pathToFileURL(site.root).href + "/";
  return async (found) => {
    const pages = contentPages(site);
    await visitAll(browser, DESKTOP, pages, async (tab, page) => {
      await open(tab, page.url, own, (what) => found(page.path, what));
      facts.set(page.path, await tab.evaluate(readFacts, sourceOf(site, page)));
    });
    return `${pages.length} pages`;
  };
}

/** Opens one page of each kind from a loopback server. */
function fromServer(browser, site, server) {
  return async (found) => {
    const pages = onePerKind(site);
    await visitAll(browser, DESKTOP, pages, async (tab, page) => {
      await open(tab, server.address(page.path), server.origin + "/", (what) => found(page.path, what));
    });
    return pages.map((page) => page.kind).join(", ");
  };
}

/** Follows every redirect page from `file://`. */
function redirects(browser, site, facts) {
  const own = pathToFileURL(site.root).href + "/";
  return async (found) => {
    const pages = site.pages.filter((page) => page.kind === "redirect");
    await visitAll(browser, DESKTOP, pages, async (tab, page) => {
      facts.set(page.path, await tab.evaluate(readFacts, sourceOf(site, page)));
      watch(tab, own, (what) => found(page.path, what));
      await tab.goto(page.url, { waitUntil: "commit" });
      const moved = tab.waitForURL((url) => url.href !== page.url, { timeout: 10_000 });
      await moved.catch(() => found(page.path, "stays where it is"));
    });
    return `${pages.length} pages`;
  };
}

function sourceOf(site, page) {
  return readFileSync(join(site.root, page.path), "utf8");
}

async function open(tab, address, own, complain) {
  watch(tab, own, complain);
  await tab.goto(address, { waitUntil: "load" });
  await settle(tab);
  for (const trace of await tab.evaluate(tracesLeft)) complain(`leaves something behind: ${trace}`);
  for (const cookie of await tab.context().cookies()) complain(`sets the cookie ${cookie.name}`);
}

function watch(tab, own, complain) {
  tab.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complain(`console ${message.type()}: ${message.text()}`);
  });
  tab.on("pageerror", (error) => complain(`script error: ${error.message}`));
  tab.on("dialog", (dialog) => {
    complain(`opens a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  tab.on("request", (request) => {
    if (!request.url().startsWith(own) && !request.url().startsWith("data:")) complain(`asks for ${request.url()}`);
  });
  tab.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // A page that leads elsewhere does not wait for its own pictures.
    if (reason !== "net::ERR_ABORTED") complain(`cannot load ${request.url()}: ${reason}`);
  });
  tab.on("response", (response) => {
    if (response.status() >= 400) complain(`cannot load ${response.url()}: ${response.status()}`);
  });
}

/** Lists what a page has stored. It runs inside the browser. */
async function tracesLeft() {
  const keys = (name) => {
    try {
      return Object.keys(globalThis[name]).map((key) => `${name} ${key}`);
    } catch {
      return [];
    }
  };
  const databases = await indexedDB.databases().catch(() => []);
  return [
    ...keys("localStorage"),
    ...keys("sessionStorage"),
    ...(document.cookie ? [`cookie ${document.cookie}`] : []),
    ...databases.map((database) => `database ${database.name}`),
  ];
}
