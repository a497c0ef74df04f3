// Opens the pages that `kompendium diff --html` writes, one for each case of tests/diff:
//     node diff.mjs PROGRAM
// They have nothing beside them, so each is a site of one file.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { accessible } from "./checks/accessible.mjs";
import { narrow } from "./checks/narrow.mjs";
import { opens } from "./checks/opens.mjs";
import { withoutScripts } from "./checks/without-scripts.mjs";
import { startBrowser } from "./browser.mjs";
import { report } from "./report.mjs";
import { readSite } from "./site.mjs";

const program = resolve(process.argv[2]);
const cases = fileURLToPath(new URL("../diff/", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "kompendium-diff-"));
const pages = join(work, "pages");
mkdirSync(pages);

/** Writes the page of a case. */
function write(name, file) {
  for (const state of ["old", "new"]) {
    for (const part of ["both", state]) {
      if (existsSync(join(cases, name, part))) cpSync(join(cases, name, part), join(work, name, state), { recursive: true });
    }
  }
  const args = join(cases, name, "args");
  const more = existsSync(args) ? readFileSync(args, "utf8").split(/\s+/).filter(Boolean) : [];
  execFileSync(program, ["diff", "old", "new", "--html", join(pages, file), ...more], { cwd: join(work, name), stdio: ["ignore", "ignore", "pipe"] });
}

try {
  const names = readdirSync(cases);
  names.forEach((name, at) => write(name, at === 0 ? "index.html" : `${name}.html`));
  const site = readSite(pages);
  const browser = await startBrowser();
  try {
    await report([
      { name: "every page opens from the disk without a complaint", run: opens.fromDisk(browser, site, new Map()) },
      { name: "no page scrolls sideways at 320 pixels", run: narrow(browser, site) },
      { name: "every page is complete without JavaScript", run: withoutScripts(browser, site) },
      { name: "no page has a barrier that axe knows, light or dark", run: accessible(browser, site) },
    ]);
  } finally {
    await browser.close();
  }
} finally {
  rmSync(work, { recursive: true });
}
