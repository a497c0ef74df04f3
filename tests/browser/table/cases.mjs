// Addresses of a table and the rows they lead to: tests/table/cases.txt, which tests/it/table.rs computes.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";


/** Lists the cases of a file: `{line, address, isUnknown, number, rows}`; without a number the rows are all. */
export function readCases(name = "cases.txt") {
  const blocks = readFileSync(fileURLToPath(new URL(`../../table/${name}`, import.meta.url)), "utf8").split("\n\n");
  return blocks.filter((block) => block.startsWith("#")).map(readCase);
}

function readCase(block) {
  const [line, ...rest] = block.split("\n").filter(Boolean);
  const isUnknown = rest[0] === "! unknown";
  if (isUnknown) rest.shift();
  const number = /^(\d+) rows$/.exec(rest[0] ?? "")?.[1];
  return { line, address: spelledOut(line), isUnknown, number, rows: number ? rest.slice(1) : rest };
}

/** Writes `{x*3}` out. */
function spelledOut(line) {
  return line.replace(/\{(.*?)\*(\d+)\}/g, (_, text, times) => text.repeat(Number(times)));
}

/** Opens the page anew for cases: every broken one, and some of the others. */
export function freshly(open, address, all) {
  const cases = all.filter((it, at) => it.isUnknown || !it.address.includes("=") || at % 20 === 0);
  return async (found) => {
    const tab = await open();
    for (const it of cases) {
      await tab.page.goto("about:blank");
      await tab.page.goto(address + it.address, { waitUntil: "load" });
      compare(it, await tab.page.evaluate(readRows), found);
    }
    return end(tab, cases, found);
  };
}

/** Changes the address of one open page, as Back and Forward do. */
export function inPlace(open, address, cases) {
  // Without a `=` an address leads to a place in the page and leaves the table alone.
  const meant = cases.filter((it) => it.address === "#" || it.address.includes("="));
  return async (found) => {
    const tab = await open();
    await tab.page.goto(address, { waitUntil: "load" });
    for (const it of meant) {
      await tab.page.evaluate(goThere, it.address);
      compare(it, await tab.page.evaluate(readRows), found);
    }
    return end(tab, meant, found);
  };
}

async function end(tab, cases, found) {
  for (const complaint of tab.complaints) found(tab.browser, complaint);
  await tab.close();
  return `${cases.length} addresses`;
}

function compare({ line, number, rows, isUnknown }, all, found) {
  const shown = number ? { ...all, rows: all.rows.slice(0, rows.length) } : all;
  if (number && all.number !== number) found(line, `finds ${all.number} rows, not ${number}`);
  const where = line.length > 100 ? `${line.slice(0, 100)}…` : line;
  const at = Array.from({ length: Math.max(rows.length, shown.rows.length) }, (_, it) => it).find((it) => rows[it] !== shown.rows[it]);
  if (at !== undefined) found(where, `row ${at + 1} of ${rows.length} is „${shown.rows[at]}“, not „${rows[at]}“`);
  if (shown.isUnknown !== isUnknown) found(where, isUnknown ? "does not say that a part of this is unknown" : `says: ${shown.notice}`);
}

/** Runs inside the browser. */
function goThere(address) {
  return new Promise((done) => {
    if (location.hash === address || (location.hash === "" && address === "#")) return done();
    addEventListener("popstate", () => setTimeout(done), { once: true });
    location.hash = address;
  });
}

/** Runs inside the browser. Rows below the screen follow when it rests, or at once for paper. */
function readRows() {
  dispatchEvent(new Event("beforeprint"));
  const names = Array.from(document.querySelectorAll(".data-table tbody:not(.compare) th"), (it) => it.firstChild.textContent);
  const notice = document.querySelector(".data-notice");
  const number = document.querySelector(".data-count").textContent.split(" ")[0].replaceAll(".", "");
  return { rows: names, number, isUnknown: !notice.hidden, notice: notice.textContent };
}
