// Makes municipalities that do not exist, in the 41 columns of this repository's own
// descriptor: the same ones on every machine.

import { readFileSync } from "node:fs";

const descriptor = JSON.parse(readFileSync(new URL("../../data/datapackage.json", import.meta.url), "utf8"));
const resource = descriptor.resources[0];
const ownLines = readFileSync(new URL("../../data/kommunen.csv", import.meta.url), "utf8").split(/\r?\n/);
const medians = ownLines[1].split(";");

/** The five rows of our own file that sum up, as they are written. */
export const summary = ownLines.slice(1, 6).map((it) => it.split(";"));

/** Part one and two of a name, and what may follow it. */
const BEGINNINGS = "Ham Stein Ober Unter Nieder Alten Neu Grün Schön Wald Berg Feld Mühl Eichen Linden Buch Stadt Kirch Königs Bären Hirsch Wolfs Rosen Sonnen Lüchen Zell Frei Hohen Klein Groß Süder Nord Ost West Brücken Äpfel Öl Über".split(" ");
const ENDINGS = "burg stadt hausen heim bach berg dorf feld furt ingen kirchen rode tal walde weiler au born brück münde see stein hofen".split(" ");
const ADDITIONS = ["", "", "", "", " am See", " an der Elbe", " (Kreis)", " in der Pfalz", " im Schwarzwald", " bei Köln", " a. d. Donau", " i. OB"];

/**
 * The columns: `kind` is "text", "choice" or "number"; the cells of numbers have
 * `decimals` decimals, as in our own file; `codes` are what the file says for each choice.
 */
export const columns = resource.schema.fields.map((field, at) => {
  const { id, short, group, unit } = field.kompendium;
  const decimals = /,(\d+)$/.exec(medians[at])?.[1].length ?? 0;
  const codes = new Map(field.categories?.map((it) => [it.label ?? it, it.value ?? it]));
  const choices = codes.size ? Array.from(codes.keys()) : null;
  const kind = choices ? "choice" : field.type === "string" ? "text" : "number";
  return { at, id, kind, choices, codes, decimals, unit, group, title: field.title ?? short ?? field.name, name: field.name, most: field.constraints?.maximum };
});

const place = (id) => columns.findIndex((it) => it.id === id);

/** Where the columns stand that are searched, filtered and sorted. */
export const NAME = place("name");
export const LAND = place("land");
export const POPULATION = place("einwohner");

/** Makes `count` rows of typed values: texts, numbers, `null` where there is none. */
export function makeRows(count) {
  const random = generator(42);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const names = new Map();
  const populations = new Set();
  const make = {
    zeile: (row) => row + 6,
    name: () => {
      const name = pick(BEGINNINGS) + pick(ENDINGS) + pick(ADDITIONS);
      const before = names.get(name) ?? 0;
      names.set(name, before + 1);
      return before ? `${name} ${before + 1}` : name;
    },
    // No two are alike, so that every order is one order.
    einwohner: () => {
      let people = Math.round(Math.exp(6 + random() * 8));
      while (populations.has(people)) people++;
      populations.add(people);
      return people;
    },
    land: () => pick(columns[LAND].choices),
    jba: () => 1 + Math.floor(random() * 3),
  };
  const cell = ({ kind, choices, decimals, most }) => {
    if (random() < 0.05) return null;
    if (kind === "choice") return pick(choices);
    const scale = 10 ** decimals;
    return Math.round((most ? random() * most : Math.exp(random() * 12)) * scale) / scale;
  };
  return Array.from({ length: count }, (_, row) => columns.map((it) => (make[it.id] ? make[it.id](row) : cell(it))));
}

const formats = [0, 1, 2].map((decimals) => new Intl.NumberFormat("de-DE", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));

/** Prints a value as a German table does. */
export function print({ kind, decimals }, value) {
  if (value === null) return "";
  return kind === "number" ? formats[decimals].format(value) : value;
}

/** Prints the CSV file: the five summary rows of our own file and the rows. */
export function csv(rows) {
  const cell = (it, value) => {
    if (it.id === "zeile") return String(value);
    return it.kind === "choice" && value !== null ? it.codes.get(value) : print(it, value);
  };
  return [...ownLines.slice(0, 6), ...rows.map((row) => columns.map((it) => cell(it, row[it.at])).join(";"))].join("\n") + "\n";
}

/**
 * Our descriptor for that file: the delivered columns, and nothing that speaks of
 * single rows. Pages of rows are made only where a site would have them.
 */
export function describe(count) {
  const { comparisons, derived, parts, total, similar, rowNote, pages, views, ...kompendium } = resource.kompendium;
  const delivered = (id) => columns.some((it) => it.id === id);
  const sameViews = views.map((it) => ({ ...it, columns: it.columns.filter(delivered) }));
  const withPages = count <= 400 ? { pages: { profiles: pages.profiles } } : {};
  return { ...descriptor, resources: [{ ...resource, kompendium: { ...kompendium, views: sameViews, ...withPages } }] };
}

/** An ordinary HTML table of the rows, as most tools start from. */
export function htmlTable(rows) {
  const head = columns.map((it) => `<th scope="col"${it.kind === "number" ? ' class="n"' : ""}>${escape(it.title)}</th>`).join("");
  const cell = (it, value) => {
    if (it.at === NAME) return `<th scope="row">${escape(value)}</th>`;
    return `<td${it.kind === "number" ? ' class="n"' : ""}>${escape(print(it, value))}</td>`;
  };
  const body = rows.map((row) => `<tr>${columns.map((it) => cell(it, row[it.at])).join("")}</tr>`).join("\n");
  return `<table id="t"><caption>Kommunen</caption><thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody></table>`;
}

function escape(text) {
  return String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;");
}

/** Numbers from 0 to 1 that look random and are always the same (mulberry32). */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
