// Rows side by side, a column each.

import { printed } from "./told.js";
import { make, upTo } from "./tools.js";

/**
 * @param {import("./types.js").Source} source @param {import("./types.js").Block} block
 * @param {ReturnType<typeof import("./engine.js").engine>} found
 * @param {string[]} labels @param {string[]} units @param {string[]} groups
 * @returns {(rows: number[]) => HTMLTableElement}
 */
export function comparison(source, block, found, labels, units, groups) {
  const { columns, words } = block;
  // A number of the row says nothing about it.
  const told = upTo(columns.length).filter((it) => it && (columns[it].kind !== "number" || columns[it].bins));

  /** @param {number[]} rows @param {number} column */
  function line(rows, column) {
    const { statistics } = columns[column];
    const cells = rows.map((row) => {
      const own = source.cell(row, column);
      const node = make("td", { class: own.className.replace("gauge", "") }, ...Array.from(own.childNodes, (it) => it.cloneNode(true)));
      node.querySelector(".mark")?.remove();
      const value = statistics ? source.numbers(column)[row] : NaN;
      if (value === value) node.append(" ", make("small", {}, [words.lower, words.similar, words.higher][found.distance(column, value) + 1]));
      return node;
    });
    const { median } = statistics ? found.benchmark(column) : { median: NaN };
    const label = make("th", { scope: "row" }, labels[column] + " ", make("span", { class: "unit" }, units[column]));
    return make("tr", {}, label, ...cells, make("td", {}, median === median ? printed(block, median, column) : ""));
  }

  return (rows) => {
    const names = rows.map((row) => make("th", { scope: "col" }, source.cell(row, 0).firstChild?.cloneNode(true) || ""));
    const node = make("table", {}, make("caption", {}, words.compare_table), make("thead", {}, make("tr", {}, make("td", {}), ...names, make("th", { scope: "col" }, words.median))));
    let part = node.createTBody();
    let group = "";
    for (const column of told) {
      if (groups[column] !== group) {
        group = groups[column];
        part = node.createTBody();
        part.append(make("tr", {}, make("th", { scope: "rowgroup", colspan: rows.length + 2 }, group)));
      }
      part.append(line(rows, column));
    }
    return node;
  };
}
