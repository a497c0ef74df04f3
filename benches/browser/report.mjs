// Prints what was measured as Markdown: tables, and the targets beside them.

import { KINDS } from "./steps.mjs";

/** Returns the tables of all sizes, the bytes, and which targets are met. */
export function report(records, candidates, bytes) {
  const all = group(records, candidates);
  const measured = Array.from(new Set(records.map((it) => it.size))).sort((a, b) => a - b);
  return [...measured.map((size) => speed(all, size)), ...measured.map((size) => firefox(all, size)), files(bytes), targets(all, bytes)].filter(Boolean).join("\n\n");
}

/** One summary for each candidate, size and browser. A visit ends where wrong rows are shown. */
function group(records, candidates) {
  const keys = new Map();
  for (const record of records) {
    const key = `${record.browser} ${record.size} ${record.id}`;
    keys.set(key, [...(keys.get(key) ?? []), record]);
  }
  const summaries = Array.from(keys.values(), (list) => {
    const done = list.filter((it) => !it.wrong).length;
    const { id, size, browser } = list[0];
    const title = candidates.find((it) => it.id === id)?.title ?? id;
    const middle = (of) => quantile(list.map(of), 0.5);
    const acts = (kind, of) => list.flatMap((it) => it.acts.filter((act) => act.kind === kind).map(of)).filter((it) => it !== undefined);
    return { id, title, size, browser, visits: list.length, done, load: middle((it) => it.load?.task), heap: middle((it) => it.heap), nodes: middle((it) => it.nodes), acts };
  });
  return summaries.sort((a, b) => candidates.findIndex((it) => it.id === a.id) - candidates.findIndex((it) => it.id === b.id));
}

function speed(all, size) {
  const list = all.filter((it) => it.browser === "chromium" && it.size === size);
  if (!list.length) return "";
  const line = (it) => {
    const times = KINDS.map((kind) => pair(it.acts(kind, (act) => act.task)));
    const later = quantile(it.acts("clear", (act) => act.later), 0.5);
    return `| ${it.title} | ${it.done} of ${it.visits} | ${number(it.load)} | ${Number.isNaN(it.heap) ? "–" : (it.heap / 1e6).toFixed(1)} | ${number(it.nodes)} | ${times.join(" | ")} | ${number(later)} |`;
  };
  const head = `${size.toLocaleString("en")} rows, Chromium, milliseconds of the main thread (p50 / p95):\n\n| candidate | finished | load | heap, MB | DOM nodes | ${KINDS.join(" | ")} | idle after clear |\n|---|--:|--:|--:|--:|${KINDS.map(() => "--:|").join("")}--:|`;
  return [head, ...list.map(line)].join("\n");
}

function firefox(all, size) {
  const list = all.filter((it) => it.browser === "firefox" && it.size === size);
  if (!list.length) return "";
  const line = (it) => `| ${it.title} | ${it.done} of ${it.visits} | ${pair(it.acts("keystroke", (act) => act.wall))} | ${pair(it.acts("clear", (act) => act.wall))} | ${pair(it.acts("after a rest", (act) => act.wall))} |`;
  return [`${size.toLocaleString("en")} rows, Firefox, milliseconds by the clock on the wall (p50 / p95):\n\n| candidate | finished | keystroke | clear | after a rest |\n|---|--:|--:|--:|--:|`, ...list.map(line)].join("\n");
}

function files({ files, table, page }) {
  const line = (title, { raw, gzip, brotli }) => `| ${title} | ${number(raw)} | ${number(gzip)} | ${number(brotli)} |`;
  const head = "| bytes | raw | gzip | brotli |\n|---|--:|--:|--:|";
  const scripts = [...files].sort((a, b) => a.brotli - b.brotli).map((it) => line(`script and style: ${it.title} (${it.version})`, it));
  const own = [line("400 rows: our table", table.element), line("400 rows: our table with its data block", table.withBlock), line("400 rows: JSON of the bare values", table.values), line("400 rows: JSON of the same rows, heads and addresses", table.said), line(`75 rows: our page with ${page.files} scripts and styles`, page)];
  return [head, ...scripts, ...own].join("\n");
}

