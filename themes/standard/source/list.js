// Lets readers search and filter the list of a collection, as they do a table: with its
// search, its fields, its addresses.

import { addresses } from "./table/address.js";
import { engine } from "./table/engine.js";
import { filterFields } from "./table/fields.js";
import { print } from "./table/numbers.js";
import { NONE } from "./table/source.js";
import { SEARCH, announcer, askedColumns, chipList, filterWords, onAddress, remember, unknownText } from "./table/told.js";
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
  const showChips = chipList(find(tools, ".data-chips"), words, drop, () => change({ search: (input.value = ""), filters: new Map() }));
  let state = address.fresh();

  /** @param {Partial<State>} edit @param {boolean} [isTyping] */
  function change(edit, isTyping) {
    state = { ...state, ...edit };
    show();
    remember(address.write(state), isTyping);
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
    const asked = askedColumns(state);
    const texts = asked.map((it) => inWords(state, it));
    showChips(asked, texts, asked.length > 0);
    if (document.activeElement !== input) input.value = state.search;
    counter.textContent = fill(words.found, { n: print(rows.size, 0, lang), all: print(entries.length, 0, lang), rows: words.entries });
    tell([counter.textContent, texts.join("; ")].filter(Boolean).join(": "));
  }

  /** @param {number} column */
  function drop(column) {
    if (column === SEARCH) change({ search: (input.value = "") });
    else setFilter(column, {});
    input.focus();
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
