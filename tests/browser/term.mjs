// Uses the terms of a page as readers do:  node term.mjs SITE_DIR chromium|firefox [WORD]
// runs the checks whose names hold the word. Any site will do that has terms in its texts.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { examine, describe } from "./checks/accessible.mjs";
import { report } from "./report.mjs";
import { readSite } from "./site.mjs";
import { eventually, startTabs } from "./table/tabs.mjs";

/** Who stays longer on a term, in milliseconds, may see its definition. */
const PASSING = 120;

const [folder, kind = "chromium", word = ""] = process.argv.slice(2);
const site = readSite(folder);
const { open, stop } = await startTabs(kind);
try {
  const page = await pageWithTerms();
  const checks = [
    { name: "the mouse opens the definition, and may go into it", run: use(page, mouse) },
    { name: "the mouse only passing by opens nothing", run: use(page, passing) },
    { name: "the focus opens the definition, and Escape closes it for good", run: use(page, keyboard) },
    { name: "every term has its definition in the page, once", run: use(page, definitions) },
    { name: "an open definition has no barrier that axe knows", run: axe(page) },
    ...citations(),
  ];
  const inChromium = [
    { name: "the first tap opens the definition, the link in it leads on", run: tap(page) },
    { name: "a second tap leads on, too", run: secondTap(page) },
    { name: "without its script a term is a link to the glossary", run: withoutScript(page) },
    { name: "no open definition leaves a window of 320 pixels", run: narrow(page) },
  ];
  await report([...checks, ...(kind === "firefox" ? [] : inChromium)].filter((it) => it.name.includes(word)));
} finally {
  await stop();
}

/** Returns the page whose text has the most terms. */
async function pageWithTerms() {
  const counted = site.pages.map((page) => ({ page, count: countTerms(page) }));
  counted.sort((a, b) => b.count - a.count);
  if (!counted[0]?.count) throw new Error("no page of this site has terms");
  return counted[0].page;
}

function countTerms(page) {
  return readFileSync(fileURLToPath(page.url), "utf8").split('<a class="term"').length - 1;
}

/** On the page that cites most: by keyboard to a source in the list, and back to the text. */
function citations() {
  const cited = (page) => readFileSync(fileURLToPath(page.url), "utf8").split('href="#source_').length - 1;
  const page = [...site.pages].sort((one, other) => cited(other) - cited(one))[0];
  if (!cited(page)) return [];
  return [{ name: "a citation leads to its source, and that leads back", run: use(page, cite) }];
}

async function cite(tab, found) {
  const links = await tab.evaluate(() => [...document.querySelectorAll('main a[href^="#source_"]')].map((it) => ({ id: it.id, href: it.getAttribute("href") })));
  for (const { id, href } of [links[0], links[links.length >> 1], links.at(-1)]) {
    await tab.evaluate((it) => document.getElementById(it).focus(), id);
    await tab.keyboard.press("Enter");
    await eventually(() => tab.evaluate((it) => location.hash === it && document.querySelector(":target")?.matches(".sources li"), href));
    await tab.evaluate((it) => document.querySelector(`:target a[href="#${it}"]`).focus(), id);
    await tab.keyboard.press("Enter");
    await eventually(() => tab.evaluate((it) => location.hash === `#${it}` && document.querySelector(":target").tagName === "A", id));
  }
  const names = await tab.evaluate(() => [...document.querySelectorAll(".sources .source-back")].map((it) => it.getAttribute("aria-label")));
  if (new Set(names).size !== names.length) found("two ways back to the text have one name");
}

/** Opens the page from the disk, lets somebody use it, and asks whether it complained. */
function use(page, act, options = {}) {
  return async (found) => {
    const tab = await open(options);
    await tab.page.goto(page.url, { waitUntil: "load" });
    try {
      await act(tab.page, (what) => found(page.path, what));
    } catch (error) {
      found(page.path, error.message);
    }
    tab.complaints.forEach((it) => found(page.path, it));
    await tab.close();
  };
}

/** What is open: the title of the note and the number of notes. */
function openNotes(tab) {
  return tab.evaluate(() => [...document.querySelectorAll(".term-note:popover-open")].map((it) => it.querySelector(".term-note-title").textContent));
}

