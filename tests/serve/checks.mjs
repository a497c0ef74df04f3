// What a web server must do with a site, whichever it is.

import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { report } from "../browser/report.mjs";
import { HIDDEN, copied } from "./server.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".bib": "application/x-bibtex; charset=utf-8",
  ".ris": "application/x-research-info-systems; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
  ".csv": "text/csv",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ".zip": "application/zip",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
};
const UNPACK = { gzip: gunzipSync, br: brotliDecompressSync };
const MISSING = ["/fehlt.html", "/fehlt/tief/unten.html", "/assets/fehlt.0123456789.css", ...HIDDEN.map((it) => `/${it}`)];

/** Runs all checks on the site of the command line, served by what `serve` starts. */
export async function test(serve) {
  const site = copied(process.argv[2]);
  const server = await serve(site);
  try {
    await report(checks(site, server));
  } finally {
    server.stop();
    site.remove();
  }
}

/** The checks of a site that a server serves, for `report`. */
export function checks(site, server) {
  const each = (list, check) => async (found) => {
    for (const it of list) await check(it, found);
    return `${list.length} asked`;
  };
  return [
    { name: "every link and file of every page leads somewhere", run: (found) => crawl(server, found) },
    { name: "every file comes as it is, with its type and headers", run: each(site.files, plain(site, server)) },
    ...server.encodings.map((encoding) => ({
      name: `text comes packed by ${encoding} to those who ask`,
      run: each(site.files, packed(site, server, encoding)),
    })),
    { name: "what has not changed is not sent again", run: each(["index.html", asset(site)], unchanged(server)) },
    { name: "a folder shows its page", run: (found) => folders(site, server, found) },
    { name: "a missing address shows the page for that", run: each(MISSING, missing(site, server)) },
    { name: "nothing can be sent to it", run: each(["POST", "PUT", "DELETE"], refused(server)) },
  ];
}

/** Follows addresses from the start page on, as a reader could. */
async function crawl(server, found) {
  const seen = new Map([["/", "the start"]]);
  for (const [path, from] of seen) {
    const { status, headers, body } = await server.ask(path);
    if (status !== 200) found(from, `${path}: ${status}`);
    if (status !== 200 || !headers["content-type"].startsWith("text/html")) continue;
    for (const to of addresses(body.toString(), path)) if (!seen.has(to)) seen.set(to, path);
  }
  return `${seen.size} addresses`;
}

function addresses(html, path) {
  const base = new URL(path, "http://site.invalid");
  const written = [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map((match) => match[1].replaceAll("&amp;", "&"));
  return written
    .map((it) => new URL(it, base))
    .filter((it) => it.origin === base.origin)
    .map((it) => it.pathname);
}

const plain = (site, server) => async (file, found) => {
  const { status, headers, body } = await server.ask(address(file));
  if (status !== 200) return found(file, `${status}`);
  differs(found, file, headers, {
    "content-type": TYPES[extname(file)] ?? "a type that this test knows",
    "content-encoding": undefined,
    ...sentAlong(site, address(file)),
  });
  if (!body.equals(readFileSync(join(site.root, file)))) found(file, "is not what was built");
};

const packed = (site, server, encoding) => async (file, found) => {
  const asked = { "accept-encoding": encoding };
  const { status, headers, body } = await server.ask(address(file), asked);
  if (status !== 200) return found(file, `${status}`);
  const isPacked = existsSync(join(site.root, `${file}.${encoding === "br" ? "br" : "gz"}`));
  differs(found, file, headers, {
    "content-type": TYPES[extname(file)],
    "content-encoding": isPacked ? encoding : undefined,
    ...sentAlong(site, address(file)),
  });
  if (isPacked && !/accept-encoding/i.test(headers.vary ?? "")) found(file, "caches are not told that it depends on what is asked for");
  const unpacked = isPacked && headers["content-encoding"] === encoding ? UNPACK[encoding](body) : body;
  if (!unpacked.equals(readFileSync(join(site.root, file)))) found(file, "is not what was built");
};

const unchanged = (server) => async (file, found) => {
  const { headers } = await server.ask(address(file));
  const { status } = await server.ask(address(file), { "if-none-match": headers.etag ?? "none" });
  if (status !== 304) found(file, `${status} instead of 304`);
};

async function folders(site, server, found) {
  const names = site.files.filter((file) => /^[^/]+\/index\.html$/.test(file)).map((file) => file.split("/")[0]);
  for (const name of names) {
    const { status, headers } = await server.ask(`/${name}`);
    const target = new URL(headers.location ?? "/", "http://site.invalid").pathname;
    if (status !== 301 || target !== `/${name}/`) found(name, `${status} to ${target} instead of 301 to /${name}/`);
    const page = await server.ask(`/${name}/`);
    if (!page.body.equals(readFileSync(join(site.root, name, "index.html")))) found(`${name}/`, "is not its page");
  }
  return `${names.length} folders`;
}

const missing = (site, server) => async (path, found) => {
  const { status, headers, body } = await server.ask(path);
  differs(found, path, { status, ...headers }, { status: 404, "content-type": TYPES[".html"], ...sentAlong(site, "/404.html") });
  if (!body.equals(readFileSync(join(site.root, "404.html")))) found(path, "does not show 404.html");
};

const refused = (server) => async (method, found) => {
  const { status } = await server.ask("/index.html", {}, method);
  if (status < 400) found(method, `is answered with ${status}`);
};

function differs(found, where, headers, expected) {
  for (const [name, value] of Object.entries(expected)) {
    if (`${headers[name]}`.toLowerCase() !== `${value}`.toLowerCase()) found(where, `${name} is “${headers[name]}” instead of “${value}”`);
  }
}

/** What goes along with a file: what `_headers` says, and to ask again where it is silent. */
function sentAlong(site, path) {
  const rules = site.rules.filter((rule) => path.startsWith(rule.start));
  return Object.assign({ "cache-control": "no-cache" }, ...rules.map((rule) => rule.headers));
}

function asset(site) {
  return site.files.find((file) => file.startsWith("assets/"));
}

function address(file) {
  return `/${file.split("/").map(encodeURIComponent).join("/")}`;
}
