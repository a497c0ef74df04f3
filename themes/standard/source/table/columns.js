// Reads the rows of a large table, which stand as packed columns in a script of their own;
// elements are made only for rows that are seen.

import { print } from "./numbers.js";
import { NONE } from "./source.js";
import { make, nameParts, once, upTo } from "./tools.js";

/**
 * Whole numbers: the least one, the bytes of each distance from it, the distances in base64.
 * @typedef {[number, 1 | 2 | 4 | 8, string]} Packed
 */

/**
 * @typedef {object} PackedColumn
 * @property {Packed} [units] Of a column of numbers.
 * @property {Packed} [codes] Of a column of choices.
 * @property {string} [texts] A line for each row.
 * @property {Packed} [ranks] The order of the texts.
 * @property {Packed} [missing] Indexes of signs.
 * @property {[string, string, string][]} [signs] What is seen, its meaning, its kind.
 * @property {Record<string, [string, string | null]>} [odd] Numbers that are not shown by their digits alone.
 * @property {string} [urls] A line for each row, in the first column.
 */

/**
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Source} Source
 */

/** As many rows keep their elements. */
const KEPT = 400;

/** @param {Packed} packed @param {number} none */
function unpack([least, width, base64], none) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  const empty = 256 ** Math.min(width, 4) - 1;
  const size = bytes.length / width;
  const low = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: Uint32Array }[width];
  const list = new low(bytes.buffer);
  const numbers = new Float64Array(size);
  for (let at = 0; at < size; at++) {
    const high = width === 8 ? list[2 * at + 1] : 0;
    const value = width === 8 ? list[2 * at] : list[at];
    const isNone = value === empty && (width < 8 || high === empty);
    numbers[at] = isNone ? none : least + value + high * 2 ** 32;
  }
  return numbers;
}

/** The columns that a script beside the page has brought. @param {string} id @returns {PackedColumn[]} */
function packedColumns(id) {
  const script = document.getElementById(id + "-spalten");
  if (script instanceof HTMLScriptElement && "columns" in script) return /** @type {PackedColumn[]} */ (script.columns);
  throw new Error("the rows of the table are missing");
}

/** @param {HTMLTableRowElement[]} _ Those in the page are among the packed ones. @param {Block} block @returns {Source} */
export function columnSource(_, { id, columns, lang }) {
  const packed = packedColumns(id);
  const texts = once((column) => (packed[column].texts || "").split("\n"));
  const urls = once(() => (packed[0].urls ?? "").split("\n"));
  const numbers = once((column) => unpack(/** @type {Packed} */ (packed[column].units), NaN));
  const codes = once((column) => Uint16Array.from(unpack(/** @type {Packed} */ (packed[column].codes), NONE)));
  const ranks = once((column) => unpack(/** @type {Packed} */ (packed[column].ranks), NaN));
  const missing = once((column) => {
    const { missing: list } = packed[column];
    return list ? unpack(list, -1) : new Float64Array(count).fill(-1);
  });
  const count = texts(0).length;
  let shown = upTo(columns.length);
  /** @type {Map<number, {row: HTMLTableRowElement, cells: (column: number) => HTMLTableCellElement}>} */
  const made = new Map();

  /** What is seen, what it means and of which kind it is. @param {number} row @param {number} column @returns {[string, string | null, string]} */
  function told(row, column) {
    const { odd, signs } = packed[column];
    const sign = signs && missing(column)[row];
    if (signs && sign !== undefined && sign >= 0) return signs[sign];
    const { kind, decimals = 0, choices = [] } = columns[column];
    if (kind === "choice") {
      const [text, meaning] = choices[codes(column)[row]];
      return [text, meaning, ""];
    }
    if (kind === "text") return [texts(column)[row], null, ""];
    const [text, note] = odd?.[row] || [print(numbers(column)[row], decimals, lang), null];
    return [text, note, ""];
  }

  /** @param {number} row */
  function build(row) {
    const known = made.get(row);
    if (known) return known;
    if (made.size > KEPT) made.clear();
    const cells = once((column) => {
      if (!column) {
        const title = texts(0)[row];
        const url = urls(0)[row];
        return make("th", { scope: "row" }, url ? make("a", { href: url }, title) : title);
      }
      const [text, note, kind] = told(row, column);
      if (!note || note === text) return make("td", kind ? { class: kind } : {}, text);
      return make("td", kind ? { class: kind } : {}, make("span", { "aria-hidden": "true" }, text), make("span", { class: "hidden" }, note));
    });
    const entry = { row: nameParts(make("tr", {}, ...shown.map(cells))), cells };
    made.set(row, entry);
    return entry;
  }

  return {
    count,
    row: (row) => build(row).row,
    cell: (row, column) => build(row).cells(column),
    title: (row) => texts(0)[row],
    seen: (row, column) => (column ? told(row, column)[0] : texts(0)[row]),
    isMissing: (row, column) => missing(column)[row] >= 0,
    numbers,
    codes,
    ranks,
    arrange(next) {
      shown = next;
      made.clear();
    },
  };
}
