// Opens a built site in a real browser:  node run.mjs SITE_DIR

import { accessible } from "./checks/accessible.mjs";
import { keyboard } from "./checks/keyboard.mjs";
import { links } from "./checks/links.mjs";
import { narrow } from "./checks/narrow.mjs";
import { opens } from "./checks/opens.mjs";
import { structure } from "./checks/structure.mjs";
import { withoutScripts } from "./checks/without-scripts.mjs";
import { startBrowser } from "./browser.mjs";
import { report } from "./report.mjs";
import { readSite } from "./site.mjs";
import { serve } from "./server.mjs";

const site = readSite(process.argv[2]);
const browser = await startBrowser();
const server = await serve(site);
try {
  const facts = new Map();
  await report([
    { name: "every page opens from the disk without a complaint", run: opens.fromDisk(browser, site, facts) },
    { name: "every kind of page opens from a server without a complaint", run: opens.fromServer(browser, site, server) },
    { name: "every old address leads to a page", run: opens.redirects(browser, site, facts) },
    { name: "every page has one heading, a language, a policy, a skip link and a title of its own", run: structure(site, facts) },
    { name: "every link leads to a file and to a place in it", run: links(site, facts) },
    { name: "no page scrolls sideways at 320 pixels", run: narrow(browser, site) },
    { name: "every kind of page is complete without JavaScript", run: withoutScripts(browser, site) },
    { name: "the keyboard starts at the skip link, and the focus can be seen", run: keyboard(browser, site) },
    { name: "no page has a barrier that axe knows, light or dark", run: accessible(browser, site) },
  ]);
} finally {
  await server.stop();
  await browser.close();
}
