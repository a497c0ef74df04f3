// Validates a built site with the Nu HTML checker:  node vnu.mjs SITE_DIR

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { report } from "./report.mjs";
import { readSite } from "./site.mjs";

const JAR = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

// What the checker says although all is well.
const MISTAKES = [
  // It does not know that a file from the disk belongs to 'self'. The browser does, and is asked in run.mjs.
  /^Resource violates Content Security Policy .*: (external|image)/,
  // What it calls an inline script is data for search engines, and never run.
  /^Inline script violates Content Security Policy/,
  // Container queries are in all browsers since 2023.
  /Property “container(-type|-name)?” doesn't exist/,
  /Unrecognized at-rule “@container”/,
  // A note stands at its button where the browser can do that, and at the lower edge elsewhere.
  /Property “position-(area|try-fallbacks)” doesn't exist/,
];

const site = readSite(process.argv[2]);
await report([{ name: "the Nu HTML checker finds no error in any page or style sheet", run: validate }]);

async function validate(found) {
  const messages = check(site.root).filter(({ message }) => !MISTAKES.some((mistake) => mistake.test(message)));
  const isWarning = (message) => message.type === "info";
  for (const message of messages.filter((message) => !isWarning(message))) found(place(message), message.message);
  const warnings = messages.filter(isWarning);
  for (const message of new Set(warnings.map((warning) => `${place(warning)}: ${warning.message}`))) {
    console.log(`warning ${message}`);
  }
  const styles = [...site.files].filter((file) => file.endsWith(".css"));
  return `${site.pages.length} pages, ${styles.length} style sheets, ${warnings.length} warnings`;
}

function check(folder) {
  const memory = ["-Xss4m", "-Xmx1g"];
  const options = ["--format", "json", "--exit-zero-always", "--skip-non-html", "--also-check-css"];
  const { error, stderr } = spawnSync("java", [...memory, "-jar", JAR, ...options, folder], {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error) throw error;
  try {
    return JSON.parse(stderr).messages;
  } catch {
    throw new Error(`the Nu HTML checker did not answer:\n${stderr}`);
  }
}

function place({ url, lastLine, lastColumn }) {
  const file = url ? relative(site.root, fileURLToPath(url)) : "the checker";
  return lastLine ? `${file}:${lastLine}:${lastColumn ?? 1}` : file;
}
