// How good is the search in texts that it was not made with?
//     node tests/search/handbooks/run.mjs [FOLDER] [--verbose]
// fetches the handbooks, which takes apt-get and the network, makes their index and asks it.
// `queries.tsv` was written before the first answer was seen, and the search was then improved
// with it. `queries-unseen.tsv` was written by somebody who knew the handbooks and had not seen
// the search; all pages that answer are listed there. `queries-kept.tsv` judges more narrowly,
// and has changed nothing; it only informs.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const top = join(here, "../../..");
const words = process.argv.slice(2);
const work = words.find((it) => !it.startsWith("--")) ?? join(tmpdir(), "kompendium-handbooks");
const at = (name) => join(work, name);
const show = { cwd: top, stdio: ["ignore", "inherit", "inherit"] };

mkdirSync(work, { recursive: true });
if (!existsSync(at("handbooks.txt"))) execFileSync("node", [join(here, "fetch.mjs"), at("handbooks.txt"), at("packages")], show);
execFileSync("cargo", ["run", "--locked", "--quiet", "--example", "search-index", "--", "index", at("handbooks.txt"), at("index")], show);
for (const [name, counts] of [["queries.tsv", true], ["queries-unseen.tsv", true], ["queries-kept.tsv", false]]) {
  console.log(name);
  const { status } = spawnSync("node", [join(here, "../relevance.mjs"), at("index"), join(here, name), ...words.filter((it) => it.startsWith("--"))], show);
  if (status !== 0 && counts) process.exitCode = 1;
}
