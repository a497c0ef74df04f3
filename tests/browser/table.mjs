// Uses the table of tests/table/project in two browsers:  node table.mjs SITE_DIR

import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startBrowser } from "./browser.mjs";
import { report } from "./report.mjs";
import { serve } from "./server.mjs";
import { readSite } from "./site.mjs";
import { freshly, inPlace, readCases } from "./table/cases.mjs";
import { startFirefox } from "./table/firefox.mjs";
import { chromiumTabs, firefoxTabs } from "./table/tabs.mjs";

const site = readSite(process.argv[2]);
const [browser, firefox, server] = await Promise.all([startBrowser(), startFirefox(), serve(site)]);
try {
  const onDisk = pathToFileURL(join(resolve(site.root), "orte.html")).href;
  const onServer = server.address("orte.html");
  const [chromium, fox] = [chromiumTabs(browser), firefoxTabs(firefox)];
  const cases = readCases();
  await report([
    { name: "every address leads to its rows: Chromium, opened from the disk", run: freshly(chromium, onDisk, cases) },
    { name: "every address leads to its rows: Chromium, changed on a server", run: inPlace(chromium, onServer, cases) },
    { name: "every address leads to its rows: Firefox, changed on the disk", run: inPlace(fox, onDisk, cases) },
    { name: "every address leads to its rows: Firefox, changed on a server", run: inPlace(fox, onServer, cases) },
  ]);
} finally {
  await server.stop();
  await firefox.stop();
  await browser.close();
}
