// axe-core, with the rules a page of tables needs and axe leaves out by default.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { DESKTOP, visitAll } from "../browser.mjs";
import { onePerKind, sample } from "../site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const EXTRA_RULES = ["target-size", "td-has-header", "table-fake-caption", "p-as-heading", "focus-order-semantics"];

const OPTIONS = {
  runOnly: { type: "tag", values: TAGS },
  rules: Object.fromEntries(EXTRA_RULES.map((rule) => [rule, { enabled: true }])),
  resultTypes: ["violations", "incomplete"],
  // A page from the disk may not read its own style sheets.
  preload: false,
};

const PAGES = 120;
const PHONE = { width: 320, height: 640 };

/** Runs axe over the pages, light and dark; over one of each kind on a phone, too. */
export function accessible(browser, site) {
  const pages = sample(site, PAGES);
  const rounds = [
    { name: "light", pages, options: { colorScheme: "light" } },
    { name: "dark", pages, options: { colorScheme: "dark" } },
    { name: "on a phone", pages: onePerKind(site), options: { colorScheme: "light", viewport: PHONE } },
  ];
  return async (found) => {
    const open = new Map();
    for (const round of rounds) {
      // The policy of the pages keeps strangers' scripts out, axe among them.
      const options = { ...DESKTOP, ...round.options, bypassCSP: true };
      await visitAll(browser, options, round.pages, async (tab, page) => {
        await tab.goto(page.url, { waitUntil: "load" });
        const { violations, incomplete } = await examine(tab);
        for (const problem of violations.flatMap(describe)) found(`${page.path} (${round.name})`, problem);
        for (const { id, nodes } of incomplete) open.set(id, (open.get(id) ?? 0) + nodes.length);
      });
    }
    return `${pages.length} pages; ${undecided(open)}`;
  };
}

/** Runs axe over what a tab shows, or over a part of it. */
export async function examine(tab, part) {
  await tab.evaluate(AXE);
  return tab.evaluate(({ part, options }) => axe.run(part ?? document, options), { part, options: OPTIONS });
}

/** Says what axe has found, one line for each place. */
export function describe({ id, nodes }) {
  return nodes.map(({ target, failureSummary }) => {
    const summary = failureSummary.replace(/^Fix.*:$/gm, "").replace(/\s+/g, " ").trim();
    return `${id} at ${target.join(" ")}: ${summary}`;
  });
}

function undecided(open) {
  const counts = [...open].sort().map(([rule, count]) => `${rule} ${count}`);
  return counts.length === 0 ? "nothing left for a person to decide" : `for a person to decide: ${counts.join(", ")}`;
}
