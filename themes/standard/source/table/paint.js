// Shows rows and columns.
//
// What costs is the number of cells that are laid out: so only the rows on the screen are
// attached at once, the others when the browser rests. Then searching in the page,
// screen readers and paper see all of them.

import { LOOKS, MOST_COMPARED } from "./address.js";
import { fill, make, once, tickBox, upTo } from "./tools.js";

/**
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Source} Source
 * @typedef {import("./types.js").State} State
 */

/** More columns than these are printed as blocks, one for each row. */
const WIDE = 9;
const ROW_HEIGHT = 2.3;
const MOST_ATTACHED = 3000;

/**
 * @param {HTMLElement} section
 * @param {Block} block
 * @param {HTMLTableCellElement[]} heads
 * @param {string[]} labels With units.
 * @param {string[]} groups The title of the group of each column.
 * @param {HTMLTableCellElement[][]} others The cells of all rows but those of the source.
 * @param {Source} source
 */
export function columnLayout(section, { id, columns }, heads, labels, groups, others, source) {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  const groupRow = /** @type {HTMLTableRowElement} */ (heads[0].parentElement?.previousElementSibling);
  const scope = '[data-table="' + id + '"] ';

  /** The cells at some places of their rows. @param {number[]} places */
  const cellsAt = (places) => scope + "tr:not(.over)>:is(" + places.map((at) => ":nth-child(" + (at + 1) + ")").join() + ")";

  /** @param {number[]} shown */
  function groupHeads(shown) {
    /** @type {HTMLTableCellElement[]} */
    const cells = [];
    shown.forEach((column, at) => {
      if (at && groups[column] === groups[shown[at - 1]]) cells[cells.length - 1].colSpan++;
      else cells.push(make("th", { scope: "colgroup", role: "columnheader" }, make("span", {}, groups[column])));
    });
    for (const cell of cells) cell.style.gridColumn = "span " + cell.colSpan;
    groupRow.replaceChildren(groupRow.cells[0], ...cells);
  }

  /** Shows some columns in their order. @param {number[]} shown @param {boolean} isLabelled Whether the cells say on a screen, too, what they are. */
  return (shown, isLabelled) => {
    source.arrange(shown);
    // The row of a cell that is not shown is known by the first one, which always is.
    for (const cells of others) cells[0].parentElement?.replaceChildren(...shown.map((it) => cells[it]));
    const numeric = upTo(shown.length).filter((at) => columns[shown[at]].bins);
    const label = (/** @type {number} */ column, /** @type {number} */ at) => {
      const group = groups[column] === groups[shown[at - 1]] ? "" : ";--group:" + JSON.stringify(groups[column]);
      return at ? cellsAt([at]) + "{--label:" + JSON.stringify(labels[column]) + group + "}" : "";
    };
    const labelled = shown.map(label).join("\n");
    const widths = shown.slice(1).map((it) => columns[it].width + "ch");
    sheet.replaceSync(
      [
        "@media screen{" + scope + "tr{grid-template-columns:var(--name) " + widths.join(" ") + "}}",
        numeric.length ? cellsAt(numeric) + "{text-align:right}" : "",
        isLabelled ? labelled : "@media print{" + labelled + "}",
      ].join("\n"),
    );
    section.classList.toggle("data-wide", shown.length > WIDE);
    groupHeads(shown.slice(1));
  };
}

/**
 * @param {HTMLElement} scroll What the table scrolls in.
 * @param {HTMLTableSectionElement} body
 * @param {(row: number) => Element} dress Gives a row what it needs to be seen.
 * @param {boolean} isWindow Whether rows that are not on the screen are never attached.
 */
