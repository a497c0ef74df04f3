// What is broken is said, and the table stays: in copies of the site.

import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { eventually } from "./tabs.mjs";
import { click, look } from "./page.mjs";

const ROWS = 45;

/** The name of a file of the theme on the site, which holds a hash of its content. */
function nameOf(root, file) {
  const [stem, ending] = file.split(".");
  return readdirSync(join(root, "assets")).find((it) => it.startsWith(`${stem}.`) && it.endsWith(`.${ending}`));
}

/** Opens a copy of the site without the script of the table. */
export function withoutScript(open, site) {
  return damaged(open, site, (root) => rmSync(join(root, "assets", nameOf(root, "table.js"))), async (tab, found) => {
    const page = await tab.page.evaluate(() => ({
      message: document.querySelector(".data-failed").checkVisibility(),
      tools: document.querySelector(".data-tools").checkVisibility(),
      rows: Array.from(document.querySelectorAll(".data-table tbody:not(.compare) tr")).filter((it) => it.checkVisibility()).length,
      columns: Array.from(document.querySelectorAll(".data-table thead tr:not(.over) th")).filter((it) => it.checkVisibility()).length,
    }));
    if (!page.message) found("the page", "does not say that the script is missing");
    if (page.tools) found("the page", "shows tools that do nothing");
    if (page.rows !== ROWS || page.columns !== 15) found("the table", `shows ${page.rows} rows and ${page.columns} columns`);
    const expected = (it) => /table\.js|ERR_FILE_NOT_FOUND/.test(it);
    tab.complaints.filter((it) => !expected(it)).forEach((it) => found("the page", it));
  });
}

/** Opens a copy in which somebody has changed a digit of a cell. */
export function withAnotherDigit(open, site) {
  return damaged(open, site, changeDigit, async (tab, found) => {
    const { page } = tab;
    const said = await eventually(async () => (await page.evaluate(look, { what: "notice" })) || false).catch(() => "");
    if (!said.startsWith("Die Zahlen der Spalte „Einwohner*innen“ sind auf dieser Seite anders")) found("the page", `says „${said}“`);
    const rows = await page.evaluate(look, { what: "rows" });
    await click(page, { what: "place of", name: "Einwohner*innen", within: "Einwohner*innen" });
    const sorted = await page.evaluate(look, { what: "rows" });
    if (sorted.slice(0, 20).join() !== rows.slice(0, 20).join()) found("the column", "is sorted by digits that nobody has proven");
    await click(page, { what: "place of", name: "Filter" });
    if (await page.evaluate(look, { what: "is there", name: "von", within: "Einwohner*innen" }).catch(() => false)) found("the column", "offers a range");
    tab.complaints.forEach((it) => found("the page", it));
  });
}

/** Opens a copy whose data block is cut off. */
export function withBrokenBlock(open, site) {
  return damaged(open, site, cutBlock, async (tab, found) => {
    const rows = await tab.page.evaluate(() => Array.from(document.querySelectorAll(".data-table tbody:not(.compare) tr")).filter((it) => it.checkVisibility()).length);
    if (rows !== ROWS) found("the table", `shows ${rows} rows`);
    if (!(await tab.page.evaluate(() => document.querySelector(".data-failed").checkVisibility()))) found("the page", "does not say that the tools are missing");
  });
}

/** Opens a copy in a browser that lets no page keep anything. */
export function withoutStorage(open, site) {
  return damaged(open, site, forbidStorage, async (tab, found) => {
    const { page } = tab;
    if (await page.evaluate(() => { try { return Boolean(localStorage); } catch { return false; } })) found("the test", "does not forbid storage");
    await click(page, { what: "place of", name: "Suchen in allen Namen" });
    await page.keyboard.type("kiel");
    const rows = await eventually(async () => { const now = await page.evaluate(look, { what: "rows" }); return now.length === 1 && now; }).catch(() => []);
    if (rows.join() !== "Kiel") found("the table", `shows ${rows.length} rows`);
    await eventually(() => page.evaluate(() => location.hash === "#suche=kiel")).catch(() => found("the address", "does not tell the state"));
    tab.complaints.forEach((it) => found("the page", it));
  });
}

function damaged(open, site, damage, look) {
  return async (found) => {
    const root = mkdtempSync(join(tmpdir(), "damaged-site-"));
    cpSync(site.root, root, { recursive: true });
    damage(root);
    const tab = await open();
    await tab.resize(1280, 1600);
    await tab.page.goto(pathToFileURL(join(root, "orte.html")).href, { waitUntil: "load" });
    await look(tab, found);
    await tab.close();
    rmSync(root, { recursive: true });
  };
}

function forbidStorage(root) {
  const file = join(root, "assets", nameOf(root, "table.js"));
  const forbidden = ["localStorage", "sessionStorage", "indexedDB", "caches"];
  const script = `for (const name of ${JSON.stringify(forbidden)}) Object.defineProperty(window, name, { get() { throw new DOMException(name, "SecurityError"); } });`;
  writeFileSync(file, script + readFileSync(file, "utf8"));
}

function changeDigit(root) {
  change(root, /<td>1\.900\.000/, "<td>1.800.000");
}

function cutBlock(root) {
  change(root, /(<script type="application\/json"[^>]*>.{100}).*?(?=<\/script>)/s, "$1");
}

function change(root, pattern, replacement) {
  const file = join(root, "orte.html");
  const html = readFileSync(file, "utf8");
  if (!pattern.test(html)) throw new Error(`${file} lacks ${pattern}`);
  writeFileSync(file, html.replace(pattern, replacement));
}
