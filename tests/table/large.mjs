// Writes a project whose table is too large for its page:  node large.mjs PROJECT TARGET
//
// Every row of PROJECT stands there 70 times, `Kiel` as `Kiel 01` to `Kiel 70`; one cell has
// two lines. `tests/it/table.rs` makes the same rows.

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const TIMES = 70;
const SUMMARY_ROWS = 3;

const [project, target] = process.argv.slice(2);
cpSync(project, target, { recursive: true });
const file = join(target, "data/orte.csv");
const [head, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
const rows = lines.slice(SUMMARY_ROWS);
const copies = Array.from({ length: TIMES }, (_, at) => rows.map((row, place) => numbered(row, SUMMARY_ROWS + 1 + at * rows.length + place, at + 1)));
const all = [head, ...lines.slice(0, SUMMARY_ROWS), ...copies.flat()];
writeFileSync(file, all.join("\n").replaceAll("Zeile 1 | Zeile 2", "Zeile 1\nZeile 2") + "\n");

// Profiles of thousands of rows are another test; the file is whole now.
const descriptor = join(target, "data/datapackage.json");
const described = readFileSync(descriptor, "utf8");
writeFileSync(descriptor, described.replace(/ *"pages": .*\n/, "").replace(/ *"total": .*\n/, ""));

function numbered(row, number, copy) {
  const [, name, rest] = /^\d+;("(?:[^"]|"")*"|[^;]*)(;.*)$/.exec(row);
  const suffix = ` ${String(copy).padStart(2, "0")}`;
  return `${number};${name.endsWith('"') ? `${name.slice(0, -1)}${suffix}"` : name + suffix}${rest}`;
}
