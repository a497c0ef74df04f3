// Uses the preview as editors do:  node serve.mjs PROGRAM [WORD]
// copies the site of this repository, shows it with `PROGRAM serve`, changes files, and looks
// at what an open page does. Runs the checks whose names hold the word.

import { spawn } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { examine, describe } from "./checks/accessible.mjs";
import { report } from "./report.mjs";
import { startTabs } from "./table/tabs.mjs";

const [program, word = ""] = process.argv.slice(2);
const repository = resolve(import.meta.dirname, "../..");
/** A page with a long text. */
const PAGE = "seiten/datenschutz";
const OTHER = "seiten/impressum";
const DIALOG = "#kompendium-preview dialog";
const COUNT = "#kompendium-preview .count";

const { open, stop } = await startTabs("chromium");
try {
  const checks = [
    { name: "a change appears, and the reader stays where he is", run: use(keepsPlace) },
    { name: "a change of another page disturbs nobody", run: use(leavesOthers) },
    { name: "a change of a style appears", run: use(restyles) },
    { name: "an error opens over the last good page, and Escape closes it", run: use(showsErrors) },
    { name: "warnings only show their number", run: use(countsWarnings) },
    { name: "a site that was never good says why, and appears when it is", run: use(waitsForGood, breakSite) },
    { name: "messages have no barrier that axe knows, light and dark", run: use(hasNoBarrier) },
    { name: "the page of messages has none either", run: use(pageHasNoBarrier, breakSite) },
    { name: "messages speak English where that is wished", run: use(speaksEnglish, () => {}, ["--lang", "en"]) },
  ];
  await report(checks.filter((it) => it.name.includes(word)));
} finally {
  await stop();
}

/** Starts a preview of a copy of the site, opens a page and lets somebody act. */
function use(act, prepare = () => {}, args = []) {
  return async (found) => {
    const root = mkdtempSync(join(tmpdir(), "kompendium-serve-"));
    for (const name of ["content", "data", "kompendium.yaml", "literatur.yaml"]) {
      cpSync(join(repository, name), join(root, name), { recursive: true });
    }
    cpSync(join(repository, "themes/standard"), join(root, "themes/standard"), { recursive: true });
    prepare(root);
    const preview = await start(root, args);
    const tab = await open({ bypassCSP: act === hasNoBarrier || act === pageHasNoBarrier });
    try {
      await tab.page.goto(`${preview.address}${PAGE}.html`, { waitUntil: "load" });
      await listens(tab.page);
      await act({ tab, page: tab.page, root, edit: edits(root), preview }, (what) => found(act.name, what));
    } catch (error) {
      found(act.name, error.message);
    }
    // The page of messages is answered with 500, which Chromium notes.
    tab.complaints.filter((it) => !it.includes("status of 500")).forEach((it) => found(act.name, it));
    await tab.close();
    preview.stop();
    rmSync(root, { recursive: true });
  };
}

