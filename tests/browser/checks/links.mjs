// A second opinion on links, from the finished pages and not from the generator.

import { posix } from "node:path";

/** Checks every address on every page against the files and ids of the site. */
export function links(site, facts) {
  return async (found) => {
    const ids = new Map([...facts].map(([path, page]) => [path, new Set(page.ids)]));
    let count = 0;
    for (const [path, page] of facts) {
      for (const link of page.addresses) {
        const problem = problemWith(link, path, site.files, ids);
        if (problem) found(path, `${link.element} ${link.address}: ${problem}`);
        count += 1;
      }
    }
    return `${count} links`;
  };
}

function problemWith({ element, rel, address }, from, files, ids) {
  if (address === "") return "empty address";
  const scheme = address.match(/^([a-z][a-z0-9+.-]*):/i)?.[1].toLowerCase();
  if (scheme) return problemWithScheme(scheme, element, rel);
  if (address.startsWith("/")) return "an absolute path works only at the top of a server";

  const [, path, query, fragment] = address.match(/^([^?#]*)(\?[^#]*)?(?:#(.*))?$/);
  const target = path === "" ? from : posix.normalize(posix.join(posix.dirname(from), decode(path)));
  if (target.startsWith("..")) return "leads out of the site";
  if (target.endsWith("/")) return "leads to a folder, which does not open from a disk";
  if (!files.has(target)) return query ? "no such file (before the ?)" : "no such file";
  if (!fragment || !ids.has(target)) return null;
  return ids.get(target).has(decode(fragment)) ? null : `no such place in ${target}`;
}

function problemWithScheme(scheme, element, rel) {
  if (["mailto", "tel"].includes(scheme)) return element === "a" ? null : "only a link may do this";
  if (["http", "https"].includes(scheme)) {
    const named = element === "a" || (element === "link" && /\b(canonical|alternate)\b/.test(rel));
    return named ? null : "is loaded from elsewhere";
  }
  if (scheme === "data") return element === "img" ? null : "only a picture may do this";
  return `the scheme ${scheme} is not allowed`;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
