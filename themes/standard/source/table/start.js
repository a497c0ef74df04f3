// The tools of one table: what is seen of its state, and what changes it.

import { LOOKS, MOST_COMPARED, addresses, withName } from "./address.js";
import { comparison } from "./comparison.js";
import { choosing, comparing, filtering, moving, sorting } from "./edits.js";
import { engine } from "./engine.js";
import { PICKED, filterFields } from "./fields.js";
import { print } from "./numbers.js";
import { columnLayout, rowDress, rowPainter } from "./paint.js";
import { columnPanel, columnPopover, explanation, filterPanel } from "./panels.js";
import { selectionRow } from "./selection.js";
import { isProven } from "./source.js";
import { copy, save, taking } from "./take.js";
import { announcer, askedColumns, chipList, filterWords, onAddress, remember, unknownText } from "./told.js";
import { button, fill, find, findInput, make, nameParts, upTo } from "./tools.js";

/**
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Filter} Filter
 * @typedef {import("./types.js").Panel} Panel
 * @typedef {import("./types.js").State} State
 * @typedef {(rows: HTMLTableRowElement[], block: Block) => import("./types.js").Source} Open
 */

/** In a longer table those that sum up stay in sight. */
const LONG = 15;

/** @param {HTMLElement} section @param {Block} block @param {Open} open */
function start(section, block, open) {
  const { id, lang, columns, views, words } = block;
  const table = find(section, "table");
  const tools = find(section, ".data-tools");
  const input = findInput(tools, "input[type=search]");
  const showChips = chipList(find(tools, ".data-chips"), words, drop, reset);
  const counter = find(tools, ".data-count");
  const tell = announcer(find(tools, "[role=status]"));
  const viewButtons = find(tools, ".data-views");
  const alertBox = find(tools, ".data-notice");
  const scroll = find(section, ".data-scroll");
  const body = /** @type {HTMLTableSectionElement} */ (find(table, "tbody:not(.compare)"));
  const openers = /** @type {HTMLButtonElement[]} */ (Array.from(tools.querySelectorAll("[data-panel]")));

  const heads = Array.from(/** @type {HTMLTableRowElement} */ (find(table, "thead tr:last-child")).cells);
  const labels = heads.map((it) => it.firstChild?.textContent?.trim() || "");
  const units = heads.map((it) => it.querySelector(".unit")?.textContent || "");
  const headings = heads.map((it, at) => {
    const derived = it.querySelector(".derived")?.textContent;
    return labels[at] + (units[at] && " (" + units[at] + ")") + (derived ? " " + derived : "");
  });
  const groups = ["", ...Array.from(/** @type {HTMLTableRowElement} */ (find(table, "thead .over")).cells).slice(1).flatMap((it) => Array(it.colSpan).fill(it.textContent || ""))];
  const all = upTo(columns.length);
  const summaryRows = /** @type {HTMLTableRowElement[]} */ (Array.from(table.querySelectorAll("tbody.compare tr:not(.over)")));
  const summary = summaryRows.map((it) => Array.from(it.cells));

  const source = open(Array.from(body.rows), block);
  const { count } = source;
  const found = engine(source, block, summary);
  const selection = selectionRow(block, found);
  const address = addresses(source, block);
  const { field, choices } = filterFields(source, block, labels, units, found, (it) => state.filters.get(it) || {}, setFilter, /** @type {HTMLTemplateElement} */ (find(tools, "template")));
  const inWords = filterWords(block, labels, choices);
  const layOut = columnLayout(section, block, heads, headings, groups, [heads, ...summary, selection.cells], source);
  const dress = rowDress(source, block, found, (row, isTicked) => change(comparing(row, isTicked)));
  table.append(make("tbody", { class: "compare selection" }, selection.row));
  const painter = rowPainter(scroll, body, (row) => dress(row, state, openPanel === "compare"), block.packed);
  const sideBySide = comparison(source, block, found, labels, units, groups);
  const { csv, html } = taking(source, block, labels, headings);

  let state = address.fresh();
  /** @type {number[]} The rows that are found, in their order. */
  let rows = [];

  // State: every change goes through here, is shown, and goes into the address.

  /** @param {import("./edits.js").Edit} edit @param {boolean} [isTyping] Then it is no step back of its own. */
  function change(edit, isTyping) {
    const before = state;
    state = { ...state };
    edit(state);
    show(before, isTyping);
    remember(address.write(state), isTyping);
  }

  /** @param {number} column @param {Filter} filter @param {boolean} [isTyping] */
  function setFilter(column, filter, isTyping) {
    change(filtering(column, filter), isTyping);
  }

  function readAddress() {
    const read = address.read(location.hash.slice(1));
    ({ state } = read);
    notice(unknownText(words, read.unknown));
    if (state.compare.length && openPanel !== "compare") toggle("compare");
    show();
  }

  /** @param {string} text */
  function notice(text) {
    alertBox.textContent = text;
    alertBox.hidden = !text;
  }

  // What is seen of the state.

  /** @param {State} [before] @param {boolean} [isTyping] */
  function show(before, isTyping) {
    const isNew = (/** @type {keyof State} */ part) => before?.[part] !== state[part];
    const isSifted = isNew("filters") || isNew("search");
    const isLaidOut = isNew("columns") || isNew("look");
    if (isLaidOut) layOut(state.columns, state.look.includes("cards"));
    for (const it of LOOKS) section.classList.toggle("data-" + it, state.look.includes(it));
    if (isSifted || isNew("sort")) rows = found.search(state);
    painter.show(rows, isLaidOut, emptyRow);
    if (isSifted || isLaidOut) selection.show(rows, state.columns);
    const asked = askedColumns(state);
    const texts = asked.map((it) => inWords(state, it));
    showChips(asked, texts, asked.length + state.sort.length > 0);
    if (isNew("sort")) showSort();
    const view = address.viewOf(state.columns);
    views.forEach((it, at) => (viewButtons.children[at].ariaPressed = String(it === view)));
    const numbers = /** @type {Record<string, number>} */ ({ filter: state.filters.size, columns: state.columns.length, compare: state.compare.length });
    for (const opener of openers) find(opener, ".count").textContent = String(numbers[opener.dataset.panel || ""] || "");
    if (document.activeElement !== input) input.value = state.search;
    // A radio that is set takes it from the one before, which is the plain look.
    for (const it of lookBoxes) it.checked = it.value === "plain" || state.look.includes(it.value);
    shownPanel?.update(isSifted, isTyping);
    if (isSifted) popover.update();
    counter.textContent = fill(words.found, { n: print(rows.length, 0, lang), all: print(count, 0, lang), rows: block.rows ?? words.rows });
    tell(counter.textContent + texts.map((it, at) => (at ? "; " : ": ") + it).join(""));
  }

  /** What is said where nothing is found: which filter to drop. */
  function emptyRow() {
    const node = make("td", { class: "none" }, words.nothing + " ");
    const without = askedColumns(state).map((column) => ({ column, more: upTo(count).filter((row) => found.passesOthers(row, column)).length }));
    const best = without.sort((a, b) => b.more - a.more)[0];
    if (best?.more) node.append(button(fill(words.drop, { filter: best.column < 0 ? words.search_name : inWords(state, best.column), n: best.more }), () => drop(best.column)));
    return make("tr", { class: "over" }, node);
  }

  /** @param {number} column */
  function drop(column) {
    if (column < 0) change((next) => (next.search = input.value = ""));
    else setFilter(column, {});
    input.focus();
  }

  function reset() {
    input.value = "";
    change((next) => Object.assign(next, { search: "", filters: new Map(), sort: [] }));
    input.focus();
  }

  function showSort() {
    heads.forEach((head, column) => {
      const at = state.sort.findIndex((it) => it.column === column);
      const [sort, place] = at < 0 ? [null, ""] : [state.sort[at].down ? "descending" : "ascending", state.sort.length > 1 ? String(at + 1) : ""];
      if (head.ariaSort !== sort) head.ariaSort = sort;
      const { dataset } = find(head, ".sort");
      if (dataset.place !== place) dataset.place = place;
    });
  }

  // Panels: one is open at a time.

  let openPanel = "";
  /** @type {Panel | undefined} */
  let shownPanel;

  /** @param {string} name */
  const panel = (name) => find(tools, '[data-shows="' + name + '"]');

  /** Opens a panel and closes the one that is open. @param {string} name */
  function toggle(name) {
    if (openPanel) panel(openPanel).hidden = true;
    const isComparing = [openPanel, name].includes("compare");
    openPanel = section.dataset.open = openPanel === name ? "" : name;
    for (const opener of openers) opener.ariaExpanded = String(opener.dataset.panel === openPanel);
    shownPanel = openPanel ? contents[name]?.() : undefined;
    if (openPanel) panel(name).hidden = false;
    if (shownPanel?.nodes) panel(name).replaceChildren(...shownPanel.nodes);
    if (isComparing) show(state);
    else shownPanel?.update(true);
  }

  /** @type {Record<string, () => Panel>} */
  const contents = {
    filter() {
      const named = all.filter((it) => columns[it].kind === "choice" || (!it && count <= PICKED));
      return filterPanel(block, labels, new Set([...named, ...state.columns.filter((it) => columns[it].bins), ...state.filters.keys()]), field);
    },
    columns: () => columnPanel(block, labels, groups, () => state.columns, change),
    compare: () => ({ update: compare }),
  };

  const lookBoxes = Array.from(panel("look").querySelectorAll("input"));

  function changeLook() {
    change((next) => (next.look = LOOKS.filter((look) => lookBoxes.some((it) => it.checked && it.value === look))));
  }

  /** @param {string | undefined} what */
  function take(what) {
    if (what === "print") return window.print();
    if (what === "excel" || what === "machine") {
      const name = id + "-" + words.file + (what === "excel" ? "-excel.csv" : ".csv");
      save(csv(rows, state.columns, what), name);
      return notice(fill(words.saved, { file: name }));
    }
    const isDone = what === "link" ? copy(location.href.split("#")[0] + "#" + address.write(state)) : copy(csv(rows, state.columns, "tabs"), html(rows, state.columns));
    notice(isDone ? words.copied : words.not_copied);
  }

  // Comparison: rows side by side, a column each.

  /** Shows the comparison in its panel. */
  function compare() {
    const number = state.compare.length;
    const [hint, clear, place] = ["p", "button", ".data-compared"].map((it) => find(panel("compare"), it));
    hint.textContent = fill(words[number < 2 ? "compare_hint" : "compare_full"], { n: number, most: MOST_COMPARED });
    clear.hidden = !number;
    place.hidden = number < 2;
    place.replaceChildren(...(number < 2 ? [] : [sideBySide(state.compare)]));
  }

  // What one column is and offers.

  const about = find(section, ".data-about");
  const popover = columnPopover(about, block, labels, field, (what, column) => {
    if (what === "hide") change(choosing([column], false));
    else if (what === "left" || what === "right") change(moving(column, what === "left" ? -1 : 1));
    else change((next) => (next.sort = [{ column, down: what === "down" }]));
    // A head that is moved or taken away loses the focus.
    (what === "hide" ? input : find(heads[column], ".sort")).focus();
  });

  // Paper.

  const head = make("p", { class: "data-printed" });

  function preparePrint() {
    painter.attachAll();
    const sources = state.columns.map((it) => explanation(block, it).map((part) => part.querySelector("[data-source]")?.textContent).join(""));
    const known = Array.from(new Set(sources)).filter(Boolean).join("; ");
    const filters = askedColumns(state).map((it) => inWords(state, it)).join("; ");
    head.textContent = [
      counter.textContent + ".",
      filters && fill(words.print_filters, { filters }),
      fill(words.print_date, { date: new Date().toLocaleDateString(lang) }),
      known && fill(words.print_sources, { sources: known }),
    ].filter(Boolean).join(" ");
  }

  // Start.

  heads.forEach((head, column) => {
    const sort = make("button", { type: "button", class: "sort" }, ...head.childNodes);
    // The click that Firefox makes of a key says nothing about Shift.
    let isShifted = false;
    sort.addEventListener("keydown", (event) => (isShifted = event.shiftKey));
    sort.addEventListener("click", (event) => change(sorting(column, event.shiftKey || (!event.detail && isShifted))));
    const more = button("⋯", () => popover.tell(column), { class: "head-more", "aria-label": fill(words.about, { column: labels[column] }), "aria-haspopup": "dialog" });
    more.popoverTargetElement = about;
    head.append(sort, more);
    head.role = "columnheader";
    // Without this a cell would be read with the name of the second button.
    head.ariaLabel = headings[column];
  });
  table.before(head);
  table.role = "table";
  for (const part of table.querySelectorAll("thead, tbody")) part.role = "rowgroup";
  for (const row of table.querySelectorAll("thead tr, .over")) row.role = "row";
  summaryRows.forEach(nameParts);
  for (const view of views) viewButtons.append(button(view.title, () => change((next) => (next.columns = withName(view.columns)))));
  for (const opener of openers) {
    opener.append(make("span", { class: "count" }));
    opener.ariaExpanded = "false";
    opener.addEventListener("click", () => toggle(opener.dataset.panel || ""));
  }
  find(panel("compare"), "button").addEventListener("click", () => {
    change((next) => (next.compare = []));
    input.focus();
  });
  for (const box of lookBoxes) box.addEventListener("change", changeLook);
  for (const taker of panel("take").querySelectorAll("button")) taker.addEventListener("click", () => take(taker.dataset.take));
  section.classList.toggle("data-long", count > LONG);
  section.classList.toggle("data-linked", body.querySelector("th a") !== null);
  input.addEventListener("input", () => change((next) => (next.search = input.value), true));
  tools.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !openPanel || !panel(openPanel).contains(/** @type {Node} */ (event.target))) return;
    openers.find((it) => it.dataset.panel === openPanel)?.focus();
    toggle(openPanel);
  });
  /** @type {ReturnType<typeof setTimeout>} */
  let opening;
  body.addEventListener("click", (event) => {
    clearTimeout(opening);
    const target = /** @type {Element} */ (event.target);
    if (event.detail > 1 || target.closest("a, button, input")) return;
    const link = /** @type {HTMLElement | null} */ (target.closest("tr")?.querySelector("th a"));
    // A double click selects a word, and who selects does not want to leave.
    opening = setTimeout(() => getSelection()?.isCollapsed && link?.click(), 500);
  });
  addEventListener("beforeprint", preparePrint);
  onAddress(readAddress);
  readAddress();
  section.dataset.ready = "";
  section.classList.toggle("data-packed", block.packed);
  // What will be asked for is read, and proven, while the reader looks for the first time.
  setTimeout(() => {
    found.prepare();
    for (const column of all) if (columns[column].kind === "number" && !block.packed && !isProven(source, block, column)) distrust(column);
  }, 300);

  /** Takes from a column what would be wrong if its digits were read. @param {number} column */
  function distrust(column) {
    columns[column] = { id: columns[column].id, width: columns[column].width, kind: "text" };
    source.numbers(column).fill(NaN);
    notice(fill(words.broken, { column: labels[column] }));
    setFilter(column, {});
  }
}

/**
 * Makes tools of all tables of the page that have a data block.
 * @param {Open} open Takes the rows that stand in the page.
 */
export function run(open) {
  document.documentElement.classList.add("scripted");
  document.addEventListener("DOMContentLoaded", () => {
    for (const section of document.querySelectorAll("[data-table]")) {
      const block = document.getElementById(section.getAttribute("data-table") + "-daten");
      if (!(section instanceof HTMLElement && block instanceof HTMLScriptElement)) continue;
      try {
        start(section, JSON.parse(block.text), open);
      } catch (error) {
        // The table stays as it is, and the page says that it is only that.
        section.classList.add("data-broken");
        console.error(error);
      }
    }
  });
}
