// The state of a table as the part of an address behind the #, and back.
//
// `#suche=kreis&land=Bayern,Hessen&einwohner=20000..&sortierung=-miete`: a column is called
// by its id, everything else by a word of the theme. A column whose id is such a word has
// a dot before it; where a page has several tables, all keys begin with that of the table.

import { print, typed } from "./numbers.js";
import { addressNow } from "./told.js";
import { once, slug, upTo } from "./tools.js";

/**
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Filter} Filter
 * @typedef {import("./types.js").Source} Source
 * @typedef {import("./types.js").State} State
 */

const MOST_SIGNS = 200;
const MOST_PARTS = 50;
export const MOST_COMPARED = 6;

const WORDS = ["search", "sort", "columns", "view", "compare", "filled", "look"];
/** What a table can look like; it has bars or marks, not both. */
export const LOOKS = ["bars", "marks", "dense", "cards"];

/** @param {string} text @returns {string | null} None for what is no text at all. */
function decoded(text) {
  try {
    return decodeURIComponent(text).slice(0, MOST_SIGNS);
  } catch {
    return null;
  }
}

/** The columns with the name of the row before them. @param {number[]} columns */
export function withName(columns) {
  return [0, ...columns.filter((it) => it)];
}

/** @param {Source} source @param {Block} block */
export function addresses(source, block) {
  const { prefix, columns, words, views } = block;
  const keyOfWord = new Map(WORDS.map((it) => [it, words["key_" + it]]));
  const wordOfKey = new Map(WORDS.map((it) => [words["key_" + it], it]));
  /** @param {number} column */
  const keyOf = (column) => (wordOfKey.has(columns[column].id) ? "." : "") + columns[column].id;
  const columnOfKey = new Map(columns.map((_, at) => [keyOf(at), at]));

  /** The names of the rows in addresses, and back. */
  const rowIds = once(() => {
    const ids = upTo(source.count).map((row) => block.ids[row] ?? slug(source.title(row)));
    return { ids, known: new Map(ids.map((id, row) => [id, row])) };
  });
  /** @param {number} row */
  const rowId = (row) => rowIds(0).ids[row];

  /** @returns {State} */
  function fresh() {
    const start = withName(views[0].columns);
    return { search: "", filters: new Map(), sort: [], columns: start, compare: [], look: [] };
  }

  /** The view with exactly some columns. @param {number[]} shown */
  const viewOf = (shown) => views.find((it) => withName(it.columns).join() === shown.join());

  // Other tables of the page have their parts of the address, too.
  const others = Array.from(document.querySelectorAll("[data-table]"), (it) => it.getAttribute("data-table") + ".");
  const partsOf = (/** @type {string} */ hash) => hash.split("&").filter((it) => it.includes("="));
  const isOwn = (/** @type {string} */ part) => (prefix ? part.startsWith(prefix) : !others.some((it) => part.startsWith(it)));

  /** The parts of this table and those of the others. @param {State} state */
  function write(state) {
    /** @type {string[]} */
    const parts = [];
    /** @param {string} key @param {string} value */
    const add = (key, value) => {
      if (value) parts.push(prefix + encodeURIComponent(keyOfWord.get(key) || key) + "=" + value);
    };
    add("search", encodeURIComponent(state.search));
    for (const [column, filter] of state.filters) add(keyOf(column), filterValue(column, filter));
    add("filled", Array.from(state.filters).flatMap(([column, it]) => (it.filled ? keyOf(column) : [])).join());
    add("sort", state.sort.map((it) => (it.down ? "-" : "") + keyOf(it.column)).join());
    const view = viewOf(state.columns);
    if (!view) add("columns", state.columns.slice(1).map(keyOf).join() || keyOf(0));
    else if (view !== views[0]) add("view", view.id);
    add("compare", state.compare.map(rowId).join());
    add("look", state.look.map((it) => words["value_" + it]).join());
    return [...parts, ...partsOf(addressNow()).filter((it) => !isOwn(it))].join("&");
  }

  /** @param {number} column @param {Filter} filter */
  function filterValue(column, { choices, least, most }) {
    const { decimals = 0, choices: known = [] } = columns[column];
    const bound = (/** @type {number | undefined} */ it) => (it === undefined ? "" : print(it, decimals));
    if (choices) return Array.from(choices, (it) => (column ? encodeURIComponent(known[it][2]) : rowId(it))).join();
    return least === undefined && most === undefined ? "" : bound(least) + ".." + bound(most);
  }

  /** Reads an address; what it does not know is left out and told. @param {string} hash Without the #. */
  function read(hash) {
    const state = fresh();
    /** @type {string[]} */
    const unknown = [];
    const parts = partsOf(hash).filter(isOwn);
    for (const part of parts.slice(0, MOST_PARTS)) {
      const cut = part.indexOf("=");
      const key = decoded(part.slice(0, cut));
      const isKnown = key !== null && readPart(state, key.slice(prefix.length), part.slice(cut + 1));
      if (!isKnown) unknown.push((decoded(part) ?? part).slice(0, 60));
    }
    if (parts.length > MOST_PARTS) unknown.push("…");
    return { state, unknown };
  }

  /**
   * @param {State} state @param {string} key @param {string} value Still encoded.
   * @returns {boolean} Whether all of it is known.
   */
  function readPart(state, key, value) {
    const list = value.slice(0, MOST_PARTS * MOST_SIGNS).split(",").slice(0, MOST_SIGNS).map(decoded);
    /** The things that the list names, each once. @param {(name: string) => number | undefined} lookUp */
    const named = (lookUp) => Array.from(new Set(list.flatMap((it) => (it === null ? [] : (lookUp(it) ?? [])))));
    const columnsNamed = () => named((it) => columnOfKey.get(it));
    const column = columnOfKey.get(key);
    if (column !== undefined) return readFilter(state, column, value, named, list.length);
    switch (wordOfKey.get(key)) {
      case "search":
        state.search = decoded(value) ?? "";
        return decoded(value) !== null;
      case "sort": {
        for (const name of list) {
          const down = name?.[0] === "-";
          const column = columnOfKey.get((name || "").slice(Number(down)));
          if (column !== undefined && !state.sort.some((it) => it.column === column)) state.sort.push({ column, down });
        }
        return state.sort.length === list.length;
      }
      case "columns": {
        const found = columnsNamed();
        if (found.length) state.columns = withName(found);
        return found.length === list.length;
      }
      case "view": {
        const view = views.find((it) => it.id === list[0]);
        if (view) state.columns = withName(view.columns);
        return Boolean(view);
      }
      case "compare":
        state.compare = named((it) => rowIds(0).known.get(it)).slice(0, MOST_COMPARED);
        return state.compare.length === list.length;
      case "filled": {
        const found = columnsNamed();
        for (const it of found) state.filters.set(it, { ...state.filters.get(it), filled: true });
        return found.length === list.length;
      }
      case "look": {
        const found = LOOKS.filter((it) => list.includes(words["value_" + it]));
        state.look = found.filter((it, at) => it !== LOOKS[1] || !at);
        return state.look.length === list.length;
      }
    }
    return false;
  }

  /**
   * @param {State} state @param {number} column @param {string} value
   * @param {(lookUp: (name: string) => number | undefined) => number[]} named @param {number} asked How many names there are.
   */
  function readFilter(state, column, value, named, asked) {
    const { kind, decimals = 0, bins, choices: known = [] } = columns[column];
    const filter = state.filters.get(column);
    if (kind === "number") {
      const [from, to, more] = (decoded(value) ?? "").split("..");
      const [least, most] = [from, to].map((it, side) => (it ? typed(it, decimals, "", Boolean(side)) : undefined));
      if (!bins || to === undefined || more !== undefined || least === null || most === null) return false;
      if (least !== undefined || most !== undefined) state.filters.set(column, { ...filter, least, most });
      return true;
    }
    const found = named((it) => {
      if (!column) return rowIds(0).known.get(it);
      const at = known.findIndex((choice) => choice[2] === it);
      return at < 0 ? undefined : at;
    });
    if (found.length) state.filters.set(column, { ...filter, choices: new Set(found) });
    return found.length === asked;
  }

  return { fresh, viewOf, write, read };
}
