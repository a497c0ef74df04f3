// A built site as a list of pages.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Reads the site in a folder:
 * `{root, files, pages}`, where a page is `{path, kind, size, url}`.
 */
export function readSite(folder) {
  const root = resolve(folder ?? "");
  if (!folder || !existsSync(join(root, "index.html"))) {
    throw new Error(`no site in ${root}: index.html is missing`);
  }
  const files = filesBelow(root).map((file) => relative(root, file).split(sep).join("/"));
  const pages = files.filter((file) => file.endsWith(".html")).map((path) => readPage(root, path));
  return { root, files: new Set(files), pages };
}

/** The pages a reader stays on: all but the ones that only lead elsewhere. */
export function contentPages(site) {
  return site.pages.filter((page) => page.kind !== "redirect");
}

/** One page of each kind, the longest, because it holds the most. */
export function onePerKind(site) {
  const longest = new Map();
  for (const page of contentPages(site)) {
    if (page.size > (longest.get(page.kind)?.size ?? 0)) longest.set(page.kind, page);
  }
  return [...longest.values()];
}

/** All pages of a small site; of a big one, one of each kind and an even sample. */
export function sample(site, limit) {
  const pages = contentPages(site);
  if (pages.length <= limit) return pages;
  const chosen = onePerKind(site);
  const step = Math.ceil(pages.length / (limit - chosen.length));
  return [...new Set([...chosen, ...pages.filter((_, index) => index % step === 0)])];
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

function readPage(root, path) {
  const file = join(root, path);
  const html = readFileSync(file, "utf8");
  return {
    path,
    kind: html.match(/<body\b[^>]*\bdata-kind="([^"]+)"/)?.[1] ?? guessKind(path, html),
    size: statSync(file).size,
    url: pathToFileURL(file).href,
  };
}

/** For themes whose pages do not say of which kind they are. */
function guessKind(path, html) {
  if (/<meta\b[^>]*http-equiv="?refresh/i.test(html)) return "redirect";
  if (path === "index.html") return "home";
  if (path === "404.html") return "404";
  if (html.includes("<table")) return "table";
  if (html.includes("<form")) return "form";
  return path.endsWith("/index.html") ? "section" : "page";
}
