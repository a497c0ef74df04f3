// 320 pixels are a small phone, or a desktop screen at 400 %.

import { DESKTOP, visitAll } from "../browser.mjs";
import { contentPages } from "../site.mjs";

const NARROW = { ...DESKTOP, viewport: { width: 320, height: 640 } };

/** Checks that no page is wider than the window; regions inside it may scroll. */
export function narrow(browser, site) {
  return async (found) => {
    const pages = contentPages(site);
    await visitAll(browser, NARROW, pages, async (tab, page) => {
      await tab.goto(page.url, { waitUntil: "load" });
      const { width, causes } = await tab.evaluate(measure);
      if (width > NARROW.viewport.width) found(page.path, `is ${width} pixels wide because of ${causes.join(" and ")}`);
    });
    return `${pages.length} pages`;
  };
}

/** Measures the page and names what sticks out. It runs inside the browser. */
export function measure() {
  const scrolls = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== "visible") return true;
    }
    return false;
  };
  const causes = [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(element))
    .map((element) => element.outerHTML.split(">")[0] + ">");
  return { width: document.scrollingElement.scrollWidth, causes: causes.slice(-2) };
}
