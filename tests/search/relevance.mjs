// Asks an index the queries of a file and says how good the answers are:
//     node tests/search/relevance.mjs FOLDER QUERIES… [--verbose]
// Fails under the figures that the project has promised itself.

import { readFileSync } from "node:fs";

import { openFolder } from "./engine.mjs";

const RECALL = 0.96;
const RANK = 0.94;
const CLASS = 0.85;

const verbose = process.argv.includes("--verbose");
const [folder, ...names] = process.argv.slice(2).filter((it) => !it.startsWith("--"));
const { index } = openFolder(folder);

const queries = names.flatMap((name) =>
  readFileSync(name, "utf8").trim().split("\n").slice(1).map((line) => {
    const [kind, query, expected = ""] = line.split("\t");
    return { kind, query, expected: expected.split(" ").filter(Boolean).map((it) => it.replace(/^kb\//, "") + ".html") };
  }),
);

const scores = [];
for (const { kind, query, expected } of queries) {
  const { hits, suggestion } = await index.search(query, { limit: 10 });
  const found = hits.map((it) => it.url.replace(/#.*/, ""));
  const first = found.findIndex((it) => expected.includes(it));
  // What is nowhere must not be found.
  const recall = expected.length ? expected.filter((it) => found.slice(0, 5).includes(it)).length / Math.min(5, expected.length) : +!found.length;
  const rank = expected.length ? (first < 0 ? 0 : 1 / (first + 1)) : +!found.length;
  scores.push({ kind, recall, rank });
  if (recall < 1 || rank < 1 || verbose) console.log(`${kind}\t${query}\trecall ${recall.toFixed(2)}, rank ${rank.toFixed(2)}: ${found.slice(0, 6).join(" ")}${suggestion ? ` (meinten Sie: ${suggestion})` : ""}`);
}

const mean = (list, key) => list.reduce((sum, it) => sum + it[key], 0) / list.length;
let failed = false;
for (const kind of [...new Set(scores.map((it) => it.kind))]) {
  const own = scores.filter((it) => it.kind === kind);
  const recall = mean(own, "recall");
  console.log(`${kind.padEnd(10)} ${String(own.length).padStart(3)} queries: recall@5 ${recall.toFixed(3)}, MRR@10 ${mean(own, "rank").toFixed(3)}`);
  failed ||= recall < CLASS || mean(own, "rank") < CLASS;
}
const [recall, rank] = [mean(scores, "recall"), mean(scores, "rank")];
console.log(`all        ${String(scores.length).padStart(3)} queries: recall@5 ${recall.toFixed(3)}, MRR@10 ${rank.toFixed(3)}`);
if (failed || recall < RECALL || rank < RANK) {
  console.log(`too low: recall@5 is to be ${RECALL}, MRR@10 ${RANK}, and both ${CLASS} in each class`);
  process.exitCode = 1;
}
