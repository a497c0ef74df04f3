// Reads a site without a network: from an archive, and after a visit.
//   node offline.mjs PROGRAM
// builds a small site by itself, twice: the second is another generation of it.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { report } from "./report.mjs";
import { serve } from "./server.mjs";
import { readSite } from "./site.mjs";
import { eventually, startTabs } from "./table/tabs.mjs";

const program = resolve(process.argv[2]);
const work = mkdtempSync(join(tmpdir(), "kompendium-offline-"));
const { open, stop } = await startTabs("chromium");
try {
  const first = build("eins", "Zwölf Brücken.");
  const second = build("zwei", "Dreizehn Brücken.");
  await report([
    { name: "an unpacked archive opens the site by its page on top", run: archive(first) },
    { name: "opened from a disk nothing is kept", run: onDisk(first) },
    { name: "after a visit every page is read without a network", run: afterVisit(first) },
    { name: "with a network nobody reads an old page", run: newGeneration(first, second) },
    { name: "two generations are never mixed", run: mixture(first, second) },
  ]);
} finally {
  await stop();
  rmSync(work, { recursive: true });
}

/** Builds the site with a sentence: `{root, archive}`. */
function build(name, sentence) {
  const project = join(work, name);
  mkdirSync(join(project, "content/weg"), { recursive: true });
  writeFileSync(join(project, "kompendium.yaml"), "title: Brücken\noffline: true\n");
  writeFileSync(join(project, "content/_index.md"), `---\ntitle: Start\n---\n\n[Zum Ziel](weg/ziel.md)\n`);
  writeFileSync(join(project, "content/weg/ziel.md"), `---\ntitle: Ziel\n---\n\n${sentence}\n`);
  execFileSync(program, ["build", "-q", "--root", project, "--zip", join(work, `${name}.zip`)]);
  return { root: join(project, "public"), archive: join(work, `${name}.zip`) };
}

/** A site whose files may change while it is served. */
function changing(root) {
  return { root, get files() { return readSite(root).files; } };
}

function archive({ archive }) {
  return async (found) => {
    const target = join(work, "entpackt");
    execFileSync("python3", ["-m", "zipfile", "-e", archive, target]);
    const tab = await open();
    await tab.page.goto(pathToFileURL(join(target, "start.html")).href);
    await tab.page.waitForURL(/website\/index\.html$/, { timeout: 15_000 }).catch(() => found("start.html", "leads nowhere"));
    await tab.page.click("text=Zum Ziel");
    await tab.page.waitForLoadState();
    await shows(tab, "Zwölf Brücken.", found, "weg/ziel.html");
    ended(tab, found);
    await tab.close();
  };
}

function onDisk({ root }) {
  return async (found) => {
    const tab = await open();
    await tab.page.goto(pathToFileURL(join(root, "index.html")).href);
    const manifest = await tab.page.evaluate(() => document.querySelector("link[rel=manifest]") !== null);
    if (manifest) found("index.html", "asks for a manifest");
    ended(tab, found);
    await tab.close();
  };
}

function afterVisit({ root }) {
  return async (found) => {
    const server = await serve(readSite(root));
    const tab = await open();
    await tab.page.goto(server.address("index.html"));
    await eventually(() => tab.page.evaluate(isKept));
    await server.stop();
    for (const page of readSite(root).pages) {
      await tab.page.goto(server.address(page.path)).catch((error) => found(page.path, error.message.split("\n")[0]));
      const styled = await tab.page.evaluate(() => getComputedStyle(document.body).fontFamily !== "");
      if (!styled) found(page.path, "has lost its style");
    }
    await tab.page.goto(server.address("weg/ziel.html?a=1#b"));
    await shows(tab, "Zwölf Brücken.", found, "weg/ziel.html");
    await tab.page.goto(server.address("weg/"));
    await tab.page.goto(server.address("gibt/es/nicht.html"));
    await shows(tab, "nicht gefunden", found, "a missing page");
    await tab.page.goto(server.address(""));
    await tab.page.fill("input[type=search]", "Ziel");
    await eventually(() => tab.page.evaluate(() => document.querySelector(".search-panel").innerText.includes("Ziel"))).catch(() => found("the search", "finds nothing"));
    const stored = await tab.page.evaluate(storedElsewhere);
    if (stored) found("the browser", `stores ${stored}`);
    await tab.close();
    return `${readSite(root).pages.length} pages`;
  };
}

function newGeneration(first, second) {
  return async (found) => {
    const root = join(work, "anzeige");
    cpSync(first.root, root, { recursive: true });
    const server = await serve(changing(root));
    const tab = await open();
    await tab.page.goto(server.address("weg/ziel.html"));
    await eventually(() => tab.page.evaluate(isKept));
    cpSync(second.root, root, { recursive: true });
    await tab.page.reload();
    await shows(tab, "Dreizehn Brücken.", found, "with a network");
    // Browsers look for another worker by themselves, when they have time.
    await tab.page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await eventually(() => tab.page.evaluate(keeps, "Dreizehn"));
    await server.stop();
    await tab.page.reload();
    await shows(tab, "Dreizehn Brücken.", found, "without");
    await tab.close();
  };
}

/** The list of the new generation is there, but one of its pages is still the old one. */
function mixture(first, second) {
  return async (found) => {
    const root = join(work, "mischung");
    cpSync(first.root, root, { recursive: true });
    const server = await serve(changing(root));
    const tab = await open();
    await tab.page.goto(server.address("index.html"));
    await eventually(() => tab.page.evaluate(isKept));
    cpSync(join(second.root, "sw.js"), join(root, "sw.js"));
    await tab.page.reload();
    await tab.page.evaluate(async () => (await navigator.serviceWorker.ready).update().catch(() => {}));
    await new Promise((done) => setTimeout(done, 1000));
    await server.stop();
    await tab.page.goto(server.address("weg/ziel.html"));
    await shows(tab, "Zwölf Brücken.", found, "what was kept before");
    await tab.close();
  };
}

/** Runs inside the browser: whether a worker has kept all of its files. */
async function isKept() {
  const { active, installing, waiting } = await navigator.serviceWorker.ready;
  return Boolean(active) && active.state === "activated" && !installing && !waiting;
}

/** Runs inside the browser. */
async function keeps(text) {
  const names = await caches.keys();
  if (names.length !== 1) return false;
  const cache = await caches.open(names[0]);
  const pages = await Promise.all((await cache.keys()).map(async (it) => (await cache.match(it)).text()));
  return pages.some((it) => it.includes(text));
}

/** Runs inside the browser. */
async function storedElsewhere() {
  const others = [document.cookie && "cookies", localStorage.length && "local storage", sessionStorage.length && "session storage", (await indexedDB.databases()).length && "databases"];
  return others.filter(Boolean).join(", ");
}

async function shows(tab, text, found, where) {
  await eventually(() => tab.page.evaluate((text) => document.body.innerText.includes(text), text)).catch(() => found(where, `does not show „${text}“`));
}

function ended(tab, found) {
  for (const complaint of tab.complaints) found(tab.page.url(), complaint);
}
