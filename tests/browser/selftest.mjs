// Do the checks find anything? Runs them on the site in broken/, which breaks
// every rule; all of these must be among what they say:  node selftest.mjs

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const EXPECTED = [
  "FAILED every page opens from the disk",
  "console error: an error of the script",
  "script error: thrown by the script",
  "asks for http://example.org/pixel.png",
  "cannot load http://example.org/pixel.png",
  "missing.png: net::ERR_FILE_NOT_FOUND",
  "leaves something behind: localStorage trace",
  "FAILED every kind of page opens from a server",
  "missing.png: 404",
  "FAILED every old address leads to a page",
  "old.html: stays where it is",
  "FAILED every page has one heading",
  "index.html: the element html has no language",
  "index.html: the second element of the head is not the Content-Security-Policy",
  "second.html: the policy allows unsafe-inline",
  "second.html: the policy does not start from nothing",
  "the policy of the pages forbids this: <script>",
  'the policy of the pages forbids this: <p id="twice"',
  "index.html: the page has 0 headings h1, not 1",
  "index.html: the first element that takes the focus is no skip link",
  "second.html: the skip link leads nowhere: #gone",
  "index.html: the id twice is there twice",
  "the title „The same title“ is the one of index.html, too",
  "FAILED every link leads to a file",
  "a missing.html: no such file",
  "a second.html#nowhere: no such place in second.html",
  "a folder/: leads to a folder",
  "a /second.html: an absolute path",
  "a ../out.html: leads out of the site",
  "link https://example.org/icon.svg: is loaded from elsewhere",
  "FAILED no page scrolls sideways",
  'pixels wide because of <p class="wide">',
  "FAILED every kind of page is complete without JavaScript",
  'cannot be seen: <p class="for-scripts">',
  "FAILED the keyboard starts at the skip link",
  "does not show that it has the focus",
  "index.html, second.html: no skip link leads to the content",
  "FAILED no page has a barrier that axe knows",
  "index.html (light)",
  "index.html (dark)",
  "color-contrast at .pale",
  "image-alt at img",
  "html-has-lang at html",
  "p-as-heading at",
  "FAILED the Nu HTML checker finds no error",
  "Duplicate ID",
  "Property “colour” doesn't exist",
];

const SURE_TO_BE_RIGHT = ["a second.html#there:"];

const broken = fileURLToPath(new URL("broken", import.meta.url));
const said = run("run.mjs") + run("vnu.mjs");
const missed = EXPECTED.filter((text) => !said.includes(text));
const wrong = SURE_TO_BE_RIGHT.filter((text) => said.includes(text));
for (const text of missed) console.log(`not found: ${text}`);
for (const text of wrong) console.log(`found, but right: ${text}`);
if (missed.length + wrong.length > 0) {
  console.log(`\nThe checks said:\n${said}`);
  process.exitCode = 1;
} else {
  console.log(`ok     the checks find all ${EXPECTED.length} things they must find`);
}

function run(script) {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, broken], { encoding: "utf8" });
  if (status !== 1 || stderr) throw new Error(`${script} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
