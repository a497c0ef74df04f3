// What a table must show: the plainest filter and sort there is.

import { LAND, NAME, POPULATION, columns } from "./data.mjs";

const texts = columns.filter((it) => it.kind !== "number").map((it) => it.at);

/**
 * Returns how many rows a state leaves and the names of the first three. A state is
 * `{search, least, most, land, sort}`; `sort` is "", "up" or "down", by population.
 */
export function expect(rows, state) {
  const found = rows.filter((row) => passes(row, state));
  if (state.sort) found.sort((a, b) => (a[POPULATION] - b[POPULATION]) * (state.sort === "up" ? 1 : -1));
  return { count: found.length, first: found.slice(0, 3).map((row) => row[NAME]) };
}

function passes(row, { search, least, most, land }) {
  const people = row[POPULATION];
  if ((least !== null && people < least) || (most !== null && people > most)) return false;
  if (land && row[LAND] !== land) return false;
  return !search || texts.some((at) => String(row[at] ?? "").toLowerCase().includes(search));
}
