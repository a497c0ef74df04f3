// Uses the search of two small sites, which the program builds:
//   node search-sites.mjs chromium|firefox
// What they must find does not hang on the content of this repository; one of them is English.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { report } from "./report.mjs";
import { serve } from "./server.mjs";
import { readSite } from "./site.mjs";
import { readStepFiles, walk } from "./table/steps.mjs";
import { startTabs } from "./table/tabs.mjs";

const SITES = [
  { name: "small", page: "suche.html" },
  { name: "english", page: "search.html" },
];

const top = fileURLToPath(new URL("../..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "search-sites-"));
const { open, stop } = await startTabs(process.argv[2] ?? "chromium");
const servers = [];
try {
  const checks = [];
  for (const { name, page } of SITES) {
    const folder = join(work, name);
    build(join(top, `tests/search/${name}-site`), folder);
    const site = readSite(folder);
    const server = await serve(site);
    servers.push(server);
    const places = { "From the disk": pathToFileURL(join(folder, page)).href, "From a server": server.address(page) };
    for (const [where, address] of Object.entries(places)) {
      for (const file of readStepFiles(`../search/${name}-steps`)) checks.push({ name: `${where}: ${file.title}`, run: walk(open, address, file, site) });
    }
  }
  await report(checks);
} finally {
  for (const it of servers) await it.stop();
  await stop();
  rmSync(work, { recursive: true, force: true });
}

/** Builds a site with the program that KOMPENDIUM names, or with that of this repository. */
function build(project, folder) {
  const command = process.env.KOMPENDIUM ? [process.env.KOMPENDIUM] : ["cargo", "run", "--locked", "--quiet", "--"];
  execFileSync(command[0], [...command.slice(1), "build", "--root", project, "--output-dir", folder, "--quiet"], { cwd: top, stdio: ["ignore", "inherit", "inherit"] });
}
