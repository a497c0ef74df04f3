// MiniSearch in the page: loads its index and asks it.

import MiniSearch from "minisearch";
import { OPTIONS } from "./minisearch-options.js";

export async function open(/** @type {string} */ address) {
  const index = MiniSearch.loadJSON(await (await fetch(address)).text(), OPTIONS);
  return { search: (/** @type {string} */ query) => index.search(query).slice(0, 10) };
}
