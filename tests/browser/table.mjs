// Uses the table of tests/table/project in a browser, and the same table with thousands of rows:
//   node table.mjs SITE_DIR LARGE_SITE_DIR chromium|firefox [WORD]
// runs the checks whose names hold the word.

import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { report } from "./report.mjs";
import { serve } from "./server.mjs";
import { readSite } from "./site.mjs";
import { freshly, inPlace, readCases } from "./table/cases.mjs";
import { STATES, TEXT_STATES, examineStates } from "./table/states.mjs";
import { readStepFiles, walk } from "./table/steps.mjs";
import { paper } from "./table/paper.mjs";
import { withAnotherDigit, withBrokenBlock, withoutScript, withoutStorage } from "./table/damage.mjs";
import { tree } from "./table/tree.mjs";
import { startTabs } from "./table/tabs.mjs";

const [folder, largeFolder, kind = "chromium", word = ""] = process.argv.slice(2);
const site = readSite(folder);
const server = await serve(site);
const onDisk = pathToFileURL(join(resolve(site.root), "orte.html")).href;
const large = pathToFileURL(join(resolve(largeFolder), "orte.html")).href;
const inText = pathToFileURL(join(resolve(site.root), "texte.html")).href;
const onServer = server.address("orte.html");
const { open, stop } = await startTabs(kind);
try {
  const checks = kind === "firefox" ? inFirefox() : inChromium();
  await report(checks.filter((it) => it.name.includes(word)));
} finally {
  await server.stop();
  await stop();
}

function inChromium() {
  const cases = readCases();
  return [
    { name: "addresses lead to their rows: among thousands", run: inPlace(open, large, readCases("large.txt")) },
    { name: "addresses lead to their rows: opened from the disk", run: freshly(open, onDisk, cases) },
    { name: "addresses lead to their rows: changed on a server", run: inPlace(open, onServer, cases) },
    ...walks(onDisk),
    ...walks(onServer, ["files"]),
    ...largeWalks(),
    ...textWalks(),
    { name: "tables in a text have no barrier that axe knows", run: examineStates(open, inText, TEXT_STATES) },
    { name: "a screen reader is told of a table", run: tree(open, onDisk) },
    { name: "paper shows what was found, and says so", run: paper(open, onDisk) },
    { name: "without its script the table is whole and says it", run: withoutScript(open, site) },
    { name: "digits that nobody has proven are not used", run: withAnotherDigit(open, site) },
    { name: "without its data the table is whole and says it", run: withBrokenBlock(open, site) },
    { name: "a browser that keeps nothing has all tools", run: withoutStorage(open, site) },
    { name: "no state has a barrier that axe knows, or scrolls sideways", run: examineStates(open, onDisk, STATES) },
  ];
}

function inFirefox() {
  const cases = readCases();
  return [
    { name: "addresses lead to their rows: among thousands", run: inPlace(open, large, readCases("large.txt")) },
    { name: "addresses lead to their rows: changed on the disk", run: inPlace(open, onDisk, cases) },
    ...walks(onServer),
    ...walks(onDisk, ["files", "history"]),
    ...largeWalks(),
    ...textWalks(),
  ];
}

/** What the step files say, or some of them. */
function walks(address, names) {
  const files = readStepFiles().filter((it) => !names || names.includes(it.name));
  const where = address === onDisk ? "From the disk" : "From a server";
  return files.map((file) => ({ name: `${where}: ${file.title}`, run: walk(open, address, file, site) }));
}

function textWalks() {
  return readStepFiles("text-steps").map((file) => ({ name: file.title, run: walk(open, inText, file, site) }));
}

function largeWalks() {
  const largeSite = { root: resolve(largeFolder) };
  return readStepFiles("large-steps").map((file) => ({ name: file.title, run: walk(open, large, file, largeSite) }));
}
