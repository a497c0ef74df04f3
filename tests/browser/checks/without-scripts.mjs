// JavaScript adds, never carries.

import { DESKTOP, visitAll } from "../browser.mjs";
import { onePerKind } from "../site.mjs";

const NO_SCRIPTS = { ...DESKTOP, javaScriptEnabled: false };

/**
 * Checks that all headings, paragraphs, entries and table rows show without scripts. A search
 * and what belongs to it is a tool, and the definition of a term stands in the glossary, too.
 */
export function withoutScripts(browser, site) {
  return async (found) => {
    let rows = 0;
    await visitAll(browser, NO_SCRIPTS, onePerKind(site), async (tab, page) => {
      await tab.goto(page.url, { waitUntil: "load" });
      const seen = await tab.evaluate(lookAround);
      if (seen.text === 0) found(page.path, "the main content is empty");
      for (const html of seen.hidden) found(page.path, `cannot be seen: ${html}`);
      rows += seen.rows;
    });
    return `${rows} rows of tables`;
  };
}

/** Looks for content that does not show. It runs inside the browser. */
function lookAround() {
  const main = document.querySelector("main");
  const content = [...(main?.querySelectorAll("h1, h2, h3, p, li, dt, dd, caption, tr, th, td, label") ?? [])];
  const shows = (element) => element.getClientRects().length > 0 || element.closest("details:not([open])");
  const isTool = (element) => element.closest("[role=search], .term-note");
  const hidden = content.filter((element) => element.textContent.trim() !== "" && !shows(element) && !isTool(element));
  return {
    text: main?.innerText.trim().length ?? 0,
    rows: content.filter((element) => element.localName === "tr").length,
    hidden: hidden.slice(0, 5).map((element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 100)),
  };
}
