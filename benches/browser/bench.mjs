// Measures the table in the browser beside what people use today. README.md says how.

import { appendFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { candidates } from "./candidates.mjs";
import { visit as inChromium } from "./chromium.mjs";
import { makeRows } from "./data.mjs";
import { visit as inFirefox } from "./firefox.mjs";
import { program } from "./project.mjs";
import { report } from "./report.mjs";
import { sizes } from "./sizes.mjs";

const { values: options } = parseArgs({
  options: {
    size: { type: "string", default: "400" },
    runs: { type: "string", default: "3" },
    only: { type: "string" },
    firefox: { type: "string", default: "kompendium,aggrid,datatables" },
    limit: { type: "string", default: "30000" },
    keep: { type: "boolean", default: false },
    report: { type: "boolean", default: false },
  },
});

const OUT = fileURLToPath(new URL("out", import.meta.url));
const RESULTS = join(OUT, "results.jsonl");

mkdirSync(OUT, { recursive: true });
if (!options.keep && !options.report) rmSync(RESULTS, { force: true });
const kompendium = program();
const all = await candidates(OUT, kompendium);
if (!options.report) await measure();
const records = readFileSync(RESULTS, "utf8").trim().split("\n").map((it) => JSON.parse(it));
console.log(report(records, all, sizes(all, OUT, kompendium)));

/** Every run visits all candidates, each time beginning with another one. */
async function measure() {
  const chosen = options.only ? all.filter((it) => options.only.split(",").includes(it.id)) : all;
  const fox = options.firefox.split(",");
  for (const size of options.size.split(",").map(Number)) {
    const rows = makeRows(size);
    const able = chosen.filter((it) => size <= it.most);
    for (let run = 0; run < Number(options.runs); run++) {
      const turn = able.map((_, at) => able[(at + run) % able.length]);
      for (const candidate of turn) await note(inChromium, candidate, rows, run);
      for (const candidate of turn.filter((it) => fox.includes(it.id))) await note(inFirefox, candidate, rows, run);
    }
  }
}

async function note(visit, candidate, rows, run) {
  const record = { id: candidate.id, size: rows.length, run, ...(await visit(candidate, rows, Number(options.limit))) };
  appendFileSync(RESULTS, JSON.stringify(record) + "\n");
  const said = [record.wrong, record.failures?.[0]].filter(Boolean).join("; ");
  console.error(`${record.browser} ${rows.length} ${candidate.id}: ${record.acts.length} steps ${said}`);
}
