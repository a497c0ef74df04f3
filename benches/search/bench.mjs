// Measures our search beside what people use today. README.md says how.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, candidates } from "./candidates.mjs";
import { corpus, writePages } from "./corpora.mjs";
import { report } from "./report.mjs";
import { all, first, onDisk, serve, startBrowser } from "./visit.mjs";

const { values: options } = parseArgs({
  options: {
    corpus: { type: "string", default: "large,handbooks" },
    first: { type: "string", default: "20" },
    report: { type: "boolean", default: false },
  },
});

const OUT = fileURLToPath(new URL("out", import.meta.url));
const RESULTS = join(OUT, "results.json");

if (!options.report) writeFileSync(RESULTS, JSON.stringify(await measure()));
console.log(report(JSON.parse(readFileSync(RESULTS, "utf8"))));

async function measure() {
  mkdirSync(OUT, { recursive: true });
  const browser = await startBrowser();
  const results = [];
  for (const name of options.corpus.split(",")) results.push(await measureCorpus(browser, name));
  const version = browser.version();
  await browser.close();
  return { browser: version, results };
}

/** All candidates take turns, query by query, so that a busy machine disturbs them alike. */
async function measureCorpus(browser, name) {
  const folder = join(OUT, name);
  rmSync(folder, { recursive: true, force: true });
  const { file, documents, queries } = corpus(name, OUT);
  writePages(documents, join(folder, "pages"));
  const rows = candidates.map((candidate) => ({ id: candidate.id, ...median(3, () => build(candidate, folder, { file })) }));
  const server = await serve(folder);
  const at = (it) => ({ ...server, address: `${server.address}/${it.id}.html` });
  const spread = queries.filter((_, it) => it % Math.ceil(queries.length / Number(options.first)) === 0);
  for (const row of rows) Object.assign(row, { first: [], slow: [], disk: [] });
  for (const { query } of spread) {
    for (const [which, candidate] of candidates.entries()) {
      rows[which].first.push(await first(browser, at(candidate), query));
      rows[which].slow.push(await first(browser, at(candidate), query, true));
      if (candidate.fromDisk) rows[which].disk.push(await first(browser, onDisk(join(folder, `${candidate.id}.html`)), query));
    }
  }
  for (const [which, candidate] of candidates.entries()) {
    Object.assign(rows[which], await all(browser, at(candidate), queries.map((it) => it.query)));
    if (candidate.fromDisk) rows[which].allFromDisk = await all(browser, onDisk(join(folder, `${candidate.id}.html`)), queries.map((it) => it.query));
  }
  await server.stop();
  return { name, documents: documents.length, queries, rows };
}

/** Builds several times; takes the middle one by CPU time. */
function median(times, make) {
  const made = Array.from({ length: times }, make);
  return made.sort((one, other) => one.seconds - other.seconds)[times >> 1];
}
