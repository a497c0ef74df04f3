// One visit in Firefox with its own strict rules for files: wall-clock time from the
// key to the painted rows. Firefox has no clock of the main thread to ask.

import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { findFirefox } from "../../tests/browser/programs.mjs";
import { expect } from "./reference.mjs";
import { START, steps } from "./steps.mjs";

const PREFERENCES = {
  "security.fileuri.strict_origin_policy": true,
  "app.update.enabled": false,
  "toolkit.telemetry.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "services.settings.server": "data:,",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
};

/** Returns the record of one visit: the steps in the search field. */
export async function visit(candidate, rows, limit) {
  const record = { browser: "firefox", acts: [] };
  let browser;
  try {
    browser = await puppeteer.launch({ browser: "firefox", executablePath: findFirefox(), headless: true, extraPrefsFirefox: PREFERENCES });
    record.version = await browser.version();
    const page = await browser.newPage();
    await page.setViewport({ width: 1400, height: 900 });
    await page.evaluateOnNewDocument(`window.benchFirst = ${JSON.stringify(expect(rows, START))};`);
    for (const path of [new URL("page.js", import.meta.url), ...candidate.scripts]) await page.evaluateOnNewDocument(readFileSync(path, "utf8"));
    await page.goto(candidate.page(rows), { timeout: 120_000 });
    await page.waitForFunction(() => window.bench && (window.bench.interactive > 0 || window.bench.result), { timeout: 120_000 });
    record.interactive = await page.evaluate("bench.interactive");
    if (!record.interactive) throw new Error("never interactive");
    await pause(700);
    await page.evaluate(`bench.limit = ${limit}; bench.adapter.input.focus()`);
    let state = { ...START };
    for (const { kind, key, change, select, rest } of steps().filter((it) => it.key)) {
      state = { ...state, ...change };
      if (select) await page.evaluate("bench.adapter.input.select()");
      await page.evaluate((it) => bench.arm(it), expect(rows, state));
      await page.keyboard.press(key);
      await page.waitForFunction(() => window.bench.result !== null, { timeout: limit + 5_000 });
      const result = await page.evaluate("bench.result");
      if (result.wrong) throw new Error(`${kind} ${JSON.stringify(change)}: ${JSON.stringify(result.wrong)}`);
      record.acts.push({ kind, wall: result.wall });
      await pause(rest ? 700 : 60);
    }
  } catch (error) {
    record.wrong = String(error).slice(0, 400);
  } finally {
    await browser?.close();
  }
  return record;
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
