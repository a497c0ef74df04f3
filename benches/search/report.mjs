// The results as tables in Markdown.

const LABELS = { kompendium: "Kompendium", pagefind: "Pagefind", minisearch: "MiniSearch" };

export function report({ browser, results }) {
  return [`Chromium ${browser}.`, ...results.flatMap(tables)].join("\n\n");
}

function tables({ name, documents, queries, rows }) {
  const heads = rows.map((it) => LABELS[it.id]);
  const lines = [
    ["whole index, kB", (it) => kilo(it.bytes)],
    ["first query, median, kB", (it) => kilo(middle(it.first.map((one) => one.bytes)))],
    ["first query, median, requests", (it) => middle(it.first.map((one) => one.requests))],
    ["all queries, kB a query", (it) => kilo(mean(it.answers.slice(1).map((one) => one.bytes)))],
    ["first result from localhost, median, ms", (it) => milli(middle(it.first.map((one) => one.ms)))],
    ["first result at 10 Mbit/s and 50 ms, median, ms", (it) => milli(middle(it.slow.map((one) => one.ms)))],
    ["first result from `file://`, median, ms", (it) => (it.disk.length ? milli(middle(it.disk.map((one) => one.ms))) : "–")],
    ["following queries until ten titles, p50, ms", (it) => milli(middle(it.answers.slice(1).map((one) => one.titles)))],
    ["following queries until ten titles, p95, ms", (it) => milli(part(it.answers.slice(1).map((one) => one.titles), 0.95))],
    ["– with their excerpts, p50, ms", (it) => milli(middle(it.answers.slice(1).map((one) => one.ms)))],
    ["– with their excerpts, p95, ms", (it) => milli(part(it.answers.slice(1).map((one) => one.ms), 0.95))],
    ["– once everything is loaded, p50, ms", (it) => milli(middle(it.again.map((one) => one.ms)))],
    ["– once everything is loaded, p95, ms", (it) => milli(part(it.again.map((one) => one.ms), 0.95))],
    ["– from `file://` until ten titles, p50, ms", (it) => (it.allFromDisk ? milli(middle(it.allFromDisk.answers.slice(1).map((one) => one.titles))) : "–")],
    ["– from `file://` until ten titles, p95, ms", (it) => (it.allFromDisk ? milli(part(it.allFromDisk.answers.slice(1).map((one) => one.titles), 0.95)) : "–")],
    ["build, CPU s", (it) => it.seconds.toFixed(2)],
    ["recall@5", (it) => score(it, queries, "recall")],
    ["MRR@10", (it) => score(it, queries, "rank")],
  ];
  const kinds = [...new Set(queries.map((it) => it.kind))];
  const byKind = kinds.map((kind) => [`${kind} (${queries.filter((it) => it.kind === kind).length})`, (it) => `${score(it, queries, "recall", kind)}, ${score(it, queries, "rank", kind)}`]);
  return [
    `### ${name}: ${documents} documents, ${queries.length} queries`,
    table(["", ...heads], lines.map(([label, value]) => [label, ...rows.map(value)])),
    "Recall@5 and MRR@10 by class:",
    table(["", ...heads], byKind.map(([label, value]) => [label, ...rows.map(value)])),
  ];
}

function score(row, queries, key, kind) {
  const scores = queries.map((query, at) => ({ kind: query.kind, ...scored(query.expected, row.answers[at].found) }));
  return mean(scores.filter((it) => !kind || it.kind === kind).map((it) => it[key])).toFixed(kind ? 2 : 3);
}

/** As in `tests/search/relevance.mjs`: what is nowhere must not be found. */
function scored(expected, found) {
  if (!expected.length) return { recall: +!found.length, rank: +!found.length };
  const at = found.slice(0, 10).findIndex((it) => expected.includes(it));
  const hits = expected.filter((it) => found.slice(0, 5).includes(it)).length;
  return { recall: hits / Math.min(5, expected.length), rank: at < 0 ? 0 : 1 / (at + 1) };
}

const kilo = (bytes) => (bytes / 1000).toFixed(1);
const milli = (ms) => ms.toFixed(1);
const mean = (list) => list.reduce((sum, it) => sum + it, 0) / (list.length || 1);
const sorted = (list) => [...list].sort((one, other) => one - other);
const middle = (list) => sorted(list)[list.length >> 1];
const part = (list, share) => sorted(list)[Math.floor(list.length * share)];
const table = (head, rows) => [head, head.map((_, at) => (at ? "--:" : "---")), ...rows].map((it) => `| ${it.join(" | ")} |`).join("\n");
