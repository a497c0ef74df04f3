// Pictures of one page of each kind, for our eyes:  node screenshots.mjs SITE_DIR OUT_DIR

import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DESKTOP, settle, startBrowser, visitAll } from "./browser.mjs";
import { onePerKind, readSite } from "./site.mjs";

const WIDTHS = [360, 768, 1440];
const SCHEMES = ["light", "dark"];

const [siteFolder, folder] = process.argv.slice(2);
const site = readSite(siteFolder);
mkdirSync(folder, { recursive: true });

const browser = await startBrowser();
for (const colorScheme of SCHEMES) {
  for (const width of WIDTHS) await photograph(colorScheme, width);
}
await photographForcedColors();
await print();
await browser.close();
console.log(`${onePerKind(site).length} kinds of pages in ${folder}`);

async function photograph(colorScheme, width) {
  const options = { ...DESKTOP, colorScheme, viewport: { width, height: 900 } };
  await visitAll(browser, options, onePerKind(site), (tab, page) => take(tab, page, `${page.kind}-${width}-${colorScheme}`));
}

async function photographForcedColors() {
  const options = { ...DESKTOP, forcedColors: "active" };
  await visitAll(browser, options, onePerKind(site), (tab, page) => take(tab, page, `${page.kind}-forced-colors`));
}

async function take(tab, page, name) {
  await tab.goto(page.url, { waitUntil: "load" });
  await settle(tab);
  await tab.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

async function print() {
  await visitAll(browser, DESKTOP, onePerKind(site), async (tab, page) => {
    await tab.goto(page.url, { waitUntil: "load" });
    const pdf = join(folder, `${page.kind}-print.pdf`);
    await tab.pdf({ path: pdf, format: "A4", preferCSSPageSize: true, printBackground: false });
    const { status } = spawnSync("pdftoppm", ["-png", "-r", "60", pdf, pdf.replace(/\.pdf$/, "")]);
    if (status === 0) rmSync(pdf);
  });
}
