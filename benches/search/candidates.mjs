// Our search and its peers: each makes its index of the same documents.

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const TOP = join(HERE, "../..");
const bin = (name) => join(HERE, "node_modules/.bin", name);

/** `make` builds into a folder of this name beside `pages`, and gives the seconds of CPU it took. */
export const candidates = [
  {
    id: "kompendium",
    label: "Kompendium",
    make: ({ file, folder }) => cpu([indexer(), "index", file, join(folder, "kompendium")]),
    reader: ["reader.js", join(TOP, "themes/standard/source/search/query.js"), "kompendium"],
    fromDisk: true,
  },
  {
    id: "pagefind",
    label: "Pagefind",
    make: ({ folder }) => cpu([bin("pagefind"), "--site", join(folder, "pages"), "--output-path", join(folder, "pagefind"), "--quiet"]),
  },
  {
    id: "minisearch",
    label: "MiniSearch",
    make: ({ file, folder }) => cpu(["node", join(HERE, "minisearch.mjs"), file, join(folder, "minisearch")]),
    reader: ["reader.js", join(HERE, "minisearch-reader.js"), "minisearch"],
  },
];

/** Builds an index, its reader, and the page that asks it. */
export function build(candidate, folder, corpus) {
  mkdirSync(join(folder, candidate.id), { recursive: true });
  const seconds = candidate.make({ file: corpus.file, folder });
  if (candidate.reader) {
    const [name, source, global] = candidate.reader;
    execFileSync(bin("esbuild"), [source, "--bundle", "--minify", "--format=iife", `--global-name=${global}`, `--outfile=${join(folder, candidate.id, name)}`, "--log-level=warning"]);
  }
  const adapter = readFileSync(join(HERE, "adapters", `${candidate.id}.js`), "utf8");
  writeFileSync(join(folder, `${candidate.id}.html`), `<!doctype html><html lang="de"><meta charset="utf-8"><title>${candidate.label}</title><script>${adapter}</script>`);
  return { seconds, bytes: bytesBelow(join(folder, candidate.id)) };
}

let compiled = "";
/** The program that makes our index: the one that SEARCH_INDEX names, or it is compiled once. */
function indexer() {
  if (process.env.SEARCH_INDEX) return process.env.SEARCH_INDEX;
  if (compiled) return compiled;
  execFileSync("cargo", ["build", "--release", "--locked", "--quiet", "--example", "search-index"], { cwd: TOP, stdio: ["ignore", "inherit", "inherit"] });
  return (compiled = join(TOP, "target/release/examples/search-index"));
}

/** Runs a program and returns its CPU time, user and system, of all threads. */
function cpu(command) {
  const script = `TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1`;
  const said = execFileSync("bash", ["-c", `{ ${script}; } 2>&1`, "bash", ...command], { encoding: "utf8" });
  return said.trim().split(" ").map(Number).reduce((one, other) => one + other);
}

/** What all files of an index take on the way to a reader. Programs for people to choose from are left out. */
function bytesBelow(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const chosen = files.filter((it) => !/^pagefind-(ui|modular-ui|component-ui|highlight)|\.unknown\./.test(it.name));
  return chosen.reduce((sum, it) => sum + sent(readFileSync(join(it.parentPath ?? it.path, it.name))).length, 0);
}

/** A file as a server sends it: compressed where that helps. */
export function sent(bytes) {
  const small = gzipSync(bytes, { level: 9 });
  return small.length < bytes.length ? small : bytes;
}
