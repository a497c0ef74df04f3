// Reads the rows that stand in the page.

import { make, nameParts, once } from "./tools.js";

/** The code of a row without a choice. */
export const NONE = 65535;

const PRIME = 1000003;

/**
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Source} Source
 */

/** The text that is seen; explanations for screen readers stand behind it. @param {Element} cell */
export function seenText(cell) {
  return cell.firstChild?.textContent || "";
}

/**
 * The value of a cell in units: its digits, or what it says itself.
 * @param {Element} cell
 */
export function unitsOf(cell) {
  const own = cell.getAttribute("data-v");
  if (own !== null) return Number(own);
  const text = cell.firstChild instanceof Text ? cell.firstChild.data : "";
  let units = NaN;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit < 10) units = (units || 0) * 10 + digit;
  }
  return text[0] === "−" ? -units : units;
}

/**
 * A row that is shown has only the cells that are shown; the others stay in the row of the page,
 * so that none has to be held here.
 * @param {HTMLTableRowElement[]} rows @param {Block} block @returns {Source}
 */
export function pageSource(rows, { columns }) {
  /** @type {number[]} */
  let shown;
  /** Where the cell of each column is: its place among those that are shown, or `~` its place among the others. @type {number[]} */
  let places;
  /** That of each row at the moment. @type {number[][]} */
  const held = [];
  const shells = once(() => make("tr", {}));
  /** @param {number} row @param {number} column */
  const cell = (row, column) => {
    const at = held[row]?.[column] ?? ~column;
    return at < 0 ? rows[row].cells[~at] : shells(row).cells[at];
  };
  /** @param {number} row @param {number} column */
  const seen = (row, column) => seenText(cell(row, column));
  /** @param {number} row @param {number} column */
  const isMissing = (row, column) => /missing|unclear/.test(cell(row, column).className);
  return {
    count: rows.length,
    row(row) {
      const [whole, shell] = [rows[row], shells(row)];
      if (held[row] !== places) {
        if (held[row]) whole.replaceChildren(...columns.map((_, column) => cell(row, column)));
        held[row] = places;
        shell.append(...shown.map((column) => whole.cells[column]));
        nameParts(shell);
      }
      return shell;
    },
    cell,
    title: (row) => seen(row, 0),
    seen,
    isMissing,
    numbers: once((column) => Float64Array.from(rows, (_, row) => unitsOf(cell(row, column)))),
    codes: once((column) => {
      const known = new Map((columns[column].choices || []).map((choice, at) => [choice[0], at]));
      return Uint16Array.from(rows, (_, row) => (isMissing(row, column) ? NONE : (known.get(seen(row, column)) ?? NONE)));
    }),
    ranks: once((column) => Float64Array.from(columns[column].ranks || [], (it) => it ?? NaN)),
    arrange(next) {
      let others = 0;
      shown = next;
      places = columns.map((_, column) => {
        const at = shown.indexOf(column);
        return at < 0 ? ~others++ : at;
      });
    },
  };
}

/** Whether the numbers of a column are what the build has read. @param {Source} source @param {Block} block @param {number} column */
export function isProven(source, block, column) {
  let sum = 0;
  for (const units of source.numbers(column)) if (units === units) sum += ((units % PRIME) + PRIME) % PRIME;
  return sum % PRIME === block.columns[column].proof;
}
