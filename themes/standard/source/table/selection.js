// The row that sums up what is found: median, least and most of each column, and of how many.

import { middle, print } from "./numbers.js";
import { printed } from "./told.js";
import { fill, make, nameParts, once } from "./tools.js";

/** Values of more rows are summed up when the browser rests. */
const MANY = 5000;

/** @param {import("./types.js").Block} block @param {ReturnType<typeof import("./engine.js").engine>} found */
export function selectionRow(block, found) {
  const { columns, lang, words } = block;
  const cells = columns.map((_, at) => (at ? make("td", {}) : make("th", { scope: "row" })));
  const row = nameParts(make("tr", {}, ...cells));
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;

  /** What sums up a column: the word for its median, the median, least and most, and of how many. @param {number[]} rows @param {number} column */
  function summed(rows, column) {
    const list = columns[column].statistics ? found.values(column, rows) : [];
    if (!list.length) return [];
    const [from, to, median] = [list[0], list[list.length - 1], middle(list)].map((it) => printed(block, it, column));
    return [words.median + " ", median + " ", fill(words.between, { from, to }), " " + fill(words.values, { n: print(list.length, 0, lang) })];
  }

  /** Where that stands. */
  const places = once((column) => {
    const parts = [make("span", { class: "hidden" }), make("span", {}), make("small", {}), make("small", {})];
    cells[column].append(...parts);
    return parts;
  });

  return {
    cells,
    row,
    /** @param {number[]} rows Those that are found. @param {number[]} shown The columns. */
    show(rows, shown) {
      clearTimeout(waiting);
      cells[0].textContent = fill(words.selection, { n: print(rows.length, 0, lang) });
      const sumUp = () => {
        for (const column of shown.slice(1)) {
          const texts = summed(rows, column);
          places(column).forEach((it, at) => (it.textContent = texts[at] ?? ""));
        }
      };
      if (rows.length > MANY) waiting = setTimeout(sumUp, 300);
      else sumUp();
    },
  };
}
