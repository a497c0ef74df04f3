// Makes the index of MiniSearch:  node minisearch.mjs DOCUMENTS FOLDER

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import MiniSearch from "minisearch";
import { parse } from "./corpora.mjs";
import { OPTIONS } from "./minisearch-options.js";

const [file, folder] = process.argv.slice(2);
const index = new MiniSearch(OPTIONS);
index.addAll(
  parse(readFileSync(file, "utf8")).map(({ id, title, names, sections }) => ({
    id,
    title,
    names: names.join(" "),
    headings: sections.map((it) => it.title).join(" "),
    text: sections.map((it) => it.text).join(" "),
  })),
);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "index.json"), JSON.stringify(index));
