// Uses the search of a built site in a browser:
//   node search.mjs SITE_DIR chromium|firefox [WORD]
// runs the checks whose names hold the word.

import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, examine } from "./checks/accessible.mjs";
import { measure } from "./checks/narrow.mjs";
import { report } from "./report.mjs";
import { serve } from "./server.mjs";
import { readSite } from "./site.mjs";
import { readStepFiles, walk } from "./table/steps.mjs";
import { eventually, startTabs } from "./table/tabs.mjs";

const [folder, kind = "chromium", word = ""] = process.argv.slice(2);
const FIELD = "regio-aktiv/index.html";
const PAGE = "suche.html";
const HOSTILE = ["x".repeat(10_000), "wort ".repeat(2000), "__proto__", "constructor toString", "<img src=x onerror=alert(1)>", "\"„'“”", "\"", "*:/-_", "\u0000\uffff\ud800", "§ 16h SGB II", "%", "{n}"];
const LOOKS = [
  { name: "light, 1280", width: 1280, options: { colorScheme: "light" } },
  { name: "dark, 1280", width: 1280, options: { colorScheme: "dark" } },
  { name: "light, 320", width: 320, options: { colorScheme: "light" } },
  { name: "forced colours, 768", width: 768, options: { forcedColors: "active" } },
];

const site = readSite(folder);
const server = await serve(site);
const { open, stop } = await startTabs(kind);
const onDisk = (path, root = site.root) => pathToFileURL(join(resolve(root), path)).href;
try {
  const checks = [...walks("From the disk", onDisk), ...walks("From a server", server.address), { name: "hostile words do nothing", run: hostile }, { name: "the first answer brings the words of the others along", run: ahead }, ...damages()];
  if (kind === "chromium") checks.push({ name: "no look has a barrier that axe knows, or scrolls sideways", run: looks }, { name: "without scripts the list from A to Z stands there", run: withoutScripts });
  await report(checks.filter((it) => it.name.includes(word)));
} finally {
  await server.stop();
  await stop();
}

function walks(where, address) {
  const pages = { field: FIELD, page: PAGE };
  return readStepFiles("../search/steps").map((file) => ({ name: `${where}: ${file.title}`, run: walk(open, address(pages[file.name]), file, site) }));
}

async function hostile(found) {
  const tab = await open();
  for (const query of HOSTILE) {
    const name = JSON.stringify(query.slice(0, 30));
    await tab.page.goto(onDisk(PAGE) + "?" + new URLSearchParams({ q: query }), { waitUntil: "load" });
    const done = () => tab.page.evaluate(() => Boolean(document.querySelector("#gefunden").textContent) || !document.querySelector("#suchwort").value.trim());
    await eventually(done).catch(() => found(name, "is not answered"));
    const strange = await tab.page.evaluate(() => document.querySelectorAll("main :is(img, script, [onerror]), #gefunden *").length);
    if (strange) found(name, "becomes markup");
    if (await tab.page.evaluate(() => document.querySelector("[role=alert], .search-notice:not([hidden])"))) found(name, "breaks the index");
  }
  for (const complaint of tab.complaints) found("hostile words", complaint);
  await tab.close();
  return `${HOSTILE.length} queries`;
}

/** Copies of the site in which a file is missing. */
function damages() {
  return [
    { name: "an index that is missing is said", run: damaged("meta.js", "Das Suchverzeichnis ließ sich nicht laden") },
    { name: "words that are missing are said", run: damaged("p", "Ein Teil des Suchverzeichnisses ließ sich nicht laden") },
    { name: "texts that are missing are said", run: damaged("t", "Ein Teil des Suchverzeichnisses ließ sich nicht laden") },
  ];
}

