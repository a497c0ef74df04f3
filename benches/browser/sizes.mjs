// How many bytes travel: scripts and styles, and the table itself.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { columns, makeRows, summary } from "./data.mjs";
import { ourPage } from "./project.mjs";

/** Returns the sizes of each candidate's files, of our table, and of our whole page. */
export function sizes(candidates, out, kompendium) {
  ourPage(out, kompendium, makeRows(400));
  const files = candidates.map((it) => ({ id: it.id, title: it.title, version: it.version, ...sum(it.assets().map((file) => readFileSync(file))) }));
  return { files, table: table(out, kompendium), page: page(ourPage(out, kompendium, makeRows(75))) };
}

/**
 * The HTML of the table and its data block, beside JSON of the bare values, and of all that the
 * table says: heads with units, rows that sum up, and of each row its address and why a
 * value is missing.
 */
function table(out, kompendium) {
  const rows = makeRows(400);
  const html = readFileSync(ourPage(out, kompendium, rows), "utf8");
  const element = html.slice(html.indexOf("<table"), html.indexOf("</table>") + "</table>".length);
  const block = /<script type="application\/json"[^>]*>([^]*?)<\/script>/.exec(html)?.[1] ?? "";
  const addresses = Array.from(element.matchAll(/<th scope=row><a href="([^"]+)"/g), (it) => it[1]);
  const said = {
    columns: columns.map((it) => [it.title, it.unit]),
    summary,
    rows: rows.map((row, at) => [addresses[at], ...row.map((value) => value ?? "k. A.")]),
  };
  return {
    element: measure(element),
    withBlock: measure(element + block),
    block: measure(block),
    values: measure(JSON.stringify(rows)),
    said: measure(JSON.stringify(said)),
  };
}

/** The page and every script and style that it names. */
function page(path) {
  const html = readFileSync(path, "utf8");
  const names = Array.from(html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="([^"#]+\.(?:js|css))"/g), (it) => it[1]);
  const files = Array.from(new Set(names), (it) => join(dirname(path), it)).filter(existsSync);
  return { html: measure(html), files: files.length, ...sum([Buffer.from(html), ...files.map((it) => readFileSync(it))]) };
}

function sum(parts) {
  const each = parts.map(measure);
  const total = (key) => each.reduce((before, it) => before + it[key], 0);
  return { raw: total("raw"), gzip: total("gzip"), brotli: total("brotli") };
}

function measure(content) {
  const bytes = Buffer.from(content);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes, quality).length };
}