/** Starts the program: `{address, builds(), stop()}`. */
async function start(root, args) {
  const child = spawn(program, ["serve", "--port", "0", "--root", root, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let builds = 0;
  const address = await new Promise((found, failed) => {
    const lines = createInterface({ input: child.stderr });
    lines.on("line", (line) => {
      builds += /( ms|Fassung|errors)\.$/.test(line) ? 1 : 0;
      const told = line.match(/http:\/\/127\.0\.0\.1:\d+\//);
      if (told) found(told[0]);
    });
    child.on("exit", () => failed(new Error("the preview ended")));
  });
  return { address, builds: () => builds, stop: () => child.kill() };
}

/** Changes files below `root`. */
function edits(root) {
  return {
    append: (path, text) => appendFileSync(join(root, path), text),
    replace: (path, change) => {
      const before = readFileSync(join(root, path), "utf8");
      writeFileSync(join(root, path), change(before));
      return before;
    },
  };
}

/** Asks again and again until there is an answer, for half a minute at most. */
async function eventually(what, ask) {
  const end = Date.now() + 30_000;
  for (;;) {
    // A page that is just loaded again cannot be asked.
    const answer = await ask().catch(() => false);
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await pause(20);
  }
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

function has(page, text) {
  return page.evaluate((it) => document.body.textContent.includes(it), text);
}

/** Whether the messages are open. */
function isOpen(page) {
  return page.evaluate(() => document.querySelector("#kompendium-preview")?.shadowRoot.querySelector("dialog").open ?? false);
}

/** Waits until the page has heard what was found, so that it listens. */
function listens(page) {
  return eventually("the page listens", () =>
    page.evaluate(() => document.querySelector("#kompendium-preview") || document.querySelector(".kompendium-findings")),
  );
}

/** Makes the page one that can be told from itself loaded again. */
function mark(page) {
  return page.evaluate(() => {
    window.isMarked = true;
  });
}

function isMarked(page) {
  return page.evaluate(() => window.isMarked === true);
}

async function keepsPlace({ page, edit }, found) {
  edit.append(`content/${PAGE}.md`, `\n${"Ein langer Absatz.\n\n".repeat(60)}`);
  await eventually("the long text", () => has(page, "Ein langer Absatz."));
  await listens(page);
  const before = await page.evaluate(() => {
    document.querySelectorAll("main a[href]")[1]?.focus({ preventScroll: true });
    const open = [...document.querySelectorAll("details")].map((it) => (it.open = !it.open));
    scrollTo(0, 900);
    return { y: scrollY, open, focus: document.activeElement.textContent };
  });
  edit.append(`content/${PAGE}.md`, "\nEin neuer Satz.\n");
  await eventually("the new sentence", () => has(page, "Ein neuer Satz."));
  const place = () => page.evaluate(() => ({
    y: scrollY,
    open: [...document.querySelectorAll("details")].map((it) => it.open),
    focus: document.activeElement.textContent.slice(0, 80),
  }));
  if (before.y < 800) found(`the page scrolls to ${before.y} only`);
  await eventually(`the place ${JSON.stringify(before)}`, async () => JSON.stringify(await place()) === JSON.stringify(before));
}

async function leavesOthers({ page, edit, preview }, found) {
  await mark(page);
  const builds = preview.builds();
  edit.append(`content/${OTHER}.md`, "\nEin neuer Satz.\n");
  await eventually("a build", async () => preview.builds() > builds);
  await pause(500);
  if (!(await isMarked(page))) found("the page was loaded again");
}

async function restyles({ page, edit }) {
  edit.append("themes/standard/static/style.css", "\nh1 { letter-spacing: 7px }\n");
  await eventually("the style", () => page.evaluate(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "7px"));
}

async function showsErrors({ page, root, edit, preview }, found) {
  await mark(page);
  const before = edit.replace(`content/${OTHER}.md`, (it) => `${it}\nSiehe [den Weg](weg.md).\n`);
  await eventually("the messages", () => isOpen(page));
  const text = await page.locator(DIALOG).innerText();
  for (const part of ["Meldungen zur Website", "1 Fehler", "letzte fehlerfreie Fassung", "broken-link", "weg.md gibt es nicht"]) {
    if (!text.includes(part)) found(`the messages lack „${part}“: ${text}`);
  }
  const marked = await page.locator(`${DIALOG} mark`).first().innerText();
  if (marked !== "weg.md") found(`„${marked}“ is underlined`);
  const href = await page.locator(`${DIALOG} .error a`).first().getAttribute("href");
  if (!new RegExp(`^vscode://file${root}/content/${OTHER}\\.md:\\d+:17$`).test(href)) found(`the link is ${href}`);
  const dialog = page.getByRole("dialog", { name: "Meldungen zur Website" });
  if ((await dialog.count()) !== 1) found("there is no dialog with a name");
  if (!(await isMarked(page))) found("the page was loaded again");
  await page.keyboard.press("Escape");
  await eventually("Escape", async () => !(await isOpen(page)));
  // The same error is not told twice.
  const builds = preview.builds();
  edit.append(`content/${PAGE}.md`, "\nEin Satz.\n");
  await eventually("a build", async () => preview.builds() > builds);
  await pause(500);
  if (await isOpen(page)) found("what was closed opens again");
  await page.locator(COUNT).click();
  await eventually("the button", () => isOpen(page));
  await page.locator(`${DIALOG} .close`).click();
  await eventually("the other button", async () => !(await isOpen(page)));
  edit.replace(`content/${OTHER}.md`, () => before);
  await eventually("the end of the error", () => has(page, "Ein Satz."));
  await listens(page);
  if (/Fehler/.test(await page.locator(COUNT).innerText())) found("the error is still counted");
}

async function countsWarnings({ page, edit }, found) {
  edit.append(`content/${PAGE}.md`, "\n##### Zu tief\n");
  await eventually("the number", async () => (await page.locator(COUNT).innerText()).includes("1 Warnung"));
  await pause(300);
  if (await isOpen(page)) found("a warning opens by itself");
  await page.locator(COUNT).click();
  await eventually("the messages", () => isOpen(page));
  if (!(await page.locator(DIALOG).innerText()).includes("heading-level")) found("the warning is not told");
}

function breakSite(root) {
  appendFileSync(join(root, `content/${OTHER}.md`), "\nSiehe [<Weg>](weg.md).\n");
}

async function waitsForGood({ page, edit }, found) {
  if (!(await has(page, "Die Website hat Fehler"))) found("the page of messages is not there");
  edit.replace(`content/${OTHER}.md`, (it) => it.replace("(weg.md)", "(datenschutz.md)"));
  await eventually("the page", () => page.evaluate(() => document.querySelector("header nav") !== null));
}

async function hasNoBarrier({ page, edit }, found) {
  edit.append(`content/${OTHER}.md`, "\nSiehe [<Weg>](weg.md).\n");
  await eventually("the messages", () => isOpen(page));
  await inBothSchemes(page, found);
  await page.keyboard.press("Escape");
  await inBothSchemes(page, found);
}

async function pageHasNoBarrier({ page }, found) {
  await inBothSchemes(page, found);
}

async function inBothSchemes(page, found) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await examine(page);
    for (const problem of violations.flatMap(describe)) found(`${colorScheme}: ${problem}`);
  }
}

async function speaksEnglish({ page, edit }, found) {
  edit.append(`content/${OTHER}.md`, "\nSiehe [den Weg](weg.md).\n");
  await eventually("the messages", () => isOpen(page));
  const text = await page.locator(DIALOG).innerText();
  for (const part of ["Messages about the site", "Close", "error", "there is no file"]) {
    if (!text.includes(part)) found(`the messages lack “${part}”: ${text}`);
  }
  if ((await page.evaluate(() => document.querySelector("#kompendium-preview").lang)) !== "en") found("their language is not told");
}
