// Lets readers search and filter the list of a collection, as they do a table: with its
// search, its fields, its addresses.

import { addresses } from "./table/address.js";
import { engine } from "./table/engine.js";
import { filterFields } from "./table/fields.js";
import { print } from "./table/numbers.js";
import { NONE } from "./table/source.js";
import { SEARCH, addressWriter, announcer, askedColumns, filterWords, onAddress, showChips, unknownText } from "./table/told.js";
import { fill, find, findInput, once } from "./table/tools.js";

/**
 * @typedef {import("./table/types.js").Block} Block
 * @typedef {import("./table/types.js").Column & {label: string, codes: (number | null)[]}} ListColumn
 * @typedef {import("./table/types.js").Filter} Filter
 * @typedef {import("./table/types.js").Source} Source
 * @typedef {import("./table/types.js").State} State
 */

const ENTRIES = ".items > li, .cards > li, .terms > div";

/** The entries are rows of one column of text, and one for each facet. @param {HTMLElement[]} entries @param {ListColumn[]} columns @returns {Source} */
function listSource(entries, columns) {
  const none = () => {
    throw new Error("a list has no cells");
  };
  return {
    count: entries.length,
    row: none,
    cell: none,
    title: (row) => entries[row].textContent || "",
    seen: (row, column) => (column ? "" : entries[row].textContent || ""),
    isMissing: () => false,
    numbers: none,
    codes: once((column) => Uint16Array.from(columns[column].codes, (it) => it ?? NONE)),
    ranks: () => entries.map(() => 0),
    arrange: none,
  };
}

/** @param {HTMLElement} section @param {{id: string, lang: "de" | "en", search: boolean, columns: ListColumn[], words: Record<string, string>}} told */
function start(section, told) {
  const { id, lang, words } = told;
  const columns = [/** @type {ListColumn} */ ({ id: words.key_search, kind: "text", label: "", width: 0, codes: [] }), ...told.columns];
  /** @type {Block} */
  const block = { id, lang, words, columns, prefix: "", packed: false, ids: {}, median: null, views: [{ id: "", title: "", columns: [] }] };
  const tools = find(section, ".data-tools");
  const input = findInput(tools, "input");
  const counter = find(tools, ".data-count");
  const alertBox = find(tools, ".data-notice");
  const tell = announcer(find(tools, "[role=status]"));
  /** @type {HTMLElement[]} */
  const entries = Array.from(section.querySelectorAll(ENTRIES));
  const labels = columns.map((it) => it.label);
  const source = listSource(entries, columns);
  const found = engine(source, block, []);
  const address = addresses(source, block);
  const { field, choices } = filterFields(source, block, labels, labels, found, (it) => state.filters.get(it) || {}, setFilter);
  const fields = told.columns.map((_, at) => field(at + 1));
  const inWords = filterWords(block, labels, choices);
  const remember = addressWriter(() => address.write(state));
  let state = address.fresh();

  /** @param {Partial<State>} edit @param {boolean} [isTyping] */
  function change(edit, isTyping) {
    state = { ...state, ...edit };
    show();
    remember(isTyping);
  }

  /** @param {number} column @param {Filter} filter */
  function setFilter(column, filter) {
    const filters = new Map(state.filters);
    if (filter.choices) filters.set(column, filter);
    else filters.delete(column);
    change({ filters });
  }

  function show() {
    const rows = new Set(found.search(state));
    entries.forEach((entry, row) => (entry.hidden = !rows.has(row)));
    for (const group of section.querySelectorAll(".group")) {
      if (group instanceof HTMLElement) group.hidden = entries.every((it) => it.hidden || !group.contains(it));
    }
    for (const it of fields) it.show();
    const drop = (/** @type {number} */ column) => {
      if (column === SEARCH) change({ search: (input.value = "") });
      else setFilter(column, {});
      input.focus();
    };
    const asked = askedColumns(state).map((column) => ({ text: inWords(state, column), drop: () => drop(column) }));
    showChips(find(tools, ".data-chips"), words, asked, asked.length > 0 && (() => change({ search: (input.value = ""), filters: new Map() })));
    if (document.activeElement !== input) input.value = state.search;
    counter.textContent = fill(words.found, { n: print(rows.size, 0, lang), all: print(entries.length, 0, lang), rows: words.entries });
    tell([counter.textContent, asked.map((it) => it.text).join("; ")].filter(Boolean).join(": "));
  }

  function readAddress() {
    const read = address.read(location.hash.slice(1));
    ({ state } = read);
    alertBox.textContent = unknownText(words, read.unknown);
    alertBox.hidden = !read.unknown.length;
    show();
  }

  find(tools, ".data-search").hidden = !told.search;
  find(tools, ".fields").append(...fields.map((it) => it.node));
  input.addEventListener("input", () => change({ search: input.value }, true));
  onAddress(readAddress);
  readAddress();
  section.dataset.ready = "";
}

document.documentElement.classList.add("scripted");
document.addEventListener("DOMContentLoaded", () => {
  const section = document.querySelector("[data-list]");
  const told = document.getElementById("liste-daten");
  if (section instanceof HTMLElement && told instanceof HTMLScriptElement) start(section, JSON.parse(told.text));
});
