// Tabs of Chromium and of Firefox, which a test uses in the same way.

import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DESKTOP, startBrowser } from "../browser.mjs";
import { startFirefox } from "./firefox.mjs";

/** What a page may ask for. */
const OWN = ["file:", "http://127.0.0.1:", "data:", "blob:", "about:"];

/** Starts `chromium` or `firefox`: `open(options)` gives a tab, `stop()` ends the browser. */
export async function startTabs(kind) {
  if (kind === "firefox") {
    const firefox = await startFirefox();
    return { open: firefoxTabs(firefox), stop: firefox.stop };
  }
  const browser = await startBrowser();
  return { open: chromiumTabs(browser), stop: () => browser.close() };
}

/**
 * Opens tabs of Chromium: `open(options)` gives a tab.
 *
 * A tab is `{browser, page, complaints, resize(width, height), download(start), close()}`. Its page
 * is one of Playwright or Puppeteer; both have `goto`, `evaluate`, `keyboard` and `mouse`.
 */
function chromiumTabs(browser) {
  return async (options = {}) => {
    const context = await browser.newContext({ ...DESKTOP, acceptDownloads: true, ...options });
    const page = await context.newPage();
    return {
      browser: "Chromium",
      page,
      complaints: complaintsOf(page),
      resize: (width, height) => page.setViewportSize({ width, height }),
      download: async (start) => {
        const [download] = await Promise.all([page.waitForEvent("download"), start()]);
        return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
      },
      close: () => context.close(),
    };
  };
}

/** Opens tabs of Firefox. */
function firefoxTabs({ browser, downloads }) {
  return async () => {
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    return {
      browser: "Firefox",
      page,
      complaints: complaintsOf(page),
      resize: (width, height) => page.setViewport({ width, height }),
      download: async (start) => {
        await start();
        const name = await eventually(() => finished(downloads));
        const text = readFileSync(join(downloads, name), "utf8");
        rmSync(join(downloads, name));
        return { name, text };
      },
      close: () => page.close(),
    };
  };
}

/** Returns the name of a file that has come whole; Firefox writes into another beside it. */
function finished(folder) {
  const names = readdirSync(folder);
  return names.some((name) => name.endsWith(".part")) ? undefined : names[0];
}

/** Asks again and again until there is an answer, for a quarter of a minute at most. */
export async function eventually(ask) {
  const end = Date.now() + 15_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error("waited in vain");
    await new Promise((done) => setTimeout(done, 20));
  }
}

function complaintsOf(page) {
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning", "warn"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`script error: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!OWN.some((it) => request.url().startsWith(it))) complaints.push(`asks for ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // A page that is left does not wait for its own pictures.
    if (!/ABORTED/.test(reason)) complaints.push(`cannot load ${request.url()}: ${reason}`);
  });
  return complaints;
}
