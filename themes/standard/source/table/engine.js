// Which rows are found, in which order, and what can be said about them.

import { middle } from "./numbers.js";
import { NONE, unitsOf } from "./source.js";
import { SEARCH } from "./told.js";
import { fold, folded, once, upTo } from "./tools.js";

/**
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Filter} Filter
 * @typedef {import("./types.js").Source} Source
 * @typedef {import("./types.js").State} State
 */

/** @param {Source} source @param {Block} block @param {HTMLTableCellElement[][]} summary The cells of the rows that sum up. */
export function engine(source, block, summary) {
  const { columns } = block;
  const { count } = source;
  /** How many filters a row fails, and the last of them. */
  const fails = new Uint8Array(count);
  const lastFail = new Int16Array(count);
  /** @type {number[]} All rows in the order that was asked for last. */
  let order = [];
  /** What was asked for last. @type {Partial<State>} */
  let last = {};

  /** The choices of a column; the rows themselves, as many as they may be, for the column of names. @type {(column: number) => Uint16Array | Uint32Array} */
  const codes = once((column) => (column ? source.codes(column) : Uint32Array.from(upTo(count))));

  /** What a column is sorted by; NaN stands last. */
  const keys = once((column) => {
    const { kind } = columns[column];
    if (kind === "number") return source.numbers(column);
    if (kind === "text") return source.ranks(column);
    return Float64Array.from(codes(column), (it) => (it === NONE ? NaN : it));
  });

  const wordy = upTo(columns.length).filter((it) => columns[it].kind !== "number");
  const meanings = wordy.map((it) => new Map((columns[it].choices || []).map((choice) => [choice[0], choice[1]])));

  /** All words of a row, as they are compared. */
  const text = once((row) => {
    const texts = wordy.map((column, at) => {
      if (column && source.isMissing(row, column)) return "";
      const seen = source.seen(row, column);
      return seen + " " + (meanings[at].get(seen) || "");
    });
    return folded(texts.join("\n"));
  });

  /** Reads all words bit by bit. */
  function prepare(row = 0) {
    for (const stop = performance.now() + 8; row < count && performance.now() < stop; row++) text(row);
    if (row < count) setTimeout(prepare, 16, row);
  }

  /** @param {number} column @param {Filter} filter @returns {(row: number) => boolean | number} */
  function test(column, { choices, least = -Infinity, most = Infinity }) {
    if (choices) {
      const list = codes(column);
      return (row) => choices.has(list[row]);
    }
    // Comparing with NaN is never true, so this holds for "only with a value", too.
    const list = keys(column);
    return (row) => list[row] >= least && list[row] <= most;
  }

  /** Looks which filters each row fails. @param {State} state */
  function sift(state) {
    fails.fill(0);
    /** @type {[number, (row: number) => boolean | number][]} */
    const tests = Array.from(state.filters, ([column, filter]) => [column, test(column, filter)]);
    const asked = fold(state.search).split(/\s+/);
    if (asked.join("")) tests.push([SEARCH, (row) => asked.every((word) => text(row).includes(word))]);
    for (const [column, passes] of tests) {
      for (let row = 0; row < count; row++) {
        if (!passes(row)) {
          fails[row]++;
          lastFail[row] = column;
        }
      }
    }
  }

  /** Stable, and what is missing stands last both ways. @param {State["sort"]} wished */
  function sortRows(wished) {
    const by = wished.map(({ column, down }) => ({ list: keys(column), sign: down ? -1 : 1 }));
    return upTo(count).sort((a, b) => {
      for (const { list, sign } of by) {
        const [x, y] = [list[a], list[b]];
        if (x === y) continue;
        if (x !== x || y !== y) {
          if (x !== x && y !== y) continue;
          return x !== x ? 1 : -1;
        }
        return x < y ? -sign : sign;
      }
      return a - b;
    });
  }

  return {
    codes,
    keys,
    prepare,

    /** Finds the rows that pass all filters, in their order. @param {State} state */
    search(state) {
      const { filters, search, sort } = state;
      if (sort !== last.sort) order = sortRows(sort);
      if (filters !== last.filters || search !== last.search) sift(state);
      last = state;
      return filters.size || search ? order.filter((row) => !fails[row]) : order;
    },

    /** Whether a row passes every filter but that of a column. @param {number} row @param {number} column */
    passesOthers: (row, column) => !fails[row] || (fails[row] === 1 && lastFail[row] === column),

    /** The values of some rows, sorted. @param {number} column @param {number[]} rows */
    values(column, rows) {
      const list = source.numbers(column);
      return new Float64Array(rows.map((row) => list[row]).filter((it) => it === it)).sort();
    },

    /** @param {number} column */
    benchmark: once((column) => {
      const list = source.numbers(column).filter((it) => it === it).sort();
      if (!list.length) return { median: NaN, spread: NaN };
      const own = middle(list);
      const cells = block.median === null ? undefined : summary[block.median];
      const delivered = cells ? unitsOf(cells[column]) : NaN;
      return {
        // The delivered median where not all rows are here; the spread is always that of the rows.
        median: delivered === delivered ? delivered : own,
        spread: middle(list.map((it) => Math.abs(it - own)).sort()),
      };
    }),

    /** -1, 0 or 1: lower, similar, higher; the rule of the profiles. @param {number} column @param {number} value */
    distance(column, value) {
      const { median, spread } = this.benchmark(column);
      const difference = value - median;
      return Math.abs(difference) * 10000 <= spread * 14826 ? 0 : Math.sign(difference);
    },
  };
}
