// What a reader without a mouse meets.

import { DESKTOP, visitAll } from "../browser.mjs";
import { onePerKind } from "../site.mjs";

const STOPS = 60;

/** Walks through one page of each kind with the tab key. */
export function keyboard(browser, site) {
  return async (found) => {
    let stops = 0;
    await visitAll(browser, DESKTOP, onePerKind(site), async (tab, page) => {
      await tab.goto(page.url, { waitUntil: "load" });
      await tab.evaluate(rememberLooks);
      let skips = false;
      for (let stop = 0; stop < STOPS; stop += 1) {
        await tab.keyboard.press("Tab");
        const focus = await tab.evaluate(lookAtFocus);
        if (!focus) break;
        if (stop === 0) skips = focus.skips;
        if (!focus.seen) found(page.path, `has the focus, but is hidden or outside the window: ${focus.html}`);
        if (!focus.marked) found(page.path, `does not show that it has the focus: ${focus.html}`);
        stops += 1;
      }
      if (!skips || !(await skipLinkArrives(tab, page))) found(page.path, "no skip link leads to the content");
    });
    return `${stops} stops`;
  };
}

async function skipLinkArrives(tab, page) {
  await tab.goto(page.url, { waitUntil: "load" });
  await tab.keyboard.press("Tab");
  await tab.keyboard.press("Enter");
  return tab.evaluate(() => document.querySelector(":target") !== null);
}

/** Keeps how everything looks without the focus. It runs inside the browser. */
function rememberLooks() {
  const part = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return [style.outline, style.boxShadow, style.border, style.background, style.textDecoration].join();
  };
  globalThis.look = (element) => [null, "::before", "::after"].map((pseudo) => part(element, pseudo)).join();
  globalThis.looks = new Map([...document.body.querySelectorAll("*")].map((element) => [element, look(element)]));
}

/** Describes the element with the focus. It runs inside the browser. */
function lookAtFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const boxes = [...element.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
  const points = boxes.flatMap((box) => [
    [box.x + box.width / 2, box.y + box.height / 2],
    [box.x + 2, box.y + 2],
    [box.right - 2, box.bottom - 2],
  ]);
  const hits = ([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top !== null && (element.contains(top) || top.contains(element));
  };
  // The browser itself marks the part of a date or a time that has the focus.
  const isDate = ["date", "time", "month", "week", "datetime-local"].includes(element.type);
  return {
    html: element.outerHTML.replace(/\s+/g, " ").slice(0, 100),
    skips: /^#./.test(element.getAttribute("href") ?? ""),
    seen: points.some(hits),
    marked: isDate || look(element) !== looks.get(element),
  };
}
