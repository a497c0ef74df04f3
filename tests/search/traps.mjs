// Does the search hold where a query is none?
//     node tests/search/traps.mjs FOLDER

import { openFolder } from "./engine.mjs";

const { index } = openFolder(process.argv[2]);
const kinds = (await index.search("Jugend")).types.map((it) => it.name);

const long = "Jugendberufsagentur ".repeat(500);
const queries = [
  "", " ", "\0", "\ud800", "%", "§", "\"", "„“", "🚀", "_", "-",
  long, "a".repeat(10_000), "ä".repeat(10_000), "*".repeat(10_000), "„".repeat(10_000), "(a+)+".repeat(2_000), "ue".repeat(5_000),
  "__proto__", "constructor", "hasOwnProperty", "toString", "__proto__ constructor", "sgb__proto__",
  "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", "`${1}`", "\\", "../../meta", "javascript:alert(1)",
];
const SLOWEST = 1_000;
let wrong = 0;

function fail(query, why) {
  wrong++;
  console.log(`${JSON.stringify(query.slice(0, 40))} (${query.length} signs): ${why}`);
}

for (const query of queries) {
  for (const type of ["", kinds[0], "__proto__", "constructor"]) {
    const start = performance.now();
    try {
      const { query: asked, words, hits, total, missing } = await index.search(query, { type, limit: 20 });
      if (asked !== query) fail(query, "the answer is to another query");
      if (words.length > 12 || hits.length > 20 || hits.length > total) fail(query, `${words.length} words, ${hits.length} of ${total} hits`);
      if (missing) fail(query, `${missing} files are missing`);
      for (const hit of hits) {
        const pieces = await hit.excerpt();
        if (!pieces.every((it) => typeof it.text === "string" && typeof it.marked === "boolean")) fail(query, "an excerpt is no text");
      }
      if (!kinds.includes(type) && type && hits.length) fail(query, `hits of the type ${type}, which is nowhere`);
    } catch (error) {
      fail(query, `threw ${error}`);
    }
    const took = performance.now() - start;
    if (took > SLOWEST) fail(query, `took ${Math.round(took)} ms`);
  }
}
const { hits } = await index.search(long);
if (!hits.length) fail(long, "finds nothing, though its words are there");
console.log(`${queries.length} traps: ${wrong} wrong`);
process.exitCode = wrong ? 1 : 0;
