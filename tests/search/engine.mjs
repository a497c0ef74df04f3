// The search of the theme in Node: reads the scripts of an index from a folder.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { runInThisContext } from "node:vm";

import { open } from "../../themes/standard/source/search/query.js";

/** Opens an index; `loaded` collects the files that were read and their sizes. */
export function openFolder(folder, loaded = []) {
  const load = async (address) => {
    const script = readFileSync(address);
    loaded.push({ address: address.slice(folder.length + 1), bytes: gzipSync(script, { level: 9 }).length });
    runInThisContext(script.toString());
  };
  return { index: open(`${folder}/`, load), loaded };
}
