// Runs the step files in tests/table/steps/: each line does something or says what is then to be seen.
//
// The first line of a file says what it is about. `-- by mouse --` and the like begin a part,
// which opens the page anew. What is to be seen may take a moment. Texts stand in `"`; lists of
// texts are joined by ` | `.

import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { sameCells } from "./csv.mjs";
import { PATIENCE, click, look, restingPlace } from "./page.mjs";

/** More things than that no page has in the order of the Tab key. */
const MOST_TABS = 400;

/** Lists the step files of a folder: `{name, title, parts}`, where a part is `{title, steps}`. */
export function readStepFiles(name = "steps") {
  const folder = fileURLToPath(new URL(`../../table/${name}`, import.meta.url));
  return readdirSync(folder).sort().map((name) => {
    const [title, ...lines] = readFileSync(join(folder, name), "utf8").split("\n");
    const parts = [];
    for (const line of lines.filter(Boolean)) {
      const part = /^-- (.+) --$/.exec(line);
      if (part) parts.push({ title: part[1], steps: [] });
      else parts.at(-1).steps.push(line);
    }
    return { name: basename(name, ".txt"), title, parts };
  });
}

/** Runs the parts of a file in tabs of a browser, on the page at an address. */
export function walk(open, address, file, site) {
  return async (found) => {
    for (const part of file.parts) {
      const tab = await open();
      try {
        await run(tab, { address, site }, part);
      } catch (error) {
        found(`${file.name}, ${part.title}`, error.message);
      }
      for (const complaint of tab.complaints) found(`${file.name}, ${part.title}`, complaint);
      await tab.close();
    }
    return file.parts.map((it) => it.title).join(", ");
  };
}

async function run(tab, context, { steps }) {
  await openAt(tab, context, "");
  for (const line of steps) {
    try {
      await step(tab, context, line);
    } catch (error) {
      throw new Error(`${line}: ${error.message.split("\n")[0]}`);
    }
  }
}

async function step(tab, context, line) {
  for (const [pattern, act] of STEPS) {
    const match = pattern.exec(line);
    if (match) return act({ tab, page: tab.page, context }, ...match.slice(1));
  }
  throw new Error("nobody knows how to do this");
}

async function openAt(tab, { address }, hash) {
  await tab.page.goto("about:blank");
  await tab.page.goto(address + hash, { waitUntil: "load" });
}

