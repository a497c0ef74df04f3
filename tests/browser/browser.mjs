// Starts Debian's Chromium, cut off from every network but this machine.

import { availableParallelism } from "node:os";
import { chromium } from "playwright-core";
import { findChromium } from "./programs.mjs";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** How long a browser may take to start where much else runs, in milliseconds. */
export const PATIENT = 120_000;

/** A desktop window. Without motion, so that nothing is measured on its way. */
export const DESKTOP = { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" };

/** Starts a browser with a fresh profile. */
export function startBrowser() {
  return chromium.launch({ executablePath: findChromium(), headless: true, args: ARGUMENTS, timeout: PATIENT });
}

/**
 * Calls `visit(page, item)` for every item, each time with a new page, as many
 * side by side as there are processors.
 */
export async function visitAll(browser, options, items, visit) {
  const context = await browser.newContext(options);
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      const page = await context.newPage();
      await visit(page, item);
      await page.close();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  await context.close();
}

/** Waits until what the load event started is on the screen. */
export function settle(page) {
  return page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  );
}