/** The targets; a ratio is of medians measured in the same run. */
function targets(all, bytes) {
  const get = (browser, size, id) => all.find((it) => it.browser === browser && it.size === size && it.id === id);
  const ratio = (of, browser, size, peer) => {
    const [own, other] = ["kompendium", peer].map((id) => get(browser, size, id)).map((it) => (it?.done === it?.visits && it ? of(it) : NaN));
    return own / other;
  };
  const act = (kind, share, of = (it) => it.task) => (it) => quantile(it.acts(kind, of), share);
  const own = bytes.files.find((it) => it.id === "kompendium");
  const rows = [
    ["script and style, brotli, bytes", own.brotli, 14_000],
    ["table ÷ JSON of the same rows, heads and addresses, brotli", bytes.table.element.brotli / bytes.table.said.brotli, 1.2],
    ["page with 75 rows, gzip, bytes", bytes.page.gzip, 120_000],
    ["400 rows: load ÷ DataTables", ratio((it) => it.load, "chromium", 400, "datatables"), 0.18],
    ["400 rows: load ÷ AG Grid", ratio((it) => it.load, "chromium", 400, "aggrid"), 1.5],
    ["400 rows: heap ÷ DataTables", ratio((it) => it.heap, "chromium", 400, "datatables"), 0.6],
    ["400 rows: keystroke, p50 ÷ AG Grid", ratio(act("keystroke", 0.5), "chromium", 400, "aggrid"), 0.85],
    ["400 rows: keystroke, p95 ÷ AG Grid", ratio(act("keystroke", 0.95), "chromium", 400, "aggrid"), 0.75],
    ["400 rows: keystroke, p50 ÷ DataTables", ratio(act("keystroke", 0.5), "chromium", 400, "datatables"), 0.3],
    ["400 rows: clear ÷ AG Grid", ratio(act("clear", 0.5), "chromium", 400, "aggrid"), 0.85],
    ["400 rows: clear ÷ DataTables", ratio(act("clear", 0.5), "chromium", 400, "datatables"), 0.06],
    ["400 rows: range ÷ AG Grid", ratio(act("range", 0.5), "chromium", 400, "aggrid"), 0.65],
    ["400 rows: range ÷ DataTables", ratio(act("range", 0.5), "chromium", 400, "datatables"), 0.2],
    ["400 rows: facet ÷ AG Grid", ratio(act("facet", 0.5), "chromium", 400, "aggrid"), 0.9],
    ["400 rows: facet ÷ SearchPanes", ratio(act("facet", 0.5), "chromium", 400, "searchpanes"), 0.1],
    ["400 rows: sort all ÷ AG Grid", ratio(act("sort all", 0.5), "chromium", 400, "aggrid"), 0.65],
    ["400 rows: highest p95 of a filter ÷ AG Grid", ratio((it) => Math.max(...["keystroke", "clear", "range", "facet"].map((kind) => act(kind, 0.95)(it))), "chromium", 400, "aggrid"), 0.7],
    ["10,000 rows: keystroke ÷ AG Grid", ratio(act("keystroke", 0.5), "chromium", 10_000, "aggrid"), 0.6],
    ["100,000 rows: keystroke ÷ AG Grid", ratio(act("keystroke", 0.5), "chromium", 100_000, "aggrid"), 0.25],
    ["400 rows, Firefox: keystroke ÷ AG Grid", ratio(act("keystroke", 0.5, (it) => it.wall), "firefox", 400, "aggrid"), 0.35],
  ];
  const line = ([what, value, target]) => {
    const shown = Number.isNaN(value) ? "not measured" : value > 100 ? number(value) : value.toFixed(2);
    const verdict = Number.isNaN(value) ? "–" : value <= target ? "met" : "not met";
    return `| ${what} | ${shown} | ≤ ${target > 100 ? number(target) : target} | ${verdict} |`;
  };
  return ["| target | measured | wanted | |\n|---|--:|--:|---|", ...rows.map(line)].join("\n");
}

function pair(values) {
  return values.length ? `${number(quantile(values, 0.5))} / ${number(quantile(values, 0.95))}` : "–";
}

function number(value) {
  return value === null || value === undefined || Number.isNaN(value) ? "–" : Math.round(value).toLocaleString("en");
}

/** The value below which this share of the values lies, between neighbours by proportion. */
function quantile(values, share) {
  const sorted = values.filter((it) => it !== undefined).sort((a, b) => a - b);
  if (!sorted.length) return NaN;
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}
