// Makes indexes and tests all of the search that needs no browser:
//     node tests/search/run.mjs
// words are the same in both languages, traps, relevance, sizes. `unseen-queries.tsv` was
// written by somebody who knew the documents and had not seen the search.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const top = join(here, "../..");
const work = mkdtempSync(join(tmpdir(), "kompendium-search-"));
const at = (name) => join(work, name);

/** Runs a program from the top of the repository; fails with it. */
const run = (program, ...args) => execFileSync(program, args, { cwd: top, stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 });
const make = (...args) => run("cargo", "run", "--locked", "--quiet", "--example", "search-index", "--", ...args);

let failed = false;
function test(name, ...args) {
  const { status } = spawnSync("node", [join(here, name), ...args], { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) failed = true;
}

/** The script that asks the index, as one file and small. */
function reader() {
  const entry = at("reader.js");
  const source = join(top, "themes/standard/source/search/query.js");
  run(join(top, "tests/node_modules/.bin/esbuild"), source, "--bundle", "--minify", "--format=esm", `--outfile=${entry}`);
  return entry;
}

try {
  const documents = join(here, "documents.txt");
  writeFileSync(at("words"), make("words", documents));
  test("vectors.mjs", join(here, "vectors.txt"), documents, at("words"));
  make("index", documents, at("small"));
  test("traps.mjs", at("small"));
  test("relevance.mjs", at("small"), join(here, "queries.tsv"), join(here, "own-queries.tsv"));
  test("relevance.mjs", at("small"), join(here, "unseen-queries.tsv"));
  run("node", join(here, "corpus.mjs"), at("large.txt"), "1800");
  make("index", at("large.txt"), at("large"));
  test("sizes.mjs", at("large"), reader());
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
