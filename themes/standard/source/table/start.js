// The tools of one table: what is seen of its state, and what changes it.

import { MOST_COMPARED, addresses, withName } from "./address.js";
import { engine } from "./engine.js";
import { PICKED, fieldsInSight, filterFields } from "./fields.js";
import { middle, print } from "./numbers.js";
import { columnLayout, nameParts, rowDress, rowPainter } from "./paint.js";
import { isProven } from "./source.js";
import { copy, save, taking } from "./take.js";
import { addressWriter, announcer, askedColumns, filterWords, onAddress, printed, showChips, unknownText } from "./told.js";
import { button, fill, find, findInput, fold, folded, make, tickBox, upTo } from "./tools.js";

/**
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Filter} Filter
 * @typedef {import("./types.js").State} State
 * @typedef {(rows: HTMLTableRowElement[], block: Block) => import("./types.js").Source} Open
 */

/** In a longer table those that sum up stay in sight. */
const LONG = 15;
/** Values of more rows are summed up when the browser rests. */
const MANY = 5000;

/** @param {HTMLElement} section @param {Block} block @param {Open} open */
function start(section, block, open) {
  const { id, lang, columns, views, words } = block;
  const table = find(section, "table");
  const tools = find(section, ".data-tools");
  const input = findInput(tools, "input[type=search]");
  const chips = find(tools, ".data-chips");
  const counter = find(tools, ".data-count");
  const tell = announcer(find(tools, "[role=status]"));
  const viewButtons = find(tools, ".data-views");
  const alertBox = find(tools, ".data-notice");
  const scroll = find(section, ".data-scroll");
  const body = /** @type {HTMLTableSectionElement} */ (find(table, "tbody:not(.compare)"));
  const openers = Array.from(tools.querySelectorAll("[data-panel]")).filter((it) => it instanceof HTMLButtonElement);

  const heads = Array.from(/** @type {HTMLTableRowElement} */ (find(table, "thead tr:last-child")).cells);
  const labels = heads.map((it) => it.firstChild?.textContent?.trim() || "");
  const units = heads.map((it) => it.querySelector(".unit")?.textContent || "");
  const headings = heads.map((it, at) => labels[at] + (units[at] && " (" + units[at] + ")") + (it.querySelector(".derived") ? " " + it.querySelector(".derived")?.textContent : ""));
  const groups = ["", ...Array.from(/** @type {HTMLTableRowElement} */ (find(table, "thead .over")).cells).slice(1).flatMap((it) => Array(it.colSpan).fill(it.textContent || ""))];
  const all = upTo(columns.length);
  const summaryRows = Array.from(table.querySelectorAll("tbody.compare tr:not(.over)")).filter((it) => it instanceof HTMLTableRowElement);
  const summary = summaryRows.map((it) => Array.from(it.cells));
  const selection = [make("th", { scope: "row" }), ...all.slice(1).map(() => make("td", {}))];
  const selectionRow = make("tr", {}, ...selection);

  const source = open(Array.from(body.rows), block);
  const { count } = source;
  const found = engine(source, block, summary);
  const prefix = document.querySelectorAll("[data-table]").length > 1 ? id + "." : "";
  const address = addresses(source, block, prefix);
  const { field, choices } = filterFields(source, block, labels, units, found, (it) => state.filters.get(it) || {}, setFilter);
  const inWords = filterWords(block, labels, choices);
  const remember = addressWriter(() => address.write(state));
  const layOut = columnLayout(section, block, heads, labels, groups, [heads, ...summary, selection], source);
  const dress = rowDress(source, block, found, tick);
  table.append(make("tbody", { class: "compare selection" }, selectionRow));
  const painter = rowPainter(scroll, body, (row) => dress(row, state, openPanel === "compare"), block.packed);
  const { csv, html } = taking(source, block, labels, headings);

  let state = address.fresh();
  /** @type {number[]} The rows that are found, in their order. */
  let rows = [];

  // State: every change goes through here, is shown, and goes into the address.

  /** @param {(next: State) => unknown} edit @param {boolean} [isTyping] Then it is no step back of its own. */
  function change(edit, isTyping) {
    const before = state;
    state = { ...state };
    edit(state);
    show(before);
    remember(isTyping);
  }

  /** @param {number} column @param {Filter} filter @param {boolean} [isTyping] */
  function setFilter(column, filter, isTyping) {
    change((next) => {
      const filters = (next.filters = new Map(next.filters));
      const { filled, choices, least, most } = filter;
      if (filled || choices || least !== undefined || most !== undefined) filters.set(column, filter);
      else filters.delete(column);
    }, isTyping);
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

  /** @param {State} [before] */
  function show(before) {
    const isSifted = before?.filters !== state.filters || before.search !== state.search;
    if (before?.columns !== state.columns || before.cards !== state.cards) layOut(state.columns, state.cards);
    section.classList.toggle("data-dense", state.dense);
    section.classList.toggle("data-cards", state.cards);
    rows = found.search(state);
    painter.show(rows, emptyRow);
    showSelection();
    const asked = askedColumns(state).map((column) => ({ text: inWords(state, column), drop: () => drop(column) }));
    showChips(chips, words, asked, (asked.length > 0 || state.sort.length > 0) && reset);
    if (before?.sort !== state.sort) showSort();
    const view = address.viewOf(state.columns);
    views.forEach((it, at) => (viewButtons.children[at].ariaPressed = String(it === view)));
    for (const opener of openers) {
      const number = { filter: state.filters.size, columns: state.columns.length, compare: state.compare.length }[opener.dataset.panel || ""];
      find(opener, ".count").textContent = String(number || "");
    }
    if (document.activeElement !== input) input.value = state.search;
    lookBoxes.forEach(showLook);
    if (openPanel === "compare") compare();
    for (const update of follow) update(isSifted);
    counter.textContent = fill(words.found, { n: print(rows.length, 0, lang), all: print(count, 0, lang), rows: block.rows ?? words.rows });
    tell([counter.textContent, asked.map((it) => it.text).join("; ")].filter(Boolean).join(": "));
  }

  /** @type {ReturnType<typeof setTimeout>} */
  let summing;
  /** The row that sums up what is found. */
  function showSelection() {
    clearTimeout(summing);
    selection[0].textContent = fill(words.selection, { n: print(rows.length, 0, lang) });
    const sumUp = () => {
      for (const column of state.columns.slice(1)) selection[column].replaceChildren(...summed(column));
    };
    if (rows.length > MANY) summing = setTimeout(sumUp, 300);
    else sumUp();
  }

  /** @param {number} column */
  function summed(column) {
    const list = columns[column].statistics ? found.values(column, rows) : [];
    if (!list.length) return [];
    const range = fill(words.between, { from: printed(block, list[0], column), to: printed(block, list[list.length - 1], column) });
    const small = (/** @type {string} */ text) => make("small", {}, text);
    return [make("span", { class: "hidden" }, words.median + " "), printed(block, middle(list), column) + " ", small(range), " ", small(fill(words.values, { n: print(list.length, 0, lang) }))];
  }

  /** What is said where nothing is found: which filter to drop. */
  function emptyRow() {
    const node = make("td", { class: "none" }, words.nothing + " ");
    const without = askedColumns(state).map((column) => ({ column, more: upTo(count).filter((row) => found.passesOthers(row, column)).length }));
    const [best] = without.filter((it) => it.more).sort((a, b) => b.more - a.more);
    if (best) node.append(button(fill(words.drop, { filter: best.column < 0 ? words.search_name : inWords(state, best.column), n: best.more }), () => drop(best.column)));
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

  /** Up, down, as in the file; with Shift behind what is sorted already. @param {number} column @param {boolean} isAdded */
  function sortBy(column, isAdded) {
    change((next) => {
      const now = next.sort.find((it) => it.column === column);
      const rest = isAdded ? next.sort.filter((it) => it !== now) : [];
      next.sort = now?.down ? rest : [...rest, { column, down: Boolean(now) }];
    });
  }

  /** Shows columns or hides them; a new one takes its place in the page. @param {number[]} list @param {boolean} isShown */
  function choose(list, isShown) {
    change((next) => {
      const kept = next.columns.filter((it) => !list.includes(it));
      for (const column of isShown ? list : []) {
        const at = kept.findIndex((it) => it > column);
        kept.splice(at < 0 ? kept.length : at, 0, column);
      }
      next.columns = withName(kept);
    });
  }

  /** @param {number} column @param {number} by */
  function move(column, by) {
    change((next) => {
      const order = next.columns.filter((it) => it !== column);
      order.splice(Math.max(1, next.columns.indexOf(column) + by), 0, column);
      next.columns = order;
    });
  }

  // Panels: one is open at a time.

  let openPanel = "";
  /** @type {((isSifted: boolean) => void)[]} What is open follows the state, and knows whether filters have changed. */
  let follow = [];

  /** @param {string} name */
  const panel = (name) => find(tools, '[data-shows="' + name + '"]');

  /** Opens a panel and closes the one that is open. @param {string} name */
  function toggle(name) {
    if (openPanel) panel(openPanel).hidden = true;
    const isComparing = [openPanel, name].includes("compare");
    openPanel = openPanel === name ? "" : name;
    follow = [];
    for (const opener of openers) opener.ariaExpanded = String(opener.dataset.panel === openPanel);
    if (openPanel) {
      if (contents[name]) panel(name).replaceChildren(...contents[name]());
      panel(name).hidden = false;
    }
    section.dataset.open = openPanel;
    if (isComparing) show(state);
    for (const update of follow) update(true);
  }

  /** @type {Record<string, () => HTMLElement[]>} */
  const contents = { filter: filterPanel, columns: columnPanel };

  function filterPanel() {
    const named = all.filter((it) => columns[it].kind === "choice" || (!it && count <= PICKED));
    const listed = new Set([...named, ...state.columns.filter((it) => columns[it].bins), ...state.filters.keys()]);
    const fields = make("div", { class: "fields" });
    const { add, update } = fieldsInSight();
    const put = (/** @type {number} */ column) => {
      const one = field(column);
      fields.append(one.node);
      add(one);
      return one.node;
    };
    listed.forEach(put);
    follow.push(update);
    const rest = all.filter((it) => !listed.has(it) && columns[it].bins);
    const select = make("select", {}, ...rest.map((it) => make("option", { value: it }, labels[it])));
    const addOne = button(words.add, () => {
      const node = put(Number(select.value));
      select.selectedOptions[0].remove();
      findInput(node, "input[type=text]").focus();
      more.hidden = !select.options.length;
    });
    const more = make("div", { class: "acts", hidden: !rest.length }, make("label", { class: "more" }, words.more_columns, select), addOne);
    return [fields, more];
  }

  function columnPanel() {
    const lists = Array.from(new Set(groups.slice(1)), groupList);
    const search = make("input", { type: "search" });
    search.addEventListener("input", () => {
      const asked = fold(search.value);
      for (const { node, lines } of lists) {
        for (const line of lines) line.node.hidden = !folded(labels[line.column]).includes(asked);
        node.hidden = lines.every((it) => it.node.hidden);
      }
    });
    const order = make("ol", { class: "order" });
    follow.push(() => {
      for (const it of lists) it.show();
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.move : undefined;
      order.replaceChildren(...state.columns.slice(1).map(orderLine));
      if (focused) order.querySelectorAll("button").forEach((it) => it.dataset.move === focused && it.focus());
    });
    return [
      make("label", { class: "more" }, words.find_column, search),
      make("div", { class: "fields" }, ...lists.map((it) => it.node)),
      make("fieldset", {}, make("legend", {}, words.order), order),
    ];
  }

  /** The columns of a group, to be ticked. @param {string} title */
  function groupList(title) {
    const own = all.filter((it) => it && groups[it] === title);
    const whole = tickBox((isTicked) => choose(own, isTicked));
    const lines = own.map((column) => {
      const box = tickBox((isTicked) => choose([column], isTicked));
      return { column, box, node: make("li", {}, make("label", { class: "choice" }, box, labels[column])) };
    });
    return {
      node: make("fieldset", {}, make("legend", {}, make("label", { class: "choice" }, whole, title)), make("ul", { class: "choices" }, ...lines.map((it) => it.node))),
      lines,
      show() {
        for (const { box, column } of lines) box.checked = state.columns.includes(column);
        whole.checked = lines.every((it) => it.box.checked);
        whole.indeterminate = !whole.checked && lines.some((it) => it.box.checked);
      },
    };
  }

  /** @param {number} column */
  function orderLine(column) {
    const mover = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ word) =>
      button(sign, () => move(column, by), { class: "small", "data-move": column + "/" + by, "aria-label": fill(word, { column: labels[column] }) });
    return make("li", {}, make("span", {}, labels[column]), mover(-1, "↑", words.earlier), mover(1, "↓", words.later));
  }

  const lookBoxes = Array.from(panel("look").querySelectorAll("input"));

  /** What can be said of a state by a radio or a tick. @param {HTMLInputElement} box */
  function showLook(box) {
    const { value } = box;
    box.checked = value === "dense" || value === "cards" ? state[value] : value === state.look;
  }

  /** @param {HTMLInputElement} box */
  function changeLook({ value, checked }) {
    change((next) => {
      if (value === "dense" || value === "cards") next[value] = checked;
      else if (value === "bars" || value === "marks" || value === "plain") next.look = value;
    });
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

  /** @param {number} row @param {boolean} isTicked */
  function tick(row, isTicked) {
    change((next) => {
      const rest = next.compare.filter((it) => it !== row);
      next.compare = isTicked ? [...rest, row].slice(0, MOST_COMPARED) : rest;
    });
  }

  /** Shows the comparison in its panel. */
  function compare() {
    const number = state.compare.length;
    const [hint, clear, place] = ["p", "button", ".data-compared"].map((it) => find(panel("compare"), it));
    hint.textContent = fill(words[number < 2 ? "compare_hint" : "compare_full"], { n: number, most: MOST_COMPARED });
    clear.hidden = !number;
    place.hidden = number < 2;
    place.replaceChildren(...(number < 2 ? [] : [comparison()]));
  }

  function comparison() {
    const names = state.compare.map((row) => make("th", { scope: "col" }, source.cell(row, 0).firstChild?.cloneNode(true) || ""));
    const node = make("table", {}, make("caption", {}, words.compare_table), make("thead", {}, make("tr", {}, make("td", {}), ...names, make("th", { scope: "col" }, words.median))));
    let part = node.createTBody();
    let group = "";
    // A number of the row says nothing about it.
    for (const column of all.slice(1).filter((it) => columns[it].kind !== "number" || columns[it].bins)) {
      if (groups[column] !== group) {
        group = groups[column];
        part = node.createTBody();
        part.append(make("tr", {}, make("th", { scope: "rowgroup", colspan: names.length + 2 }, group)));
      }
      part.append(comparedLine(column));
    }
    return node;
  }

  /** @param {number} column */
  function comparedLine(column) {
    const { statistics } = columns[column];
    const cells = state.compare.map((row) => {
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

  // What one column is and offers.

  const about = find(section, ".data-about");
  const acts = Array.from(about.querySelectorAll("button"));
  let told = 0;

  /** @param {string | undefined} what */
  function act(what) {
    about.hidePopover();
    if (what === "hide") choose([told], false);
    else if (what === "left" || what === "right") move(told, what === "left" ? -1 : 1);
    else change((next) => (next.sort = [{ column: told, down: what === "down" }]));
  }

  /** @param {number} column @param {HTMLElement} opener */
  function openColumn(column, opener) {
    told = column;
    // The explanation stands below the table.
    const text = document.getElementById("spalte-" + columns[column].id)?.parentElement?.children || [];
    const { node, show } = field(column);
    find(about, ".about-title").textContent = labels[column];
    find(about, ".explained").replaceChildren(...Array.from(text).slice(1).map((it) => it.cloneNode(true)));
    find(about, ".about-field").replaceChildren(node);
    for (const it of acts.slice(2)) it.hidden = !column;
    show();
    const update = (/** @type {boolean} */ isSifted) => isSifted && show();
    follow.push(update);
    about.showPopover();
    const box = opener.getBoundingClientRect();
    const inside = (/** @type {number} */ wished, /** @type {number} */ size, /** @type {number} */ room) => Math.max(8, Math.min(wished, room - size - 8)) + "px";
    about.style.left = inside(box.right - about.offsetWidth, about.offsetWidth, innerWidth);
    about.style.top = inside(box.bottom + 4, about.offsetHeight, innerHeight);
    about.addEventListener("toggle", () => (follow = follow.filter((it) => it !== update)), { once: true });
  }

  // Paper.

  const head = make("p", { class: "data-printed" });

  function preparePrint() {
    painter.attachAll();
    const sources = state.columns.map((it) => document.getElementById("spalte-" + columns[it].id)?.parentElement?.querySelector("[data-source]")?.textContent);
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
    sort.addEventListener("click", (event) => sortBy(column, event.shiftKey || (!event.detail && isShifted)));
    const more = button("⋯", () => openColumn(column, more), { class: "head-more", "aria-label": fill(words.about, { column: labels[column] }), "aria-haspopup": "dialog" });
    head.append(sort, more);
    head.role = "columnheader";
    // Without this a cell would be read with the name of the second button.
    head.ariaLabel = headings[column];
  });
  table.before(head);
  table.role = "table";
  for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
  for (const row of table.querySelectorAll("thead tr, .over")) row.setAttribute("role", "row");
  [...summaryRows, selectionRow].forEach(nameParts);
  for (const view of views) viewButtons.append(button(view.title, () => change((next) => (next.columns = withName(view.columns)))));
  for (const opener of openers) {
    opener.append(make("span", { class: "count" }));
    opener.ariaExpanded = "false";
    opener.addEventListener("click", () => toggle(opener.dataset.panel || ""));
  }
  find(panel("compare"), "button").addEventListener("click", () => change((next) => (next.compare = [])));
  for (const box of lookBoxes) box.addEventListener("change", () => changeLook(box));
  for (const taker of panel("take").querySelectorAll("button")) taker.addEventListener("click", () => take(taker.dataset.take));
  for (const it of acts) it.addEventListener("click", () => act(it.dataset.act));
  section.classList.toggle("data-long", count > LONG);
  section.classList.toggle("data-linked", body.querySelector("th a") !== null);
  input.addEventListener("input", () => change((next) => (next.search = input.value), true));
  tools.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !openPanel || !(event.target instanceof Node) || !panel(openPanel).contains(event.target)) return;
    openers.find((it) => it.dataset.panel === openPanel)?.focus();
    toggle(openPanel);
  });
  /** @type {ReturnType<typeof setTimeout>} */
  let opening;
  body.addEventListener("click", ({ target, detail }) => {
    clearTimeout(opening);
    if (detail > 1 || !(target instanceof Element) || target.closest("a, button, input")) return;
    const link = target.closest("tr")?.querySelector("th a");
    // A double click selects a word, and who selects does not want to leave.
    if (link instanceof HTMLElement) opening = setTimeout(() => getSelection()?.isCollapsed && link.click(), 500);
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
  }, 50);

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
