// How large is an index, and what does a reader load of it?
//     node tests/search/sizes.mjs FOLDER READER
// FOLDER is an index of some 1,800 pages, READER the small script that asks it. Fails over
// the sizes that the project has promised itself.

import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

import { openFolder } from "./engine.mjs";

const WHOLE = 370_000;
const FIRST = 60_000;
const WITH_EXCERPTS = 80_000;

const [folder, reader] = process.argv.slice(2);
const size = (path) => gzipSync(readFileSync(path), { level: 9 }).length;

const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
const bytes = files.map((it) => ({ name: `${it.parentPath ?? it.path}/${it.name}`.slice(folder.length + 1), bytes: size(`${it.parentPath ?? it.path}/${it.name}`) }));
const sum = (list) => list.reduce((sum, it) => sum + it.bytes, 0);
const of = (start) => bytes.filter((it) => it.name.startsWith(start));
const whole = sum(bytes);
const own = size(reader);

const meta = readFileSync(`${folder}/meta.js`, "utf8");
const titles = meta.split("\n").slice(4);
/** Queries as readers ask them: words of titles, whole titles, beginnings, and one that is nowhere. */
const queries = titles
  .filter((_, at) => at % 40 === 7)
  .map((it) => it.split("\t")[0])
  .flatMap((it, at) => [it.split(" ")[0], it, it.slice(0, 7 + (at % 4)), `${it.split(" ")[0]} Beratung`])
  .concat("Raumschifffahrtsmuseum", "§ 16h SGB II", "Jobcenter Übergang Schule Beruf");

const first = [];
const excerpts = [];
for (const query of queries) {
  const { index, loaded } = openFolder(folder);
  const { hits } = await index.search(query, { limit: 10 });
  first.push({ query, bytes: own + sum(loaded) });
  await Promise.all(hits.map((it) => it.excerpt()));
  excerpts.push({ query, bytes: own + sum(loaded) });
}
const { index } = openFolder(folder);
const times = [];
for (const query of [...queries, ...queries]) {
  const start = performance.now();
  const { hits } = await index.search(query, { limit: 10 });
  await Promise.all(hits.map((it) => it.excerpt()));
  times.push(performance.now() - start);
}

const sorted = (list) => list.map((it) => it.bytes).sort((one, other) => one - other);
const middle = (list) => sorted(list)[list.length >> 1];
const p95 = (list) => sorted(list)[Math.floor(list.length * 0.95)];
const later = times.slice(queries.length).sort((one, other) => one - other);
const kilo = (it) => `${(it / 1000).toFixed(1)} kB`;
console.log(`index ${kilo(whole)}: meta ${kilo(sum(of("meta")))}, terms ${kilo(sum(of("p/")))} in ${of("p/").length}, words ${kilo(sum(of("dict")))}, texts ${kilo(sum(of("t/")))} in ${of("t/").length}; reader ${kilo(own)}`);
console.log(`first query: median ${kilo(middle(first))}, p95 ${kilo(p95(first))}; with ten excerpts: median ${kilo(middle(excerpts))}, p95 ${kilo(p95(excerpts))}`);
console.log(`later queries with excerpts: p95 ${later[Math.floor(later.length * 0.95)].toFixed(1)} ms`);
const limits = [
  ["the index", whole, WHOLE],
  ["a first query", middle(first), FIRST],
  ["a first query with excerpts", middle(excerpts), WITH_EXCERPTS],
];
for (const [what, size, limit] of limits) {
  if (size <= limit) continue;
  console.log(`${what} is too large: ${kilo(size)} of ${kilo(limit)}`);
  process.exitCode = 1;
}