/** Brings a term into sight and says where its middle is, and which note is its own. */
function placeOf(tab, number = 0) {
  return tab.evaluate((at) => {
    const link = document.querySelectorAll("a.term")[at];
    link.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = link.getClientRects()[0];
    const note = document.getElementById(link.getAttribute("aria-describedby")).closest(".term-note");
    return { x: left + width / 2, y: top + height / 2, title: note.querySelector(".term-note-title").textContent, href: link.href };
  }, number);
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

async function opens(tab, title) {
  const notes = await eventually(async () => {
    const now = await openNotes(tab);
    return now.length > 0 && now;
  });
  if (notes.length !== 1 || notes[0] !== title) throw new Error(`open are ${notes.join(", ")} and not ${title}`);
}

async function closes(tab) {
  await eventually(async () => (await openNotes(tab)).length === 0);
}

async function mouse(tab) {
  const { x, y, title } = await placeOf(tab);
  await tab.mouse.move(x, y);
  await opens(tab, title);
  const note = await tab.evaluate(() => {
    const { left, top, width, height } = document.querySelector(".term-note:popover-open").getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });
  await tab.mouse.move(note.x, note.y, { steps: 4 });
  await pause(600);
  await opens(tab, title);
  await tab.mouse.move(1, 1);
  await closes(tab);
  // Escape closes it while the mouse stays.
  await tab.mouse.move(x, y);
  await opens(tab, title);
  await tab.keyboard.press("Escape");
  await closes(tab);
}

/** On a busy machine the mouse may rest on its way; then it goes again. */
async function passing(tab, found) {
  const { x, y } = await placeOf(tab);
  await tab.evaluate(() => {
    globalThis.moves = [];
    addEventListener("mousemove", ({ timeStamp }) => globalThis.moves.push(timeStamp));
  });
  for (let tries = 0; tries < 20; tries += 1) {
    await tab.mouse.move(x, y);
    await tab.mouse.move(1, 1);
    await pause(500);
    const moves = await tab.evaluate(() => globalThis.moves.splice(0));
    if (moves.at(-1) - moves[0] > PASSING) continue;
    if ((await openNotes(tab)).length > 0) found("a definition opened though the mouse only passed by");
    return;
  }
  found("the mouse never only passed by");
}

/** Walks to the first term by the tab key. */
async function walkToTerm(tab) {
  for (let presses = 0; presses < 150; presses += 1) {
    await tab.keyboard.press("Tab");
    if (await tab.evaluate(() => document.activeElement.matches("a.term"))) return;
  }
  throw new Error("the tab key reaches no term");
}

async function keyboard(tab, found) {
  const { title } = await placeOf(tab);
  await walkToTerm(tab);
  await opens(tab, title);
  await tab.keyboard.press("Escape");
  await closes(tab);
  await pause(400);
  if ((await openNotes(tab)).length > 0) found("Escape does not keep it closed");
  if (!(await tab.evaluate(() => document.activeElement.matches("a.term")))) found("Escape takes the focus away");
  await tab.keyboard.press("Tab");
  if (await tab.evaluate(() => !!document.activeElement.closest(".term-note"))) found("the tab key enters a closed definition");
}

async function definitions(tab, found) {
  const problems = await tab.evaluate(() => {
    const links = [...document.querySelectorAll("a.term")];
    const ids = new Set(links.map((it) => it.getAttribute("aria-describedby")));
    const notes = document.querySelectorAll(".term-note").length;
    const lost = links.filter((it) => !document.getElementById(it.getAttribute("aria-describedby"))?.textContent.trim());
    return [
      ...lost.map((it) => `no definition for ${it.textContent}`),
      ...(notes === ids.size ? [] : [`${notes} definitions for ${ids.size} terms`]),
    ];
  });
  problems.forEach(found);
}

function axe(page) {
  const rounds = kind === "firefox" ? [{}] : [{ colorScheme: "light" }, { colorScheme: "dark" }, { viewport: { width: 320, height: 640 } }];
  return async (found) => {
    // The policy of the pages keeps strangers' scripts out, axe among them.
    for (const options of rounds) {
      await use(page, async (tab, say) => {
        await placeOf(tab);
        await walkToTerm(tab);
        await eventually(async () => (await openNotes(tab)).length === 1);
        const { violations } = await examine(tab);
        violations.flatMap(describe).forEach(say);
      }, { ...options, bypassCSP: true })(found);
    }
  };
}

function tap(page) {
  return use(page, async (tab, found) => {
    const { x, y, title, href } = await placeOf(tab);
    const start = tab.url();
    await tab.touchscreen.tap(x, y);
    await opens(tab, title);
    if (tab.url() !== start) found("the first tap leaves the page");
    await tab.tap(".term-note:popover-open .term-way");
    await eventually(() => tab.url().split("#")[0] === href);
  }, { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
}

function secondTap(page) {
  return use(page, async (tab) => {
    const { x, y, title, href } = await placeOf(tab);
    await tab.touchscreen.tap(x, y);
    await opens(tab, title);
    await tab.touchscreen.tap(x, y);
    await eventually(() => tab.url().split("#")[0] === href);
  }, { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
}

function withoutScript(page) {
  return use(page, async (tab, found) => {
    const { x, y, href } = await placeOf(tab);
    if ((await tab.locator(".term-note").first().isVisible())) found("definitions stand at the end of the page");
    await tab.mouse.click(x, y);
    await eventually(() => tab.url() === href);
  }, { javaScriptEnabled: false });
}

function narrow(page) {
  return use(page, async (tab, found) => {
    const count = await tab.evaluate(() => document.querySelectorAll("a.term").length);
    for (let at = 0; at < count; at += 1) {
      const { x, y, title } = await placeOf(tab, at);
      await tab.mouse.move(x, y);
      await opens(tab, title);
      const { left, right, page: width, scrolls } = await tab.evaluate(() => {
        const { left, right } = document.querySelector(".term-note:popover-open").getBoundingClientRect();
        return { left, right, page: document.documentElement.clientWidth, scrolls: document.documentElement.scrollWidth };
      });
      if (left < 0 || right > width || scrolls > width) found(`${title} reaches from ${left} to ${right} of ${width}`);
      await tab.mouse.move(1, 1);
      await closes(tab);
    }
  }, { viewport: { width: 320, height: 640 } });
}
