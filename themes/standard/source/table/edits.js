// What a reader changes of the state: each gives an edit, which writes into the next state.

import { MOST_COMPARED, withName } from "./address.js";

/**
 * @typedef {import("./types.js").Filter} Filter
 * @typedef {import("./types.js").State} State
 * @typedef {(next: State) => unknown} Edit
 */

/** A filter that says nothing is none. @param {number} column @param {Filter} filter @returns {Edit} */
export const filtering = (column, filter) => (next) => {
  const filters = (next.filters = new Map(next.filters));
  const { filled, choices, least, most } = filter;
  if (filled || choices || least !== undefined || most !== undefined) filters.set(column, filter);
  else filters.delete(column);
};

/** Up, down, as in the file; behind what is sorted already, or alone. @param {number} column @param {boolean} isAdded @returns {Edit} */
export const sorting = (column, isAdded) => (next) => {
  const now = next.sort.find((it) => it.column === column);
  const rest = isAdded ? next.sort.filter((it) => it !== now) : [];
  next.sort = now?.down ? rest : [...rest, { column, down: Boolean(now) }];
};

/** Shows columns or hides them; a new one takes its place in the page. @param {number[]} list @param {boolean} isShown @returns {Edit} */
export const choosing = (list, isShown) => (next) => {
  const kept = next.columns.filter((it) => !list.includes(it));
  for (const column of isShown ? list : []) {
    const at = kept.findIndex((it) => it > column);
    kept.splice(at < 0 ? kept.length : at, 0, column);
  }
  next.columns = withName(kept);
};

/** @param {number} column @param {number} by @returns {Edit} */
export const moving = (column, by) => (next) => {
  const order = next.columns.filter((it) => it !== column);
  order.splice(Math.max(1, next.columns.indexOf(column) + by), 0, column);
  next.columns = order;
};

/** Takes a row into the comparison, or out of it. @param {number} row @param {boolean} isTicked @returns {Edit} */
export const comparing = (row, isTicked) => (next) => {
  const rest = next.compare.filter((it) => it !== row);
  next.compare = isTicked ? [...rest, row].slice(0, MOST_COMPARED) : rest;
};
