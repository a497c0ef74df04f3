// One visit in Chromium: the CPU time of the main thread, by the browser's own clock of
// the thread, for loading and for every step.

import { readFileSync } from "node:fs";
import { chromium as playwright } from "playwright-core";
import { findChromium } from "../../tests/browser/programs.mjs";
import { expect } from "./reference.mjs";
import { START, steps } from "./steps.mjs";

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND"];

/** How long the painting after a step may take, and what a reader's rest is. */
const AFTER = 60;
const REST = 700;

/** Returns the record of one visit; `wrong` says where a candidate stopped. */
export async function visit(candidate, rows, limit) {
  const browser = await playwright.launch({ executablePath: findChromium(), headless: true, args: ARGUMENTS });
  const record = { browser: "chromium", version: browser.version(), acts: [] };
  try {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: "de-DE", reducedMotion: "reduce" });
    const page = await context.newPage();
    record.failures = watch(page);
    await prepare(page, candidate, rows, limit);
    const meter = await startMeter(context, page);
    await page.goto(candidate.page(rows), { timeout: 120_000 });
    await page.waitForFunction(() => window.bench.interactive > 0 || window.bench.result, null, { timeout: 90_000, polling: 50 });
    record.load = await meter.read();
    record.interactive = await page.evaluate("bench.interactive");
    if (!record.interactive) throw new Error(`never interactive: ${JSON.stringify(await page.evaluate("bench.result"))}`);
    await page.waitForTimeout(REST);
    Object.assign(record, await meter.sizes());
    await walk(page, meter, rows, record, limit);
  } catch (error) {
    record.wrong = String(error).slice(0, 400);
  } finally {
    await browser.close();
  }
  return record;
}

async function prepare(page, candidate, rows, limit) {
  await page.addInitScript(`window.benchFirst = ${JSON.stringify(expect(rows, START))};`);
  for (const path of [new URL("page.js", import.meta.url), ...candidate.scripts]) await page.addInitScript(readFileSync(path, "utf8"));
  await page.addInitScript(`bench.limit = ${limit};`);
}

/** Does every step and writes what it cost. A step with wrong rows ends the visit. */
async function walk(page, meter, rows, record, limit) {
  await page.evaluate("bench.adapter.input.focus()");
  let state = { ...START };
  for (const { kind, key, change, select, open, rest } of steps()) {
    if (open) {
      await page.evaluate("bench.adapter.openFilters && bench.adapter.openFilters()");
      await page.waitForTimeout(REST);
      continue;
    }
    state = { ...state, ...change };
    if (select) await page.evaluate("bench.adapter.input.select()");
    await page.evaluate((it) => bench.arm(it), expect(rows, state));
    const before = await meter.read();
    if (key) await page.keyboard.press(key);
    else await page.evaluate(([next, changed]) => bench.change(next, changed), [state, Object.keys(change)[0]]);
    await page.waitForFunction(() => window.bench.result !== null, null, { timeout: limit + 5_000, polling: 20 });
    const result = await page.evaluate("bench.result");
    await page.waitForTimeout(AFTER);
    const cost = minus(await meter.read(), before);
    if (result.wrong) throw new Error(`${kind} ${JSON.stringify(change)}: ${JSON.stringify(result.wrong)}`);
    const act = { kind, wall: result.wall, ...cost };
    if (rest) {
      const painted = await meter.read();
      await page.waitForTimeout(REST);
      act.later = minus(await meter.read(), painted).task;
    }
    record.acts.push(act);
  }
}

/** What the page asks of others and what goes wrong in it. */
function watch(page) {
  const failures = [];
  page.on("request", (it) => /^(file|data|blob):/.test(it.url()) || failures.push(`asks for ${it.url()}`));
  page.on("pageerror", (it) => failures.push(String(it).slice(0, 200)));
  page.on("console", (it) => it.type() === "error" && failures.push(it.text().slice(0, 200)));
  return failures;
}

/** Reads the browser's counters; times are milliseconds of the main thread. */
async function startMeter(context, page) {
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const metrics = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map((it) => [it.name, it.value]));
  };
  return {
    async read() {
      const all = await metrics();
      return { task: all.TaskDuration * 1000, script: all.ScriptDuration * 1000, layout: all.LayoutDuration * 1000, style: all.RecalcStyleDuration * 1000 };
    },
    async sizes() {
      await session.send("HeapProfiler.collectGarbage");
      await page.waitForTimeout(100);
      const all = await metrics();
      return { heap: all.JSHeapUsedSize, nodes: all.Nodes };
    },
  };
}

function minus(after, before) {
  return Object.fromEntries(Object.entries(after).map(([key, value]) => [key, value - before[key]]));
}
