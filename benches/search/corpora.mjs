// What is searched: documents and queries of the tests, and of handbooks that are no part of
// this repository (tests/search/handbooks).

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const TESTS = fileURLToPath(new URL("../../tests/search", import.meta.url));
const test = (name) => join(TESTS, name);
const QUERIES = [test("queries.tsv"), test("own-queries.tsv"), test("unseen-queries.tsv")];
const OF_HANDBOOKS = ["queries.tsv", "queries-unseen.tsv", "queries-kept.tsv"].map((it) => test(`handbooks/${it}`));

/** Makes the corpus of this name in a folder: `{name, file, documents, queries}`. */
export function corpus(name, out) {
  mkdirSync(out, { recursive: true });
  const file = join(out, `${name}.txt`);
  const makers = {
    small: () => writeFileSync(file, readFileSync(test("documents.txt"))),
    large: () => {
      execFileSync("node", [test("corpus.mjs"), file, "1800"]);
      writeFileSync(file, `${readFileSync(test("documents.txt"), "utf8").trimEnd()}\n${readFileSync(file, "utf8")}`);
    },
    handbooks: () => execFileSync("node", [test("handbooks/fetch.mjs"), file, join(out, "packages")], { stdio: ["ignore", "inherit", "inherit"] }),
  };
  if (name !== "handbooks" || !existsSync(file)) makers[name]();
  const queries = name === "handbooks" ? OF_HANDBOOKS : QUERIES;
  return { name, file, documents: parse(readFileSync(file, "utf8")), queries: queries.flatMap(readQueries) };
}

/** Documents as `tests/search/index.rs` reads them. */
export function parse(text) {
  return `\n${text}`.split("\n=== ").slice(1).map((it) => {
    const end = it.indexOf("\n");
    const [id, kind, title, ...names] = it.slice(0, end).split(" | ");
    const sections = it.slice(end + 1).split("\n## ").map((part, at) => {
      if (at === 0) return { title: "", text: part };
      const [heading, ...rest] = part.split("\n");
      return { title: heading, text: rest.join("\n") };
    });
    return { id, kind, title, names, sections };
  });
}

function readQueries(name) {
  const lines = readFileSync(name, "utf8").trim().split("\n").slice(1);
  return lines.map((line) => {
    const [kind, query, expected = ""] = line.split("\t");
    return { kind, query, expected: expected.split(" ").filter(Boolean).map((it) => it.replace(/^kb\//, "")) };
  });
}

/** Writes each document as a plain page. */
export function writePages(documents, folder) {
  for (const { id, title, names, sections } of documents) {
    const file = join(folder, `${id}.html`);
    mkdirSync(dirname(file), { recursive: true });
    const other = names.length ? `<p>${names.map(escape).join(", ")}</p>` : "";
    const text = sections.map((it, at) => `${at ? `<h2 id="abschnitt-${at}">${escape(it.title)}</h2>` : ""}<p>${escape(it.text)}</p>`).join("\n");
    writeFileSync(file, `<!doctype html><html lang="de"><meta charset="utf-8"><title>${escape(title)}</title><body><main><h1>${escape(title)}</h1>${other}${text}</main>`);
  }
}

const escape = (text) => text.replace(/[&<>]/g, (it) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[it]);