export function rowPainter(scroll, body, dress, isWindow) {
  /** @type {number[]} */
  let rows = [];
  /** Which of them are attached. */
  let [begin, end] = [0, 0];
  /** Asking an element for its place would lay out all rows. */
  let isScrolled = false;
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;
  const height = once(() => ROW_HEIGHT * parseFloat(getComputedStyle(document.documentElement).fontSize));
  /** The height that is left for rows; measured when the browser has laid out anyway. */
  let room = innerHeight * 0.75;
  const parts = [scroll, ...scroll.querySelectorAll("caption, thead, .compare")];
  const observer = new ResizeObserver(() => {
    // Rows that sum up stand below the others where they do not stay in sight.
    const heights = parts.map((it) => (it.matches(".compare") && getComputedStyle(it).position === "static" ? 0 : it.clientHeight));
    room = heights.reduce((left, height) => left - height);
  });
  for (const part of parts) observer.observe(part);
  /** A row has 37 pixels or more. */
  const onScreen = () => Math.max(8, Math.ceil(room / 37));

  /** Keeps the place of the rows that are not attached. */
  function reserve() {
    body.style.paddingTop = begin * ROW_HEIGHT + "rem";
    body.style.paddingBottom = (rows.length - end) * ROW_HEIGHT + "rem";
  }

  /** @param {number} from @param {number} to */
  function attach(from, to) {
    [begin, end] = [from, Math.min(to, rows.length)];
    put(rows.slice(begin, end).map(dress));
    reserve();
  }

  /** Rows that stay are not laid out again; of many, taking away all at once costs less. @param {Element[]} wanted */
  function put(wanted) {
    if (body.children.length > 4 * wanted.length) return body.replaceChildren(...wanted);
    const kept = new Set(wanted);
    for (const row of Array.from(body.children)) if (!kept.has(row)) row.remove();
    let next = body.firstElementChild;
    for (const row of wanted) {
      if (row === next) next = next.nextElementSibling;
      else body.insertBefore(row, next);
    }
  }

  function attachMore() {
    const stop = performance.now() + 8;
    do {
      const more = rows.slice(end, end + 40);
      body.append(...more.map(dress));
      end += more.length;
    } while (end < rows.length && performance.now() < stop);
    reserve();
    if (end < rows.length) waiting = setTimeout(attachMore, 16);
  }

  /** Attaches all rows, as far as a browser can take them. */
  function attachAll() {
    clearTimeout(waiting);
    attach(0, MOST_ATTACHED);
  }

  scroll.addEventListener(
    "scroll",
    () => {
      isScrolled = true;
      if (isWindow) {
        // An even one, so that the stripes stay where they are.
        const first = Math.max(0, Math.floor((scroll.scrollTop - body.offsetTop) / height(0) / 2) * 2 - 12);
        if (first !== begin) attach(first, first + onScreen() + 24);
      } else if (end < rows.length) attachAll();
    },
    { passive: true },
  );

  return {
    attachAll,
    /**
     * The same list stays where it is.
     * @param {number[]} list @param {boolean} isLaidOut Whether all rows are to be laid out again.
     * @param {() => Node} empty Makes what is shown where there is none.
     */
    show(list, isLaidOut, empty) {
      clearTimeout(waiting);
      if (list !== rows) {
        rows = list;
        if (isScrolled) scroll.scrollTop = 0;
        isScrolled = false;
        isLaidOut = true;
      }
      if (isScrolled || !isLaidOut) attach(begin, end);
      else attach(0, onScreen());
      if (!rows.length) body.append(empty());
      if (!isWindow && end < rows.length) waiting = setTimeout(attachMore, 200);
    },
  };
}

/**
 * Gives rows ticks, bars and marks.
 * @param {Source} source @param {Block} block @param {ReturnType<typeof import("./engine.js").engine>} found
 * @param {(row: number, isTicked: boolean) => void} tick
 */
export function rowDress(source, { columns, words }, found, tick) {
  const signs = /** @type {const} */ ([["▼", "lower"], ["≈", "similar"], ["▲", "higher"]]);

  /** @param {HTMLElement} row @param {number} at @param {State} state */
  function addTick(row, at, { compare }) {
    let box = row.querySelector("input");
    if (!box) {
      box = tickBox((isTicked) => tick(at, isTicked));
      box.className = "tick";
      box.ariaLabel = fill(words.tick, { row: source.title(at) });
      source.cell(at, 0).append(box);
    }
    box.checked = compare.includes(at);
    box.disabled = !box.checked && compare.length >= MOST_COMPARED;
  }

  /** Takes away what an earlier look has left. @param {HTMLElement} row */
  function undress(row) {
    for (const node of row.querySelectorAll(".mark")) node.remove();
    for (const node of row.querySelectorAll(".gauge")) node.removeAttribute("class");
  }

  /** @param {number} at @param {number} column @param {string} look */
  function decorate(at, column, look) {
    const { bins, statistics, better = 0 } = columns[column];
    const value = bins && statistics ? source.numbers(column)[at] : NaN;
    if (value !== value || !bins) return;
    const cell = source.cell(at, column);
    if (look === "bars") {
      const [start, step, bars] = bins;
      const least = Math.min(0, start);
      const place = (/** @type {number} */ it) => Math.round(((it - least) / (Math.max(0, start + step * bars) - least)) * 100) + "%";
      cell.className = "gauge";
      // From zero, to either side.
      cell.style.cssText = "--from:" + place(Math.min(0, value)) + ";--to:" + place(Math.max(0, value));
      return;
    }
    const where = found.distance(column, value);
    const [sign, word] = signs[where + 1];
    const worth = ["bad", "", "good"][where * better + 1];
    cell.append(make("span", { class: "mark " + worth }, make("span", { "aria-hidden": "true" }, sign), make("span", { class: "hidden" }, words[word])));
  }

  /** @param {number} at @param {State} state @param {boolean} isComparing */
  return (at, state, isComparing) => {
    const row = source.row(at);
    if (isComparing) addTick(row, at, state);
    const look = LOOKS.slice(0, 2).find((it) => state.look.includes(it)) || "";
    const dressed = look && look + state.columns;
    if ((row.dataset.look || "") !== dressed) {
      undress(row);
      row.dataset.look = dressed;
      if (look) for (const column of state.columns) decorate(at, column, look);
    }
    return row;
  };
}
