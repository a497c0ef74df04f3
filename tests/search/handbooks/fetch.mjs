// Makes documents of German handbooks that Debian has as packages:
//     node tests/search/handbooks/fetch.mjs FILE FOLDER
// FOLDER keeps what was fetched. Nothing of the texts is in this repository: apt-get fetches the
// packages by their names, and they are free (GFDL, GPL, CC BY-SA).

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where the German pages of a package lie, and what they are about. A page is one document, or one for each main section. */
const BOOKS = [
  { name: "gimp-help-de", id: "gimp", kind: "Bildbearbeitung", folder: "usr/share/gimp/2.0/help/de" },
  { name: "installation-guide-amd64", id: "installation", kind: "Installation", folder: "usr/share/doc/installation-guide-amd64/de" },
  { name: "debian-handbook", id: "handbuch", kind: "Verwaltung", folder: "usr/share/doc/debian-handbook/html/de-DE" },
  { name: "debian-reference-de", id: "referenz", kind: "Referenz", folder: "usr/share/debian-reference", files: /\.de\.html$/, inSections: true },
  { name: "debian-edu-doc-de", id: "schule", kind: "Schulnetz", folder: "usr/share/doc/debian-edu-doc-de", files: /bookworm-manual\.html$/, inSections: true },
];
/** Lists of what stands elsewhere. */
const NO_TEXT = /^(index|ix\d+|bi\d+|go\d+|toc|pr\d+s?\d*)(\.de)?\.html$/;

const [file, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const documents = BOOKS.flatMap(readBook);
writeFileSync(file, documents.map(written).join(""));
console.log(`${documents.length} documents`);

function readBook({ name, id, kind, folder: pages, files = /\.html$/, inSections }) {
  const top = join(fetched(name), pages);
  const names = readdirSync(top).filter((it) => files.test(it) && !NO_TEXT.test(it)).sort();
  return names.flatMap((it) => {
    const parts = sections(readFileSync(join(top, it), "utf8"));
    const groups = inSections ? byMainSection(parts) : [parts];
    return groups.filter(hasText).map((parts) => ({ id: `${id}/${inSections ? parts[0].id : it.replace(/(\.de)?\.html$/, "")}`, kind, title: parts[0].title, parts }));
  });
}

/** Fetches a package and unpacks it; returns the folder. */
function fetched(name) {
  const out = join(folder, name);
  const known = readdirSync(folder);
  if (!known.includes(name)) {
    if (!known.some((it) => it.startsWith(`${name}_`))) execFileSync("apt-get", ["download", name], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    const file = readdirSync(folder).find((it) => it.startsWith(`${name}_`));
    execFileSync("dpkg-deb", ["--extract", join(folder, file), out]);
  }
  return out;
}

/** Cuts a page at its headings: `{level, id, title, text}`, the first with what the page is called. */
function sections(html) {
  const body = html.replace(/^[\s\S]*?<body[^>]*>/, "").replace(/<div class="(nav(header|footer)|toc|list-of-[a-z]+)">[\s\S]*?<\/div>|<(script|style|title|nav|footer)[\s\S]*?<\/\3>|<ul class="docnav"[\s\S]*?<\/ul>/g, " ");
  const found = [...body.matchAll(/<h([1-6]) class="title"[^>]*>([\s\S]*?)<\/h\1>/g)];
  return found.map((it, at) => {
    const end = found[at + 1]?.index ?? body.length;
    const before = body.slice(Math.max(0, it.index - 400), it.index + it[0].length);
    const id = [...before.matchAll(/(?:id|name)="([^"]+)"/g)].map((one) => one[1]).filter((one) => !/^id[mp]?\d/.test(one)).pop() ?? "";
    return { level: Number(it[1]), id, title: headline(it[2]), text: plain(body.slice(it.index + it[0].length, end)) };
  });
}

/** Main sections begin at headings of the second level. */
function byMainSection(parts) {
  const groups = [];
  for (const it of parts) {
    if (it.level <= 2 || !groups.length) groups.push([it]);
    else groups.at(-1).push(it);
  }
  return groups.filter((it) => it[0].id);
}

function hasText(parts) {
  return parts.length > 0 && parts[0].title && parts.reduce((sum, it) => sum + it.text.length, 0) > 150;
}

/** Without its number: „9.1. “, „Kapitel 7. “. */
function headline(html) {
  return plain(html).replace(/^((Kapitel|Anhang|Teil|Chapter) )?([0-9]+|[A-Z]|[IVX]+)(\.[0-9]+)*\.? /, "").replace(/\|/g, "/");
}

function plain(html) {
  const signs = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0", apos: "'" };
  const text = html.replace(/<\/(p|li|div|td|th|dt|dd|tr|pre|h\d)>/g, " ").replace(/<[^>]*>/g, "");
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (all, ten, hex, name) => (ten ? String.fromCodePoint(ten) : hex ? String.fromCodePoint(parseInt(hex, 16)) : (signs[name] ?? all))).replace(/\s+/g, " ").trim();
}

function written({ id, kind, title, parts }) {
  const [first, ...others] = parts;
  const more = others.map((it) => `## ${it.title || "…"}\n${it.text}\n`).join("");
  return `=== ${id} | ${kind} | ${title}\n${first.text}\n${more}`;
}