/** What a line can say, and what is then done. */
const STEPS = [
  [/^open ([#?].*)$/, ({ tab, context }, hash) => openAt(tab, context, hash)],
  [/^look at the table "(.+)"$/, ({ page }, caption) => page.evaluate(lookAt, caption)],
  [/^the window is (\d+) by (\d+)$/, ({ tab }, width, height) => tab.resize(Number(width), Number(height))],
  [/^click "(.+?)"(?: in "(.+)")?$/, ({ page }, name, within) => click(page, { what: "place of", name, within })],
  [/^click with (Shift|Control) "(.+?)"(?: in "(.+)")?$/, async ({ page }, key, name, within) => {
    await page.keyboard.down(key);
    await click(page, { what: "place of", name, within });
    await page.keyboard.up(key);
  }],
  [/^click the cell "(.+)" of "(.+)"$/, ({ page }, column, name) => click(page, { what: "place of cell", name, column })],
  [/^double-click the cell "(.+)" of "(.+)"$/, async ({ page }, column, name) => {
    const { x, y } = await restingPlace(page, { what: "place of cell", name, column });
    await page.mouse.click(x, y, { clickCount: 2, count: 2 });
    await new Promise((done) => setTimeout(done, 500));
  }],
  [/^select the text of the cell "(.+)" of "(.+)"$/, async ({ page }, column, name) => {
    const { x, y } = await restingPlace(page, { what: "place of cell", name, column });
    await page.mouse.move(x - 90, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y, { steps: 8 });
    await page.mouse.up();
  }],
  [/^tab to "(.+?)"(?: in "(.+)")?$/, ({ page }, name, within) => tabTo(page, "Tab", name, within)],
  [/^tab back to "(.+?)"(?: in "(.+)")?$/, ({ page }, name, within) => tabTo(page, "Shift+Tab", name, within)],
  [/^press (\S+)(?: (\d+) times)?$/, async ({ page }, keys, times = 1) => {
    for (let at = 0; at < times; at++) await press(page, keys);
  }],
  [/^type "(.*)"$/, ({ page }, text) => page.keyboard.type(text)],
  [/^scroll to the end of the table$/, ({ page }) => page.evaluate(() => void (document.querySelector(".data-scroll").scrollTop = 1e9))],
  [/^the table is scrolled to its end$/, ({ page }) => expectOf(() => page.evaluate(isAtEnd), true)],
  [/^go back$/, ({ page }) => page.evaluate(() => history.back())],
  [/^go forward$/, ({ page }) => page.evaluate(() => history.forward())],
  [/^nobody prints$/, ({ page }) => page.evaluate(() => void (window.print = () => (document.title = "printed")))],

  [/^the rows are "(.*)"$/, ({ page }, list) => expect(page, "rows", listed(list))],
  [/^the first rows are "(.*)"$/, ({ page }, list) => expect(page, "rows", listed(list), (it) => it.slice(0, listed(list).length))],
  [/^the last row is "(.*)"$/, ({ page }, name) => expect(page, "rows", name, (it) => it.at(-1))],
  [/^there are (\d+) rows$/, ({ page }, number) => expect(page, "rows", Number(number), (it) => it.length)],
  [/^the rows that sum up are "(.*)"$/, ({ page }, list) => expect(page, "rows that sum up", listed(list))],
  [/^the heads are "(.*)"$/, ({ page }, list) => expect(page, "heads", listed(list))],
  [/^the head "(.+)" is (not sorted|sorted ascending|sorted descending)$/, ({ page }, name, how) => expect(page, { what: "sorted", name }, how.replace(/ ?sorted ?/, ""))],
  [/^the cell "(.+?)" of "(.+)" says "(.*)"$/, ({ page }, column, name, text) => expect(page, { what: "cell", name, column }, text)],
  [/^the chips are "(.*)"$/, ({ page }, list) => expect(page, "chips", listed(list))],
  [/^the (count|status|notice) says "(.*)"$/, ({ page }, what, text) => expect(page, what, text)],
  [/^the address is "(.*)"$/, ({ page }, text) => expectOf(() => page.evaluate(() => location.hash), text)],
  [/^the query is "(.*)"$/, ({ page }, text) => expectOf(() => page.evaluate(() => location.search), text)],
  [/^the heading is "(.*)"$/, ({ page }, text) => expectOf(() => page.evaluate(() => document.querySelector("h1").textContent), text)],
  [/^the page is "(.*)"$/, ({ page }, title) => expect(page, "title", title)],
  [/^the focus is on "(.*)"$/, ({ page }, name) => expect(page, "focus", name)],
  [/^"(.+?)"(?: in "(.+)")? is (not )?(checked|disabled|expanded|invalid)$/, ({ page }, name, within, not, what) => expect(page, { what: "state", name, within }, !not, (it) => it[what])],
  [/^"(.+?)"(?: in "(.+?)")? has the (value|description|text) "(.*)"$/, ({ page }, name, within, what, text) => expect(page, { what: "state", name, within }, text, (it) => it[what])],
  [/^"(.+?)"(?: in "(.+)")? is (not )?there$/, ({ page }, name, within, not) => expect(page, { what: "is there", name, within }, !not)],
  [/^the page (says|does not say) "(.*)"$/, ({ page }, how, text) => expect(page, "text", how === "says", (it) => it.includes(text))],
  [/^"(.+?)" says "(.*)"$/, ({ page }, within, text) => expect(page, { what: "text", within }, true, (it) => it.includes(text))],
  [/^the comparison has the line "(.*)"$/, ({ page }, line) => expect(page, "comparison", line, (it) => it.find((shown) => shown === line) ?? it.join(" || "))],
  [/^the comparison has (\d+) columns$/, ({ page }, number) => expect(page, "comparison", Number(number), (it) => (it[0] ?? "").split(" | ").length - 2)],

  [/^"(.+)" saves "(.+)" as the build wrote (\S+)(?: without (summary rows|(\S+) and the signs (.+)))?$/, async ({ tab, page, context }, name, file, built, _, column, signs = "") => {
    const saved = await tab.download(() => click(page, { what: "place of", name }));
    equal(saved.name, file);
    sameCells(saved.text, readFileSync(join(context.site.root, built), "utf8"), column, signs.split(" "));
  }],
  [/^"(.+)" saves "(.+)" with "(.*)"$/, async ({ tab, page }, name, file, text) => {
    const saved = await tab.download(() => click(page, { what: "place of", name }));
    equal(saved, { name: file, text: JSON.parse(`"${text}"`) });
  }],
  [/^the clipboard holds the text "(.*)"$/, async ({ page }, text) => equal((await paste(page)).text, JSON.parse(`"${text}"`))],
  [/^the clipboard holds the address of the page$/, async ({ page }) => equal((await paste(page)).text, await page.evaluate(() => location.href))],
  [/^the table in the clipboard ends with "(.*)"$/, async ({ page }, list) => {
    const cells = (await paste(page)).html.match(/<td>.*?(?=<\/td>)/g).map((it) => it.slice(4));
    equal(cells.slice(-listed(list).length), listed(list));
  }],
  [/^the clipboard holds a table of (\d+) rows and (\d+) columns$/, async ({ page }, rows, columns) => {
    const { html } = await paste(page);
    const count = (pattern) => html.match(pattern)?.length ?? 0;
    equal([count(/<tr>/g), count(/<th>/g)], [Number(rows) + 1, Number(columns)]);
  }],
];

/** Runs inside the browser. */
function lookAt(caption) {
  globalThis.sight = Array.from(document.querySelectorAll("[data-table]")).find((it) => it.querySelector(".data-table caption").textContent.trim() === caption);
  if (!globalThis.sight) throw new Error(`there is no table „${caption}“`);
}

/** Runs inside the browser. */
function isAtEnd() {
  const { scrollHeight, clientHeight, scrollTop } = document.querySelector(".data-scroll");
  return scrollHeight - clientHeight - scrollTop < 60;
}

const listed = (list) => (list === "" ? [] : list.split(" | "));

async function press(page, keys) {
  const list = keys.split("+");
  const last = list.pop().replace("Space", " ");
  for (const key of list) await page.keyboard.down(key);
  await page.keyboard.press(last);
  for (const key of list.reverse()) await page.keyboard.up(key);
}

async function tabTo(page, keys, name, within) {
  const isThere = () => page.evaluate(hasFocus, { name, within });
  for (let at = 0; at < MOST_TABS; at++) {
    await press(page, keys);
    if (await isThere()) return;
  }
  throw new Error(`${MOST_TABS} times ${keys} do not lead there`);
}

/** Runs inside the browser. */
function hasFocus({ name, within }) {
  const node = document.activeElement;
  const text = (it) => (it ? it.textContent.replace(/\s+/g, " ").trim() : "");
  const own = node.getAttribute("aria-label") || (node.labels?.length ? Array.from(node.labels, text).join(" ") : text(node));
  const group = node.closest("fieldset, [role=region], [role=group], [role=dialog], thead th, tr");
  const groupName = group ? (group.getAttribute("aria-label") ?? text(group.querySelector("legend, .sort, th"))) : "";
  return (globalThis.sight ?? document).contains(node) && own.startsWith(name) && (!within || groupName.startsWith(within));
}

async function paste(page) {
  await page.evaluate(prepareToPaste);
  await press(page, "Control+v");
  const end = Date.now() + PATIENCE;
  for (;;) {
    const pasted = await page.evaluate(() => globalThis.pasted);
    if (pasted) return pasted;
    if (Date.now() > end) throw new Error("nothing can be pasted");
  }
}

/** Runs inside the browser. */
function prepareToPaste() {
  const field = document.createElement("textarea");
  document.body.append(field);
  field.focus();
  globalThis.pasted = undefined;
  field.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    globalThis.pasted = { text: data.getData("text/plain"), html: data.getData("text/html") };
    field.remove();
    event.preventDefault();
  });
}

function expect(page, wanted, expected, part = (it) => it) {
  const query = typeof wanted === "string" ? { what: wanted } : wanted;
  return expectOf(async () => part(await page.evaluate(look, query)), expected);
}

/** Asks until the answer is as expected, or patience ends. */
async function expectOf(ask, expected) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    let answer;
    try {
      answer = await ask();
    } catch (error) {
      answer = error.message.split("\n")[0];
    }
    if (isDeepStrictEqual(answer, expected)) return;
    if (Date.now() > end) equal(answer, expected);
    await new Promise((done) => setTimeout(done, 25));
  }
}

function equal(answer, expected) {
  if (isDeepStrictEqual(answer, expected)) return;
  const shown = (it) => (Array.isArray(it) ? it.join(" | ") : typeof it === "string" ? it : JSON.stringify(it));
  throw new Error(`there is „${shown(answer)}“, not „${shown(expected)}“`);
}