function damaged(file, expected) {
  return async (found) => {
    const root = mkdtempSync(join(tmpdir(), "damaged-search-"));
    cpSync(site.root, root, { recursive: true });
    const [index] = readdirSync(join(root, "suche"));
    rmSync(join(root, "suche", index, file), { recursive: true });
    const tab = await open();
    await tab.page.goto(onDisk(PAGE, root) + "?q=inobhutnahme", { waitUntil: "load" });
    const said = () => tab.page.evaluate(() => document.querySelector(".search-answers > .search-notice").textContent);
    await eventually(async () => (await said()).startsWith(expected)).catch(async () => found("the page", `says „${await said()}“`));
    tab.complaints.filter((it) => !/suche\/|ERR_FILE_NOT_FOUND/.test(it)).forEach((it) => found("the page", it));
    await tab.close();
    rmSync(root, { recursive: true });
  };
}

/** The first answer brings the words of the others along: they are found where the index is gone. */
async function ahead(found) {
  const root = mkdtempSync(join(tmpdir(), "search-ahead-"));
  cpSync(site.root, root, { recursive: true });
  const [index] = readdirSync(join(root, "suche"));
  const words = join(root, "suche", index, "p");
  const all = readdirSync(words).length;
  const tab = await open();
  await tab.page.goto(onDisk(PAGE, root) + "?q=inobhutnahme", { waitUntil: "load" });
  const loaded = () => tab.page.evaluate(() => document.querySelectorAll('script[src*="/p/"]').length);
  await eventually(async () => (await loaded()) === all).catch(async () => found("the page", `has loaded ${await loaded()} of ${all} files`));
  rmSync(words, { recursive: true });
  await tab.page.evaluate(() => {
    const input = document.querySelector("#suchwort");
    input.value = "jugendberufsagentur";
    input.dispatchEvent(new InputEvent("input"));
  });
  const title = () => tab.page.evaluate(() => document.querySelector(".search-list h3").textContent);
  await eventually(async () => /Jugendberufsagentur/.test(await title())).catch(async () => found("the page", `shows „${await title()}“`));
  tab.complaints.forEach((it) => found("the page", it));
  await tab.close();
  rmSync(root, { recursive: true });
}

async function looks(found) {
  for (const { name, width, options } of LOOKS) {
    // The policy of the pages keeps strangers' scripts out, axe among them.
    const tab = await open({ ...options, bypassCSP: true });
    await tab.resize(width, 900);
    const look = async (state, part) => {
      const { violations } = await examine(tab.page, part);
      for (const problem of violations.flatMap(describe)) found(`${state} (${name})`, problem);
      const size = await tab.page.evaluate(measure);
      if (size.width > width) found(`${state} (${name})`, `is ${size.width} pixels wide because of ${size.causes.join(" and ")}`);
    };
    await tab.page.goto(onDisk(FIELD), { waitUntil: "load" });
    await tab.page.keyboard.press("/");
    await tab.page.keyboard.type("kommune");
    await eventually(() => tab.page.evaluate(() => Boolean(document.querySelector(".search-panel a"))));
    await look("the panel", ".search");
    await tab.page.goto(onDisk(PAGE) + "?q=kommune", { waitUntil: "load" });
    await eventually(() => tab.page.evaluate(() => Boolean(document.querySelector("mark"))));
    await look("results", "main");
    await tab.page.goto(onDisk(PAGE) + "?q=qxqxqx", { waitUntil: "load" });
    await eventually(() => tab.page.evaluate(() => Boolean(document.querySelector("#gefunden").textContent)));
    await look("no results", "main");
    for (const complaint of tab.complaints) found(name, complaint);
    await tab.close();
  }
  return `3 states, ${LOOKS.length} times`;
}

async function withoutScripts(found) {
  const tab = await open({ javaScriptEnabled: false });
  for (const path of [FIELD, PAGE]) {
    await tab.page.goto(onDisk(path), { waitUntil: "load" });
    if (await tab.page.locator(".search-form").first().isVisible()) found(path, "shows a field that does nothing");
    if (!(await tab.page.locator(".search-register").isVisible())) found(path, "has no link to the list");
  }
  await tab.page.locator(".search-register").click();
  if ((await tab.page.locator("h1").textContent()) !== "Alles von A bis Z") found("the link", "leads elsewhere");
  await tab.close();
}
