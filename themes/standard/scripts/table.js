/* Makes a table of the site a tool: search, filter, sort, choose columns, compare, take along.

   The table in the page is the data. The build says in a data block beside it what the
   text of the cells does not: the order of words and classes, steps of histograms,
   views, the words of the page. Nothing is loaded, nothing is stored; the state of a
   table is the part of its address behind the #.

   1 small tools   2 reading   3 what is found   4 state and address   5 painting
   6 fields of filters   7 panels   8 comparison   9 taking along   10 start */
(function () {
  "use strict";

  /**
   * What the build says about a column.
   * @typedef {object} Column
   * @property {string} id
   * @property {number} width In characters.
   * @property {"number" | "choice" | "text"} kind
   * @property {number} [decimals] The cells are whole numbers of the last decimal, its "units".
   * @property {number} [proof] The sum of all units modulo 1000003.
   * @property {[number, number, number] | null} [bins] Start, step and count of the bars.
   * @property {boolean} [statistics] Whether a median says something.
   * @property {1 | -1} [better] Whether more is better or worse; neither without it.
   * @property {[string, string, string][]} [choices] As in the cell, its meaning, as in the file.
   * @property {(number | null)[]} [ranks] The place of each row in the order of texts.
   */

  /**
   * The data block of a table.
   * @typedef {object} Block
   * @property {string} id
   * @property {"de" | "en"} lang
   * @property {number | null} total How many rows there are in truth.
   * @property {number | null} median The summary row with the delivered median of all of them.
   * @property {{id: string, title: string, columns: number[]}[]} views The first is the start.
   * @property {Column[]} columns
   * @property {Record<string, string>} words
   */

  /**
   * What a reader asks of one column; bounds are in units, choices are indexes.
   * @typedef {{choices?: Set<number>, least?: number, most?: number, filled?: boolean}} Filter
   */

  /**
   * Everything that a reader can change and a link can say.
   * @typedef {object} State
   * @property {string} search
   * @property {Map<number, Filter>} filters By column.
   * @property {{column: number, down: boolean}[]} sort
   * @property {number[]} columns Those shown, in their order.
   * @property {number[]} compare Rows side by side.
   * @property {"plain" | "bars" | "marks"} look
   * @property {boolean} dense
   * @property {boolean} cards
   */

  document.documentElement.classList.add("scripted");

  // 1 Small tools

  const PRIME = 1000003;
  const NONE = 65535;
  const MOST_VALUE = 200;
  const MOST_FILTERS = 50;
  const MOST_COMPARED = 6;
  const WIDE = 9;
  const MANY = 15;

  /**
   * Makes an element; a text among the children becomes a text node.
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} name
   * @param {Record<string, string | boolean | number | (() => unknown)>} props Attributes; functions are listeners.
   * @param {...(Node | string)} children
   * @returns {HTMLElementTagNameMap[T]}
   */
  function make(name, props, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(props)) {
      if (typeof value === "function") node.addEventListener(key, value);
      else if (typeof value !== "boolean") node.setAttribute(key, String(value));
      else if (value) node.setAttribute(key, "");
    }
    node.append(...children);
    return node;
  }

  /** @param {(isTicked: boolean) => void} run */
  function tickBox(run) {
    const box = make("input", { type: "checkbox" });
    box.addEventListener("change", () => run(box.checked));
    return box;
  }

  /**
   * Finds what the template of the table promises.
   * @template {Element} T
   * @param {ParentNode} parent
   * @param {string} selector
   * @param {new () => T} type
   * @returns {T}
   */
  function find(parent, selector, type) {
    const found = parent.querySelector(selector);
    if (found instanceof type) return found;
    throw new Error("the template lacks " + selector);
  }

  /** @param {string} text With `{names}`. @param {Record<string, string | number>} values */
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, key) => (Object.hasOwn(values, key) ? String(values[key]) : whole));
  }

  /** Letters without marks: `ä` as `a`. @param {string} text */
  function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "");
  }

  /** Small letters, without the signs of gender forms. @param {string} text */
  function small(text) {
    return text.toLowerCase().replace(/ß/g, "ss").replace(/[*:_·]|\/-?(?=in)/g, "");
  }

  /** Letters as they are typed without umlauts: `ä` as `ae`. @param {string} text */
  function fold(text) {
    const umlauts = small(text).normalize("NFC").replace(/[äöü]/g, (it) => plain(it) + "e");
    return plain(umlauts);
  }

  /** @param {string} text A part of an address. */
  function slug(text) {
    return fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  }

  /** @param {string | undefined} text */
  function decoded(text) {
    try {
      return decodeURIComponent(text || "").slice(0, MOST_VALUE);
    } catch {
      return null;
    }
  }

  /** @param {string} text For HTML that is only copied, never shown here. */
  function escaped(text) {
    return text.replace(/[&<>"]/g, (it) => "&#" + it.charCodeAt(0) + ";");
  }

  /**
   * Prints a number for readers, as the build does.
   * @param {number} units @param {number} decimals @param {"de" | "en"} lang
   */
  function print(units, decimals, lang) {
    const [whole, fraction] = digits(units, decimals);
    const [group, point] = lang === "de" ? [".", ","] : [",", "."];
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
    return (units < 0 ? "−" : "") + grouped + (fraction && point + fraction);
  }

  /** Prints a number for programs. @param {number} units @param {number} decimals */
  function machine(units, decimals) {
    const [whole, fraction] = digits(units, decimals);
    return (units < 0 ? "-" : "") + whole + (fraction && "." + fraction);
  }

  /** @param {number} units @param {number} decimals @returns {[string, string]} */
  function digits(units, decimals) {
    const all = String(Math.abs(units)).padStart(decimals + 1, "0");
    const cut = all.length - decimals;
    return [all.slice(0, cut), all.slice(cut)];
  }

  /**
   * Reads a number that a reader has typed; none where it is not clear.
   * @param {string} text @param {number} decimals @param {"de" | "en" | "machine"} lang
   * @param {"floor" | "ceil"} round What becomes of more decimals than the column has.
   */
  function typed(text, decimals, lang, round) {
    const [group, point] = lang === "de" ? ["\\.", ","] : lang === "en" ? [",", "\\."] : ["_", "\\."];
    const form = new RegExp("^([-−–]?)(\\d{1,3}(?:" + group + "\\d{3})+|\\d{1,15})(?:" + point + "(\\d{0,9}))?$");
    const match = form.exec(text.replace(/[\s%€]/g, ""));
    if (!match) return null;
    const [, minus, whole = "", fraction = ""] = match;
    const exact = Number(whole.replace(/\D/g, "") + fraction.padEnd(decimals, "0").slice(0, decimals));
    const more = /[1-9]/.test(fraction.slice(decimals));
    const units = minus ? -exact : exact;
    if (!Number.isSafeInteger(units)) return null;
    // Towards the inside of the range that is asked for.
    if (more && round === "ceil" && !minus) return units + 1;
    if (more && round === "floor" && minus) return units - 1;
    return units;
  }

  // 2 Reading

  /**
   * @param {HTMLElement} section
   * @param {Block} block
   */
  function start(section, block) {
    const { columns, words, lang } = block;
    const table = find(section, "table", HTMLTableElement);
    const scroll = find(section, ".data-scroll", HTMLElement);
    const tools = find(section, ".data-tools", HTMLElement);
    const input = find(tools, "input[type=search]", HTMLInputElement);
    const heads = Array.from(find(table, "thead tr:not(.over)", HTMLTableRowElement).cells);
    const groupRow = find(table, "thead .over", HTMLTableRowElement);
    const body = find(table, "tbody:not(.compare)", HTMLTableSectionElement);
    const rows = Array.from(body.rows);
    const compare = table.querySelector("tbody.compare");
    const summary = compare ? Array.from(compare.querySelectorAll("tr")).slice(1) : [];
    const count = rows.length;
    const all = columns.map((_, at) => at);
    const labels = heads.map((it) => (it.firstChild ? it.firstChild.textContent || "" : "").trim());
    const units = heads.map((it) => (it.querySelector(".unit") || { textContent: "" }).textContent || "");
    const groups = groupTitles();
    const titles = rows.map((row) => cellText(row.cells[0]));
    const rowIds = uniqueIds();
    /** Where the cell of a column stands in its row. */
    let places = all.slice();

    function groupTitles() {
      const list = [""];
      for (const cell of Array.from(groupRow.cells).slice(1)) {
        for (let at = 0; at < cell.colSpan; at++) list.push(cell.textContent || "");
      }
      return list;
    }

    function uniqueIds() {
      const seen = new Map();
      return titles.map((title) => {
        const id = slug(title) || "zeile";
        const times = (seen.get(id) || 0) + 1;
        seen.set(id, times);
        return times > 1 ? id + "-" + times : id;
      });
    }

    /** The text that is seen; explanations for screen readers stand behind it. @param {Element} cell */
    function cellText(cell) {
      return (cell.firstChild && cell.firstChild.textContent) || "";
    }

    /** @param {HTMLTableRowElement} row @param {number} column */
    function cell(row, column) {
      return row.cells[places[column]];
    }

    /**
     * The value of a cell in units: its digits, or what it says itself.
     * @param {Element} node
     */
    function unitsOf(node) {
      const own = node.getAttribute("data-v");
      if (own !== null) return Number(own);
      const text = node.firstChild instanceof Text ? node.firstChild.data : "";
      let value = NaN;
      for (let at = 0; at < text.length; at++) {
        const digit = text.charCodeAt(at) - 48;
        if (digit >= 0 && digit < 10) value = (value || 0) * 10 + digit;
      }
      return text.charCodeAt(0) === 0x2212 ? -value : value;
    }

    /** @type {(Float64Array | undefined)[]} */
    const readNumbers = [];
    /** The numbers of a column in units; NaN where there is none. @param {number} column */
    function numbers(column) {
      return (readNumbers[column] ||= Float64Array.from(rows, (row) => unitsOf(cell(row, column))));
    }

    /** @type {(Uint16Array | undefined)[]} */
    const readCodes = [];
    /** The choices of a column as indexes; the rows themselves for the column of names. @param {number} column */
    function codes(column) {
      return (readCodes[column] ||= column === 0 ? Uint16Array.from(rows, (_, at) => at) : choiceCodes(column));
    }

    /** @param {number} column */
    function choiceCodes(column) {
      const known = new Map((columns[column].choices || []).map((choice, at) => [choice[0], at]));
      return Uint16Array.from(rows, (row) => {
        const node = cell(row, column);
        return node.className ? NONE : (known.get(cellText(node)) ?? NONE);
      });
    }

    /** @type {ArrayLike<number>[]} */
    const readKeys = [];
    /** What a column is sorted by; NaN stands last. @param {number} column */
    function keys(column) {
      return (readKeys[column] ||= sortKeys(column));
    }

    /** @param {number} column */
    function sortKeys(column) {
      const { kind, ranks = [] } = columns[column];
      if (kind === "number") return numbers(column);
      if (kind === "choice") return Float64Array.from(codes(column), (it) => (it === NONE ? NaN : it));
      return Float64Array.from(ranks, (it) => it ?? NaN);
    }

    /** @type {string[] | undefined} */
    let readTexts;
    /** All words of each row, in both spellings of umlauts. */
    function texts() {
      if (readTexts) return readTexts;
      const wordy = all.filter((it) => columns[it].kind !== "number");
      const meaning = wordy.map((it) => new Map((columns[it].choices || []).map((choice) => [choice[0], choice[1]])));
      readTexts = rows.map((row) => {
        const text = wordy.map((it, at) => {
          const seen = cellText(cell(row, it));
          return seen + " " + (meaning[at].get(seen) || "");
        });
        return plain(small(text.join("\n"))) + "\n" + fold(text.join("\n"));
      });
      return readTexts;
    }

    /** The choices of a column as a reader picks them, in order: index and name. @param {number} column */
    function choices(column) {
      if (column !== 0) return (columns[column].choices || []).map((it, at) => ({ code: at, name: it[1] }));
      const order = keys(0);
      const byName = rows.map((_, at) => ({ code: at, name: titles[at] }));
      return byName.sort((a, b) => order[a.code] - order[b.code]);
    }

    /** Whether the digits of a column are what the build has read. @param {number} column */
    function isProven(column) {
      let sum = 0;
      for (const value of numbers(column)) if (value === value) sum += ((value % PRIME) + PRIME) % PRIME;
      return sum % PRIME === columns[column].proof;
    }

    /** Takes from a column what would be wrong if its digits were read. @param {number} column */
    function distrust(column) {
      columns[column] = { id: columns[column].id, width: columns[column].width, kind: "text", ranks: [] };
      readKeys[column] = new Float64Array(count).fill(NaN);
      notice(fill(words.broken, { column: labels[column] }));
    }

    // 3 What is found

    /** @type {State} */
    let state = fresh();
    /** How many filters a row fails, and the last of them. */
    const fails = new Uint8Array(count);
    const lastFail = new Int16Array(count);
    /** @type {number[]} The rows that are found, in their order. */
    let found = [];
    /** @type {number[] | null} All rows in the order that was asked for. */
    let sorted = null;

    /** @returns {State} */
    function fresh() {
      return {
        search: "",
        filters: new Map(),
        sort: [],
        columns: shownOf(block.views[0].columns),
        compare: [],
        look: "plain",
        dense: false,
        cards: false,
      };
    }

    /** The name is always shown, and first. @param {number[]} list */
    function shownOf(list) {
      return [0, ...list.filter((it) => it !== 0)];
    }

    /** @param {number} column @param {Filter} filter @returns {(row: number) => boolean} */
    function test(column, filter) {
      const { choices: picked, least = -Infinity, most = Infinity } = filter;
      if (picked) {
        const list = codes(column);
        return (row) => picked.has(list[row]);
      }
      const list = keys(column);
      const hasBound = least > -Infinity || most < Infinity;
      return hasBound ? (row) => list[row] >= least && list[row] <= most : (row) => list[row] === list[row];
    }

    /** Looks which rows pass; the filter -1 is the search. */
    function search() {
      fails.fill(0);
      const asked = fold(state.search).split(/\s+/).filter(Boolean);
      /** @type {[number, (row: number) => boolean][]} */
      const tests = Array.from(state.filters, ([column, filter]) => [column, test(column, filter)]);
      if (asked.length) {
        const list = texts();
        tests.push([-1, (row) => asked.every((word) => list[row].includes(word))]);
      }
      for (const [column, passes] of tests) {
        for (let row = 0; row < count; row++) {
          if (!passes(row)) {
            fails[row]++;
            lastFail[row] = column;
          }
        }
      }
      const order = (sorted ||= sortRows());
      found = order.filter((row) => !fails[row]);
    }

    /** Stable, and what is missing stands last both ways. */
    function sortRows() {
      const order = rows.map((_, at) => at);
      const by = state.sort.map(({ column, down }) => ({ list: keys(column), sign: down ? -1 : 1 }));
      return by.length === 0
        ? order
        : order.sort((a, b) => {
            for (const { list, sign } of by) {
              const [x, y] = [list[a], list[b]];
              if (x === y) continue;
              if (x !== x && y !== y) continue;
              if (x !== x) return 1;
              if (y !== y) return -1;
              return x < y ? -sign : sign;
            }
            return a - b;
          });
    }

    /** Whether a row passes every filter but that of a column. @param {number} row @param {number} column */
    function passesOthers(row, column) {
      return fails[row] === 0 || (fails[row] === 1 && lastFail[row] === column);
    }

    /** The found values of a column, sorted. @param {number} column @param {number[]} list */
    function values(column, list) {
      const read = numbers(column);
      return Float64Array.from(list.map((row) => read[row]).filter((it) => it === it)).sort();
    }

    /** @param {ArrayLike<number>} list Sorted, not empty. */
    function middle(list) {
      const half = list.length >> 1;
      return list.length % 2 ? list[half] : (list[half - 1] + list[half]) / 2;
    }

    /** Prints a value of a column; a mean of two may need a decimal more. @param {number} value @param {number} column */
    function shown(value, column) {
      const decimals = columns[column].decimals || 0;
      return Number.isInteger(value) ? print(value, decimals, lang) : print(value * 10, decimals + 1, lang);
    }

    /**
     * What the values of a column are compared with: the delivered median where not all rows
     * are here, and the median distance of the values from their own.
     * @param {number} column
     */
    function benchmark(column) {
      const list = values(column, rows.map((_, at) => at));
      if (!list.length) return null;
      const own = middle(list);
      const row = block.median === null ? undefined : summary[block.median];
      const delivered = row ? unitsOf(cell(row, column)) : NaN;
      const distances = list.map((it) => Math.abs(it - own)).sort();
      return { median: delivered === delivered ? delivered : own, spread: middle(distances), isDelivered: delivered === delivered };
    }

    /** -1, 0 or 1: lower, similar, higher; the rule of the profiles. @param {number} value @param {{median: number, spread: number}} to */
    function distance(value, to) {
      const difference = value - to.median;
      return Math.abs(difference) * 10000 <= to.spread * 14826 ? 0 : Math.sign(difference);
    }

    // 4 State and address

    const prefix = document.querySelectorAll("[data-table]").length > 1 ? block.id + "." : "";
    const reserved = ["search", "sort", "columns", "view", "compare", "filled", "look", "dense", "cards"];
    const keyWords = new Map(reserved.map((it) => [it, words["key_" + it]]));
    /** How a column is called in an address. @param {number} column */
    const keyOf = (column) => {
      const id = columns[column].id;
      return Array.from(keyWords.values()).includes(id) ? "." + id : id;
    };
    const columnKeys = new Map(all.map((it) => [keyOf(it), it]));

    /** The state as the part of an address behind the #. */
    function address() {
      /** @type {[string, string][]} */
      const parts = [];
      const add = (/** @type {string} */ name, /** @type {string} */ value) => parts.push([keyWords.get(name) || name, value]);
      if (state.search) add("search", encodeURIComponent(state.search));
      for (const [column, filter] of state.filters) {
        const value = filterText(column, filter);
        if (value) parts.push([keyOf(column), value]);
      }
      const filled = Array.from(state.filters).filter(([, it]) => it.filled).map(([column]) => keyOf(column));
      if (filled.length) add("filled", filled.join(","));
      if (state.sort.length) add("sort", state.sort.map((it) => (it.down ? "-" : "") + keyOf(it.column)).join(","));
      const view = viewOf(state.columns);
      if (!view) add("columns", state.columns.slice(1).map(keyOf).join(","));
      else if (view !== block.views[0]) add("view", view.id);
      if (state.compare.length) add("compare", state.compare.map((it) => rowIds[it]).join(","));
      if (state.look !== "plain") add("look", words["value_" + state.look]);
      if (state.dense) add("dense", words.yes);
      if (state.cards) add("cards", words.yes);
      return parts.map(([key, value]) => prefix + encodeURIComponent(key) + "=" + value).join("&");
    }

    /** @param {number} column @param {Filter} filter */
    function filterText(column, { choices: picked, least, most }) {
      const decimals = columns[column].decimals || 0;
      const bound = (/** @type {number | undefined} */ it) => (it === undefined ? "" : machine(it, decimals));
      if (picked) {
        const name = (/** @type {number} */ code) => (column === 0 ? rowIds[code] : encodeURIComponent((columns[column].choices || [])[code][2]));
        return Array.from(picked, name).join(",");
      }
      return least === undefined && most === undefined ? "" : bound(least) + ".." + bound(most);
    }

    /** @param {number[]} shownColumns */
    function viewOf(shownColumns) {
      return block.views.find((it) => shownOf(it.columns).join() === shownColumns.join());
    }

    /** Reads the address; what it does not know is left out and said. */
    function readAddress() {
      const next = fresh();
      /** @type {string[]} */
      const unknown = [];
      const parts = location.hash.slice(1).split("&").filter((it) => it.includes("="));
      for (const part of parts.slice(0, MOST_FILTERS)) {
        const cut = part.indexOf("=");
        const key = decoded(part.slice(0, cut));
        if (key === null || !key.startsWith(prefix)) continue;
        const problem = readPart(next, key.slice(prefix.length), part.slice(cut + 1));
        if (problem) unknown.push((decoded(part) || part).slice(0, 60));
      }
      if (parts.length > MOST_FILTERS) unknown.push("…");
      state = next;
      sorted = null;
      notice(unknown.length ? fill(words.unknown, { parts: unknown.slice(0, 5).join(", ") }) : "");
    }

    /**
     * @param {State} next @param {string} key @param {string} value Still encoded.
     * @returns {boolean} Whether something in it is not known.
     */
    function readPart(next, key, value) {
      const list = value.slice(0, 50 * MOST_VALUE).split(",").slice(0, MOST_VALUE).map(decoded);
      const first = list[0] || "";
      const known = (/** @type {(it: string) => number | undefined} */ lookUp) => {
        const read = list.map((it) => (it === null ? undefined : lookUp(it)));
        return read.filter((it) => it !== undefined);
      };
      const columnsNamed = () => known((it) => columnKeys.get(it));
      switch (reserved.find((it) => keyWords.get(it) === key)) {
        case "search":
          next.search = decoded(value) || "";
          return decoded(value) === null;
        case "sort": {
          const read = list.map((it) => ({ column: columnKeys.get((it || "").replace(/^-/, "")), down: (it || "").startsWith("-") }));
          for (const { column, down } of read) if (column !== undefined) next.sort.push({ column, down });
          return read.some((it) => it.column === undefined);
        }
        case "columns": {
          const read = columnsNamed();
          next.columns = shownOf(Array.from(new Set(read)));
          return read.length !== list.length;
        }
        case "view": {
          const view = block.views.find((it) => it.id === first);
          if (view) next.columns = shownOf(view.columns);
          return !view;
        }
        case "compare": {
          const read = known((it) => indexOrNone(rowIds.indexOf(it)));
          next.compare = Array.from(new Set(read)).slice(0, MOST_COMPARED);
          return next.compare.length !== list.length;
        }
        case "filled": {
          const read = columnsNamed();
          for (const column of read) next.filters.set(column, { ...next.filters.get(column), filled: true });
          return read.length !== list.length;
        }
        case "look":
          next.look = first === words.value_bars ? "bars" : first === words.value_marks ? "marks" : "plain";
          return next.look === "plain";
        case "dense":
          next.dense = first === words.yes;
          return !next.dense;
        case "cards":
          next.cards = first === words.yes;
          return !next.cards;
      }
      const column = columnKeys.get(key);
      return column === undefined || readFilter(next, column, list, value);
    }

    /** @param {number} at */
    function indexOrNone(at) {
      return at < 0 ? undefined : at;
    }

    /** @param {State} next @param {number} column @param {(string | null)[]} list @param {string} value */
    function readFilter(next, column, list, value) {
      const { kind, decimals = 0, choices: known = [] } = columns[column];
      const filled = next.filters.get(column);
      if (kind === "number") {
        const [from, to, more] = (decoded(value) || "").split("..");
        const least = from ? typed(from, decimals, "machine", "ceil") : undefined;
        const most = to ? typed(to, decimals, "machine", "floor") : undefined;
        if (to === undefined || more !== undefined || least === null || most === null) return true;
        if (least !== undefined || most !== undefined) next.filters.set(column, { ...filled, least, most });
        return false;
      }
      const find = (/** @type {string | null} */ it) => (column === 0 ? rowIds.indexOf(it || "") : known.findIndex((choice) => choice[2] === it));
      const read = list.map(find).filter((it) => it >= 0);
      if (read.length) next.filters.set(column, { ...filled, choices: new Set(read) });
      return read.length !== list.length;
    }

    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let writing;
    /** Writes the state into the address: at once as a step back, or when typing rests. @param {"step" | "typing"} how */
    function remember(how) {
      clearTimeout(writing);
      const write = () => {
        const hash = address();
        if (hash === location.hash.slice(1)) return;
        const url = location.href.split("#")[0] + (hash && "#" + hash);
        if (how === "step") history.pushState(null, "", url);
        else history.replaceState(null, "", url);
      };
      if (how === "step") write();
      else writing = setTimeout(write, 400);
    }

    /** @param {(next: State) => void} edit @param {"step" | "typing"} [how] */
    function change(edit, how = "step") {
      const before = state;
      state = { ...state, filters: new Map(state.filters) };
      edit(state);
      if (before.sort !== state.sort) sorted = null;
      apply(before);
      remember(how);
    }

    /** @param {number} column @param {Filter} filter */
    function setFilter(column, filter, how = /** @type {"step" | "typing"} */ ("step")) {
      change((next) => {
        const isEmpty = !filter.filled && !filter.choices && filter.least === undefined && filter.most === undefined;
        if (isEmpty) next.filters.delete(column);
        else next.filters.set(column, filter);
      }, how);
    }

    // 5 Painting

    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

    /** Shows what has changed. @param {State} [before] */
    function apply(before) {
      if (!before || before.columns !== state.columns) layOut();
      section.classList.toggle("data-dense", state.dense);
      section.classList.toggle("data-cards", state.cards);
      section.classList.toggle("data-comparing", isOpen("compare"));
      search();
      paint();
      showTools(before);
    }

    /** Writes the widths of the columns and moves them where their order is another. */
    function layOut() {
      const rest = all.filter((it) => !state.columns.includes(it));
      const inOrder = state.columns.every((it, at) => at === 0 || it > state.columns[at - 1]);
      const order = inOrder ? all : [...state.columns, ...rest];
      if (order.some((column, at) => places[column] !== at)) moveCells(order);
      const hidden = order.map((column, at) => [column, at]).filter(([column]) => rest.includes(column));
      const seen = order.map((column, at) => ({ column, at })).filter(({ column }) => !rest.includes(column));
      const scope = '[data-table="' + block.id + '"] ';
      const nth = (/** @type {number[]} */ list) => scope + "tr:not(.over)>:is(" + list.map((at) => ":nth-child(" + (at + 1) + ")").join() + ")";
      const numeric = seen.filter(({ column }) => columns[column].bins).map(({ at }) => at);
      const rules = [
        "@media screen{" + scope + "tr{grid-template-columns:var(--name) " + seen.slice(1).map(({ column }) => columns[column].width + "ch").join(" ") + "}}",
        numeric.length ? nth(numeric) + "{text-align:right}" : "",
        hidden.length ? nth(hidden.map(([, at]) => at)) + "{display:none!important}" : "",
        ...seen.slice(1).map(({ column, at }, place) => {
          const label = scope + "tr:not(.over)>:nth-child(" + (at + 1) + ")";
          const isFirst = groups[column] !== groups[seen[place].column];
          return label + "{--label:" + quoted(labels[column]) + (isFirst ? ";--group:" + quoted(groups[column]) : "") + "}";
        }),
      ];
      sheet.replaceSync(rules.join("\n"));
      section.classList.toggle("data-wide", seen.length > WIDE);
      groupRow.replaceChildren(groupRow.cells[0], ...groupCells(seen.slice(1).map(({ column }) => column)));
    }

    /** @param {string} text As a string of CSS. */
    function quoted(text) {
      return '"' + text.replace(/["\\<\n\r\f]/g, (it) => "\\" + it.charCodeAt(0).toString(16) + " ") + '"';
    }

    /** @param {number[]} shownColumns */
    function groupCells(shownColumns) {
      /** @type {HTMLTableCellElement[]} */
      const cells = [];
      shownColumns.forEach((column, at) => {
        const last = cells[cells.length - 1];
        if (last && groups[column] === groups[shownColumns[at - 1]]) last.colSpan++;
        else cells.push(make("th", { scope: "colgroup" }, make("span", {}, groups[column])));
      });
      for (const cell of cells) cell.style.gridColumn = "span " + cell.colSpan;
      return cells;
    }

    /** @param {number[]} order */
    function moveCells(order) {
      for (const row of [...rows, ...summary, /** @type {HTMLTableRowElement} */ (heads[0].parentElement), ...selectionRow()]) {
        const cells = Array.from(row.cells);
        row.append(...order.map((column) => cells[places[column]]));
      }
      const next = all.slice();
      order.forEach((column, at) => (next[column] = at));
      places = next;
    }

    /** @type {number} */
    let attached = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let filling;

    /** Attaches the rows on the screen; the others follow when the browser rests. */
    function paint() {
      clearTimeout(filling);
      scroll.scrollTop = 0;
      attached = 0;
      const screen = state.cards ? 8 : Math.ceil(Math.min(innerHeight, 1600) / 32) + 4;
      const first = found.slice(0, screen).map(attach);
      attached = first.length;
      if (!found.length) first.push(emptyRow());
      body.replaceChildren(...first);
      reserve();
      if (attached < found.length) filling = setTimeout(fillSome, 200);
    }

    /** Keeps the place of the rows that are not attached yet. */
    function reserve() {
      body.style.paddingBottom = (found.length - attached) * 2.3 + "rem";
    }

    function fillSome() {
      const end = performance.now() + 8;
      do {
        const part = found.slice(attached, attached + 40);
        body.append(...part.map(attach));
        attached += part.length;
      } while (attached < found.length && performance.now() < end);
      reserve();
      if (attached < found.length) filling = setTimeout(fillSome, 16);
    }

    function fillAll() {
      clearTimeout(filling);
      body.append(...found.slice(attached).map(attach));
      attached = found.length;
      reserve();
    }

    /** Gives a row what it needs to be seen. @param {number} at */
    function attach(at) {
      const row = rows[at];
      if (!row.role) ready(row);
      if (isOpen("compare")) addTick(row, at);
      if (state.look !== "plain" || row.dataset.look) decorate(row, at);
      return row;
    }

    /** Says what its cells are, because a grid of rows is no table to every browser. @param {HTMLTableRowElement} row */
    function ready(row) {
      row.role = "row";
      for (const node of row.cells) node.role = node.tagName === "TH" ? "rowheader" : "cell";
    }

    /** Draws bars or marks into the cells of a row, or takes them away. @param {HTMLTableRowElement} row @param {number} at */
    function decorate(row, at) {
      const wished = state.look + state.columns.join();
      if (row.dataset.look === wished) return;
      for (const node of Array.from(row.querySelectorAll(".mark"))) node.remove();
      for (const node of row.cells) {
        node.classList.remove("gauge");
        if (!node.className) node.removeAttribute("class");
      }
      row.dataset.look = state.look === "plain" ? "" : wished;
      for (const column of state.look === "plain" ? [] : state.columns) {
        const value = columns[column].bins && columns[column].statistics ? numbers(column)[at] : NaN;
        if (value === value) decorateCell(cell(row, column), column, value);
      }
    }

    /** @param {HTMLElement} node @param {number} column @param {number} value */
    function decorateCell(node, column, value) {
      if (state.look === "bars") {
        const [start = 0, step = 1, bars = 1] = columns[column].bins || [];
        const least = Math.min(0, start);
        node.classList.add("gauge");
        node.style.setProperty("--bar", Math.round(((value - least) / (start + step * bars - least)) * 100) + "%");
        return;
      }
      const to = benchmark(column);
      if (!to) return;
      const where = distance(value, to);
      const worth = where * (columns[column].better || 0);
      const [sign, word] = [["▼", words.lower], ["≈", words.similar], ["▲", words.higher]][where + 1];
      const mark = make("span", { class: "mark " + (worth > 0 ? "good" : worth < 0 ? "bad" : "") }, make("span", { "aria-hidden": "true" }, sign), make("span", { class: "hidden" }, word));
      node.append(mark);
    }

    function emptyRow() {
      const filters = Array.from(state.filters.keys());
      const without = [...(state.search ? [-1] : []), ...filters].map((column) => {
        let more = 0;
        for (let row = 0; row < count; row++) if (passesOthers(row, column)) more++;
        return { column, more };
      });
      const best = without.filter((it) => it.more).sort((a, b) => b.more - a.more)[0];
      const node = make("td", { class: "none" }, words.nothing + " ");
      if (best) {
        const name = best.column < 0 ? words.search_name : chipText(best.column);
        const drop = () => (best.column < 0 ? setSearch("") : setFilter(best.column, {}));
        node.append(make("button", { type: "button", click: drop }, fill(words.drop, { filter: name, n: best.more })));
      }
      return make("tr", { class: "over" }, node);
    }

    /** @type {HTMLTableRowElement | null} */
    let selection = null;
    function selectionRow() {
      return selection ? [selection] : [];
    }

    /** The row that sums up what is found. */
    function showSelection() {
      if (!selection) {
        const cells = all.slice(1).map(() => make("td", {}));
        selection = make("tr", {}, make("th", { scope: "row" }), ...cells);
        table.append(make("tbody", { class: "compare selection", role: "rowgroup" }, selection));
        const order = all.slice().sort((a, b) => places[a] - places[b]);
        const row = selection;
        const made = Array.from(row.cells);
        row.append(...order.map((column) => made[column]));
        ready(row);
      }
      cell(selection, 0).textContent = fill(words.selection, { n: found.length });
      for (const column of state.columns.slice(1)) {
        const list = columns[column].statistics ? values(column, found) : [];
        const node = cell(selection, column);
        if (!list.length) {
          node.textContent = "";
          continue;
        }
        const range = fill(words.between, { from: shown(list[0], column), to: shown(list[list.length - 1], column) });
        const number = fill(words.values, { n: list.length });
        node.replaceChildren(make("span", { class: "hidden" }, words.median + " "), shown(middle(list), column), make("small", {}, range), make("small", {}, number));
      }
    }

    // 6 Fields of filters

    /**
     * A field of a filter that follows the others.
     * @typedef {{node: HTMLElement, show: () => void}} Field
     */

    /** @param {number} column @returns {Field} */
    function field(column) {
      const { kind, bins } = columns[column];
      if (kind === "number" && bins) return rangeField(column, bins);
      if (kind === "choice" || column === 0) return choiceField(column);
      return filledField(column);
    }

    /** @param {number} column @returns {Field} */
    function filledField(column) {
      const box = filledBox(column);
      return { node: make("fieldset", {}, make("legend", {}, labels[column]), box.node), show: box.show };
    }

    /** Only rows with a value. @param {number} column @returns {Field} */
    function filledBox(column) {
      const box = tickBox((isTicked) => setFilter(column, { ...state.filters.get(column), filled: isTicked }));
      const missing = make("span", { class: "count" });
      const list = keys(column);
      let without = 0;
      for (let row = 0; row < count; row++) if (list[row] !== list[row]) without++;
      missing.textContent = fill(words.without, { n: without });
      return {
        node: make("label", { class: "choice", hidden: without === 0 }, box, words.filled + " ", missing),
        show: () => (box.checked = Boolean((state.filters.get(column) || {}).filled)),
      };
    }

    /** @param {number} column @returns {Field} */
    function choiceField(column) {
      const list = choices(column);
      const lines = list.map(({ code, name }) => {
        const box = tickBox((isTicked) => pick(code, isTicked));
        const number = make("span", { class: "count" });
        const line = make("li", {}, make("label", { class: "choice" }, box, make("span", {}, name), number));
        return { code, name, box, number, line };
      });
      /** @param {number} code @param {boolean} isPicked */
      function pick(code, isPicked) {
        const picked = new Set((state.filters.get(column) || {}).choices);
        if (isPicked) picked.add(code);
        else picked.delete(code);
        setFilter(column, { ...state.filters.get(column), choices: picked.size ? picked : undefined });
      }
      const node = make("fieldset", {}, make("legend", {}, labels[column]));
      if (list.length > 12) {
        const narrow = make("input", {
          type: "search",
          "aria-label": fill(words.narrow, { column: labels[column] }),
          placeholder: words.narrow_short,
          input: () => {
            const asked = fold(narrow.value);
            for (const it of lines) it.line.hidden = !(plain(small(it.name)) + "\n" + fold(it.name)).includes(asked);
          },
        });
        node.append(narrow);
      }
      node.append(make("ul", { class: "choices" }, ...lines.map((it) => it.line)));
      return {
        node,
        show() {
          const counts = new Uint32Array(list.length);
          const read = codes(column);
          for (let row = 0; row < count; row++) if (read[row] !== NONE && passesOthers(row, column)) counts[read[row]]++;
          const picked = (state.filters.get(column) || {}).choices || new Set();
          for (const it of lines) {
            it.box.checked = picked.has(it.code);
            it.box.disabled = !it.box.checked && counts[it.code] === 0;
            const text = String(counts[it.code]);
            if (it.number.textContent !== text) it.number.textContent = text;
          }
        },
      };
    }

    /** @param {number} column @param {[number, number, number]} bins @returns {Field} */
    function rangeField(column, [begin, step, bars]) {
      const { decimals = 0 } = columns[column];
      const NS = "http://www.w3.org/2000/svg";
      const svg = document.createElementNS(NS, "svg");
      const bar = () => svg.appendChild(document.createElementNS(NS, "rect"));
      const rects = Array.from({ length: bars }, bar);
      for (const [key, value] of [["viewBox", "0 0 " + bars * 10 + " 100"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"], ["class", "histogram"]]) svg.setAttribute(key, value);
      const ends = /** @type {const} */ (["least", "most"]).map((end, side) => {
        const at = side * bars;
        const label = fill(side ? words.most : words.least, { column: labels[column] });
        const slider = make("input", { type: "range", min: 0, max: bars, value: at, "aria-label": label, input: () => slide(), change: () => remember("step") });
        const text = make("input", { type: "text", inputmode: "decimal", maxlength: 20, autocomplete: "off", input: () => type(), change: () => type() });
        const error = make("span", { class: "error", id: block.id + "-" + columns[column].id + "-" + end });
        function slide() {
          const place = Number(slider.value);
          const value = side ? begin + place * step - 1 : begin + place * step;
          set(place === at ? undefined : value);
        }
        function type() {
          const value = text.value.trim() ? typed(text.value, decimals, lang, side ? "floor" : "ceil") : undefined;
          text.setAttribute("aria-invalid", String(value === null));
          error.textContent = value === null ? fill(words.bad_number, { example: print(12345, 1, lang) }) : "";
          if (value !== null) set(value);
        }
        function set(/** @type {number | undefined} */ value) {
          setFilter(column, { ...state.filters.get(column), [end]: value }, "typing");
        }
        text.setAttribute("aria-describedby", error.id);
        return { end, side, slider, text, error };
      });
      const box = filledBox(column);
      const about = make("p", { class: "count" });
      const node = make(
        "fieldset",
        { class: "range" },
        make("legend", {}, labels[column], make("span", { class: "unit" }, units[column])),
        make("div", { class: "drawing" }, svg, ends[0].slider, ends[1].slider),
        make("div", { class: "ends" }, ...ends.map((it) => make("label", {}, it.side ? words.to : words.from, it.text, it.error))),
        about,
        box.node,
      );
      return {
        node,
        show() {
          const filter = state.filters.get(column) || {};
          const list = numbers(column);
          const counts = new Uint32Array(bars);
          let inside = 0;
          for (let row = 0; row < count; row++) {
            if (list[row] === list[row] && passesOthers(row, column)) {
              counts[Math.floor((list[row] - begin) / step)]++;
              inside++;
            }
          }
          const most = Math.max(1, ...counts);
          const from = filter.least === undefined ? 0 : Math.floor((filter.least - begin) / step);
          const to = filter.most === undefined ? bars : Math.ceil((filter.most + 1 - begin) / step);
          rects.forEach((rect, at) => {
            const height = counts[at] ? 4 + (96 * counts[at]) / most : 0;
            for (const [key, value] of [["x", at * 10], ["width", 9], ["y", 100 - height], ["height", height]]) rect.setAttribute(String(key), String(value));
            rect.setAttribute("class", at >= from && at < to ? "in" : "out");
          });
          for (const it of ends) {
            const value = filter[it.end];
            it.slider.value = String(Math.max(0, Math.min(bars, it.side ? to : from)));
            it.slider.setAttribute("aria-valuetext", value === undefined ? words.open_end : shown(value, column));
            if (document.activeElement !== it.text && it.text.getAttribute("aria-invalid") !== "true") {
              it.text.value = value === undefined ? "" : print(value, decimals, lang);
            }
          }
          about.textContent = fill(words.with_value, { n: inside });
          box.show();
        },
      };
    }

    // 7 Panels

    /** @type {string} */
    let openPanel = "";
    /** @type {(() => void)[]} What the open panel does when something has changed. */
    let follow = [];
    const buttons = Array.from(tools.querySelectorAll("[data-panel]")).filter((it) => it instanceof HTMLButtonElement);
    const chips = find(tools, ".data-chips", HTMLElement);
    const counter = find(tools, ".data-count", HTMLElement);
    const status = find(tools, "[role=status]", HTMLElement);
    const views = find(tools, ".data-views", HTMLElement);
    const alertBox = find(tools, ".data-notice", HTMLElement);

    /** @param {string} name */
    function isOpen(name) {
      return openPanel === name;
    }

    /** @param {string} text */
    function notice(text) {
      alertBox.textContent = text;
      alertBox.hidden = !text;
    }

    /** @param {string} name */
    function panel(name) {
      return find(tools, '[data-shows="' + name + '"]', HTMLElement);
    }

    /** Opens a panel and closes the one that is open. @param {string} name Nothing closes. */
    function toggle(name) {
      const wasComparing = isOpen("compare");
      if (openPanel) panel(openPanel).hidden = true;
      openPanel = openPanel === name ? "" : name;
      follow = [];
      for (const button of buttons) button.setAttribute("aria-expanded", String(button.dataset.panel === openPanel));
      if (openPanel) {
        const node = panel(openPanel);
        node.replaceChildren(...contents(openPanel));
        node.hidden = false;
      }
      if (wasComparing !== isOpen("compare")) apply();
      else for (const show of follow) show();
    }

    /** @param {string} name @returns {HTMLElement[]} */
    function contents(name) {
      if (name === "filter") return filterPanel();
      if (name === "columns") return columnPanel();
      if (name === "look") return lookPanel();
      if (name === "compare") return comparePanel();
      return takePanel();
    }

    function filterPanel() {
      const named = all.filter((it) => columns[it].kind === "choice" || it === 0);
      const offered = state.columns.filter((it) => columns[it].bins);
      const asked = Array.from(state.filters.keys());
      const list = Array.from(new Set([...named, ...offered, ...asked]));
      const fields = make("div", { class: "fields" });
      const add = (/** @type {number} */ column) => {
        const made = field(column);
        follow.push(made.show);
        fields.append(made.node);
        return made;
      };
      list.forEach(add);
      const rest = all.filter((it) => !list.includes(it) && columns[it].bins);
      if (!rest.length) return [fields];
      const option = (/** @type {number} */ it) => make("option", { value: it }, labels[it]);
      const select = make("select", { change: () => more() }, make("option", { value: "" }, words.choose), ...rest.map(option));
      function more() {
        if (!select.value) return;
        const made = add(Number(select.value));
        find(select, "option:checked", HTMLOptionElement).remove();
        select.value = "";
        made.show();
        find(made.node, "input", HTMLInputElement).focus();
      }
      return [fields, make("label", { class: "more" }, words.more_columns, select)];
    }

    function columnPanel() {
      const search = make("input", { type: "search", input: () => narrow() });
      const sections = Array.from(new Set(groups.slice(1))).map((title) => groupList(title));
      function narrow() {
        const asked = fold(search.value);
        for (const section of sections) {
          for (const line of section.lines) line.node.hidden = !(plain(small(labels[line.column])) + "\n" + fold(labels[line.column])).includes(asked);
          section.node.hidden = section.lines.every((it) => it.node.hidden);
        }
      }
      const shownList = make("ol", { class: "order" });
      follow.push(() => {
        for (const section of sections) section.show();
        const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.move : undefined;
        shownList.replaceChildren(...state.columns.slice(1).map(orderLine));
        const again = focused && shownList.querySelector('[data-move="' + focused + '"]');
        if (again instanceof HTMLElement) again.focus();
      });
      return [
        make("label", { class: "more" }, words.find_column, search),
        make("div", { class: "fields" }, ...sections.map((it) => it.node)),
        make("fieldset", {}, make("legend", {}, words.order), shownList),
      ];
    }

    /** The columns of a group, to be ticked. @param {string} title */
    function groupList(title) {
      const own = all.filter((it) => it > 0 && groups[it] === title);
      const whole = tickBox((isTicked) => show(own, isTicked));
      const lines = own.map((column) => {
        const box = tickBox((isTicked) => show([column], isTicked));
        return { column, box, node: make("li", {}, make("label", { class: "choice" }, box, make("span", {}, labels[column]))) };
      });
      return {
        node: make("fieldset", {}, make("legend", {}, make("label", { class: "choice" }, whole, title)), make("ul", { class: "choices" }, ...lines.map((it) => it.node))),
        lines,
        show() {
          for (const line of lines) line.box.checked = state.columns.includes(line.column);
          const ticked = lines.filter((it) => it.box.checked).length;
          whole.checked = ticked === lines.length;
          whole.indeterminate = ticked > 0 && ticked < lines.length;
        },
      };
    }

    /** Shows columns or hides them; a new one takes its place in the page. @param {number[]} list @param {boolean} isShown */
    function show(list, isShown) {
      change((next) => {
        const kept = next.columns.filter((it) => !list.includes(it));
        if (!isShown) {
          next.columns = kept;
          return;
        }
        for (const column of list) {
          const at = kept.findIndex((it) => it > column);
          kept.splice(at < 0 ? kept.length : at, 0, column);
        }
        next.columns = shownOf(kept);
      });
    }

    /** @param {number} column @param {number} by */
    function move(column, by) {
      change((next) => {
        const order = next.columns.slice();
        const at = order.indexOf(column);
        const to = Math.max(1, Math.min(order.length - 1, at + by));
        order.splice(at, 1);
        order.splice(to, 0, column);
        next.columns = order;
      });
    }

    /** @param {number} column */
    function orderLine(column) {
      const button = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ word) =>
        make("button", { type: "button", class: "small", "data-move": column + "." + by, "aria-label": fill(word, { column: labels[column] }), click: () => move(column, by) }, sign);
      return make("li", {}, make("span", {}, labels[column]), button(-1, "↑", words.earlier), button(1, "↓", words.later));
    }

    function lookPanel() {
      const looks = /** @type {const} */ (["plain", "bars", "marks"]);
      const radios = looks.map((look) => {
        const radio = make("input", { type: "radio", name: block.id + "-look", value: look, change: () => change((next) => (next.look = look)) });
        return { look, radio, node: make("label", { class: "choice" }, radio, words["look_" + look]) };
      });
      const dense = tickBox((isTicked) => change((next) => (next.dense = isTicked)));
      const cards = tickBox((isTicked) => change((next) => (next.cards = isTicked)));
      follow.push(() => {
        for (const it of radios) it.radio.checked = state.look === it.look;
        dense.checked = state.dense;
        cards.checked = state.cards;
      });
      return [
        make("div", { class: "fields" },
          make("fieldset", {}, make("legend", {}, words.look), ...radios.map((it) => it.node), make("p", { class: "count" }, words.look_hint)),
          make("fieldset", {}, make("legend", {}, words.rows), make("label", { class: "choice" }, dense, words.dense), make("label", { class: "choice" }, cards, words.cards))),
      ];
    }

    /** Shows what belongs to the state beside the table. @param {State} [before] */
    function showTools(before) {
      showSelection();
      if (input.value !== state.search && document.activeElement !== input) input.value = state.search;
      showChips();
      const view = viewOf(state.columns);
      Array.from(views.children).forEach((button, at) => button.setAttribute("aria-pressed", String(block.views[at] === view)));
      if (!before || before.sort !== state.sort) showSort();
      for (const button of buttons) {
        const number = { filter: state.filters.size, columns: state.columns.length, compare: state.compare.length }[button.dataset.panel || ""] || 0;
        const badge = button.querySelector(".count");
        if (badge) badge.textContent = number ? String(number) : "";
      }
      for (const show of follow) show();
      const text = fill(words.found, { n: found.length, all: count });
      if (counter.textContent !== text) counter.textContent = text;
      announce();
    }

    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let announcing;
    function announce() {
      clearTimeout(announcing);
      announcing = setTimeout(() => {
        const filters = describe();
        const text = fill(words.found, { n: found.length, all: count }) + (filters.length ? ": " + filters.join("; ") : "");
        if (status.textContent !== text) status.textContent = text;
      }, 500);
    }

    /** The filters in words. */
    function describe() {
      const list = Array.from(state.filters.keys(), chipText);
      return state.search ? [fill(words.search_chip, { text: state.search }), ...list] : list;
    }

    /** @param {number} column */
    function chipText(column) {
      const { choices: picked, least, most, filled } = state.filters.get(column) || {};
      const name = labels[column];
      if (picked) {
        const names = choices(column).filter((it) => picked.has(it.code)).map((it) => it.name);
        return name + ": " + (names.length > 3 ? fill(words.picked, { n: names.length }) : names.join(", "));
      }
      const [from, to] = [least, most].map((it) => (it === undefined ? "" : shown(it, column)));
      if (from || to) return name + " " + fill(from && to ? words.between : from ? words.at_least : words.at_most, { from, to });
      return filled ? name + ": " + words.filled : name;
    }

    function showChips() {
      const chip = (/** @type {string} */ text, /** @type {() => void} */ drop) =>
        make("li", {}, make("button", { type: "button", class: "chip", "aria-label": fill(words.remove, { filter: text }), click: () => { drop(); input.focus(); } }, text, make("span", { "aria-hidden": "true" }, " ×")));
      const list = Array.from(state.filters.keys(), (column) => chip(chipText(column), () => setFilter(column, {})));
      if (state.search) list.unshift(chip(fill(words.search_chip, { text: state.search }), () => setSearch("")));
      if (list.length || state.sort.length) list.push(make("li", {}, make("button", { type: "button", class: "reset", click: () => { reset(); input.focus(); } }, words.reset)));
      chips.replaceChildren(...list);
      chips.hidden = !list.length;
    }

    function reset() {
      input.value = "";
      change((next) => Object.assign(next, { search: "", filters: new Map(), sort: [] }));
    }

    /** @param {string} text */
    function setSearch(text) {
      input.value = text;
      change((next) => (next.search = text));
    }

    /** Gives the heads their buttons: one sorts, one tells and offers more. */
    function makeHeads() {
      heads.forEach((head, column) => {
        const sort = make("button", { type: "button", class: "sort", click: () => {} }, ...Array.from(head.childNodes));
        sort.addEventListener("click", (event) => sortBy(column, event.shiftKey));
        const more = make("button", { type: "button", class: "head-more", "aria-label": fill(words.about, { column: labels[column] }), "aria-haspopup": "dialog" }, "⋯");
        more.addEventListener("click", () => openColumn(column, more));
        head.append(sort, more);
      });
      for (const part of [groupRow, heads[0].parentElement, ...(compare ? Array.from(compare.children) : [])]) if (part) part.setAttribute("role", "row");
      for (const head of heads) head.role = "columnheader";
      summary.forEach(ready);
      for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
      table.role = "table";
    }

    /** Up, down, as in the file; with Shift behind what is sorted already. @param {number} column @param {boolean} isAdded */
    function sortBy(column, isAdded) {
      change((next) => {
        const now = next.sort.find((it) => it.column === column);
        const others = isAdded ? next.sort.filter((it) => it.column !== column) : [];
        next.sort = !now ? [...others, { column, down: false }] : now.down ? others : [...others, { column, down: true }];
      });
    }

    function showSort() {
      heads.forEach((head, column) => {
        const at = state.sort.findIndex((it) => it.column === column);
        if (at < 0) head.removeAttribute("aria-sort");
        else head.setAttribute("aria-sort", state.sort[at].down ? "descending" : "ascending");
        find(head, ".sort", HTMLElement).dataset.place = at >= 0 && state.sort.length > 1 ? String(at + 1) : "";
      });
    }

    // What the build says about a column stands below the table.
    const about = make("div", { class: "data-about", popover: "auto", role: "dialog" });

    /** @param {number} column @param {HTMLElement} button */
    function openColumn(column, button) {
      const told = document.getElementById("spalte-" + columns[column].id);
      const text = told && told.parentElement ? Array.from(told.parentElement.children).slice(1).map((it) => it.cloneNode(true)) : [];
      const made = field(column);
      const act = (/** @type {string} */ word, /** @type {() => void} */ run) => make("button", { type: "button", click: () => { about.hidePopover(); run(); } }, word);
      const acts = [
        act(words.sort_up, () => change((next) => (next.sort = [{ column, down: false }]))),
        act(words.sort_down, () => change((next) => (next.sort = [{ column, down: true }]))),
        ...(column ? [act(words.move_left, () => move(column, -1)), act(words.move_right, () => move(column, 1)), act(words.hide, () => show([column], false))] : []),
      ];
      const title = make("h3", { id: block.id + "-about" }, labels[column]);
      about.setAttribute("aria-labelledby", title.id);
      about.replaceChildren(title, make("div", { class: "explained" }, ...text), make("div", { class: "acts" }, ...acts), made.node);
      made.show();
      follow = [...follow, made.show];
      about.showPopover();
      const box = button.getBoundingClientRect();
      about.style.left = Math.max(8, Math.min(box.right - about.offsetWidth, innerWidth - about.offsetWidth - 8)) + "px";
      about.style.top = Math.max(8, Math.min(box.bottom + 4, innerHeight - about.offsetHeight - 8)) + "px";
      about.addEventListener("toggle", () => (follow = follow.filter((it) => it !== made.show)), { once: true });
    }

    // 8 Comparison

    /** @param {HTMLTableRowElement} row @param {number} at */
    function addTick(row, at) {
      if (row.cells[0].querySelector("input")) return;
      const box = tickBox((isTicked) => tick(at, isTicked));
      box.className = "tick";
      box.ariaLabel = fill(words.tick, { row: titles[at] });
      box.checked = state.compare.includes(at);
      box.disabled = !box.checked && state.compare.length >= MOST_COMPARED;
      row.cells[0].append(box);
    }

    /** @param {number} at @param {boolean} isTicked */
    function tick(at, isTicked) {
      change((next) => {
        const rest = next.compare.filter((it) => it !== at);
        next.compare = isTicked ? [...rest, at].slice(0, MOST_COMPARED) : rest;
      });
    }

    function comparePanel() {
      const hint = make("p", {});
      const clear = make("button", { type: "button", click: () => change((next) => (next.compare = [])) }, words.compare_clear);
      const place = make("div", { class: "data-compared", role: "region", tabindex: 0, "aria-label": words.compare_table });
      follow.push(() => {
        hint.textContent = fill(state.compare.length < 2 ? words.compare_hint : words.compare_full, { n: state.compare.length, most: MOST_COMPARED });
        clear.hidden = !state.compare.length;
        place.hidden = state.compare.length < 2;
        place.replaceChildren(...(place.hidden ? [] : [comparison()]));
        for (const [at, row] of rows.entries()) {
          const box = row.cells[0].querySelector("input");
          if (!box) continue;
          box.checked = state.compare.includes(at);
          box.disabled = !box.checked && state.compare.length >= MOST_COMPARED;
        }
      });
      return [make("div", { class: "data-compare-head" }, hint, clear), place];
    }

    /** The rows side by side: a column each. */
    function comparison() {
      const link = (/** @type {number} */ at) => {
        const own = rows[at].cells[0].querySelector("a");
        return own ? own.cloneNode(true) : titles[at];
      };
      const head = make("tr", {}, make("td", {}), ...state.compare.map((at) => make("th", { scope: "col" }, link(at))), make("th", { scope: "col" }, words.median));
      const node = make("table", {}, make("caption", {}, words.compare_table), make("thead", {}, head));
      let last = "";
      let part = node.appendChild(make("tbody", {}));
      // A number of the row says nothing about it.
      for (const column of all.slice(1).filter((it) => columns[it].kind !== "number" || columns[it].bins)) {
        if (groups[column] !== last) {
          last = groups[column];
          const title = make("th", { scope: "rowgroup", colspan: state.compare.length + 2 }, last);
          part = node.appendChild(make("tbody", {}, make("tr", {}, title)));
        }
        part.append(comparedLine(column));
      }
      return node;
    }

    /** @param {number} column */
    function comparedLine(column) {
      const to = columns[column].statistics ? benchmark(column) : null;
      const cells = state.compare.map((at) => {
        const source = cell(rows[at], column);
        const node = make("td", { class: source.className.replace("gauge", "") }, ...Array.from(source.childNodes, (it) => it.cloneNode(true)));
        for (const mark of node.querySelectorAll(".mark")) mark.remove();
        const value = to ? numbers(column)[at] : NaN;
        if (to && value === value) node.append(make("small", {}, [words.lower, words.similar, words.higher][distance(value, to) + 1]));
        return node;
      });
      const label = make("th", { scope: "row" }, labels[column], make("span", { class: "unit" }, units[column]));
      return make("tr", {}, label, ...cells, make("td", {}, to ? shown(to.median, column) : ""));
    }

    // 9 Taking along

    function takePanel() {
      const act = (/** @type {string} */ word, /** @type {() => void} */ run) => make("button", { type: "button", click: run }, word);
      return [
        make("p", {}, words.take_hint),
        make("div", { class: "acts" },
          act(words.take_link, () => copy(location.href.split("#")[0] + "#" + address())),
          act(words.take_excel, () => save(csv("excel"), block.id + "-" + words.file + "-excel.csv")),
          act(words.take_machine, () => save(csv("machine"), block.id + "-" + words.file + ".csv")),
          act(words.take_copy, () => copy(csv("tabs"), html())),
          act(words.take_print, () => print_())),
      ];
    }

    function print_() {
      window.print();
    }

    /** @param {number} column */
    function heading(column) {
      const derived = heads[column].querySelector(".derived");
      return labels[column] + (units[column] && " (" + units[column] + ")") + (derived ? " " + derived.textContent : "");
    }

    /**
     * The found rows and shown columns as a file, in the forms of the build.
     * @param {"excel" | "machine" | "tabs"} form
     */
    function csv(form) {
      const [delimiter, end] = form === "tabs" ? ["\t", "\n"] : form === "machine" ? [",", "\n"] : [lang === "de" ? ";" : ",", "\r\n"];
      const line = (/** @type {string[]} */ cells) => cells.join(delimiter) + end;
      const head = state.columns.map((it) => csvText(form === "machine" ? columns[it].id : heading(it), form));
      const lines = found.map((at) => line(state.columns.map((column) => csvCell(at, column, form))));
      return (form === "excel" ? "\ufeff" : "") + line(head) + lines.join("");
    }

    /** @param {number} at @param {number} column @param {"excel" | "machine" | "tabs"} form */
    function csvCell(at, column, form) {
      const { kind, bins, decimals = 0, choices: known = [] } = columns[column];
      const node = cell(rows[at], column);
      const value = kind === "number" ? numbers(column)[at] : NaN;
      if (value === value) {
        const text = machine(value, decimals);
        if (form === "machine") return text;
        return bins ? csvNumber(text, form) : csvText(text, form);
      }
      const code = kind === "choice" ? codes(column)[at] : NONE;
      if (form === "machine" && code !== NONE) return csvText(known[code][2], form);
      if (form === "machine" && node.className) return "";
      return csvText(column === 0 ? titles[at] : cellText(node), form);
    }

    /** @param {string} text @param {"excel" | "tabs"} form */
    function csvNumber(text, form) {
      const local = lang === "de" ? text.replace(".", ",") : text;
      return form === "excel" ? '"' + local + '"' : local;
    }

    /** A cell that would be a formula gets a `'` before it. @param {string} text @param {"excel" | "machine" | "tabs"} form */
    function csvText(text, form) {
      if (form === "machine") return /^ | $|[,"\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
      const safe = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? "'" + text : text;
      return form === "tabs" ? safe.replace(/[\t\r\n]+/g, " ") : '"' + safe.replace(/"/g, '""') + '"';
    }

    /** The same as a table for Word. */
    function html() {
      const line = (/** @type {string} */ tag, /** @type {string[]} */ cells) => "<tr>" + cells.map((it) => "<" + tag + ">" + escaped(it) + "</" + tag + ">").join("") + "</tr>";
      const lines = found.map((at) => line("td", state.columns.map((it) => (it ? cellText(cell(rows[at], it)) : titles[at]))));
      return '<meta charset="utf-8"><table>' + line("th", state.columns.map(heading)) + lines.join("") + "</table>";
    }

    /** @param {string} text @param {string} name */
    function save(text, name) {
      const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
      const link = make("a", { href: url, download: name });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
      notice(fill(words.saved, { file: name }));
    }

    /** Copies without asking for a right that a page from a stick does not have. @param {string} text @param {string} [markup] */
    function copy(text, markup) {
      const put = (/** @type {ClipboardEvent} */ event) => {
        if (!event.clipboardData) return;
        event.clipboardData.setData("text/plain", text);
        if (markup) event.clipboardData.setData("text/html", markup);
        event.preventDefault();
      };
      document.addEventListener("copy", put, { once: true });
      const isDone = document.execCommand("copy");
      document.removeEventListener("copy", put);
      notice(isDone ? words.copied : words.not_copied);
    }

    const printed = make("p", { class: "data-printed" });
    table.before(printed);
    function preparePrint() {
      fillAll();
      const today = new Date().toLocaleDateString(lang);
      const sources = state.columns.map((it) => document.querySelector("#spalte-" + CSS.escape(columns[it].id) + " ~ dl [data-source]")).map((it) => (it && it.textContent) || "");
      const list = Array.from(new Set(sources.filter(Boolean)));
      const filters = describe();
      const parts = [fill(words.found, { n: found.length, all: count }) + ".", filters.length ? fill(words.print_filters, { filters: filters.join("; ") }) : "", fill(words.print_date, { date: today }), list.length ? fill(words.print_sources, { sources: list.join("; ") }) : ""];
      printed.textContent = parts.filter(Boolean).join(" ");
    }

    // 10 Start

    makeHeads();
    for (const view of block.views) {
      views.append(make("button", { type: "button", "aria-pressed": "false", click: () => change((next) => (next.columns = shownOf(view.columns))) }, view.title));
    }
    for (const button of buttons) {
      button.append(make("span", { class: "count" }));
      button.setAttribute("aria-expanded", "false");
      button.addEventListener("click", () => toggle(button.dataset.panel || ""));
    }
    section.append(about);
    section.classList.toggle("data-long", count > MANY);
    input.addEventListener("input", () => change((next) => (next.search = input.value.slice(0, MOST_VALUE)), "typing"));
    section.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !openPanel || !(event.target instanceof Node) || !panel(openPanel).contains(event.target)) return;
      const opener = buttons.find((it) => it.dataset.panel === openPanel);
      toggle(openPanel);
      if (opener) opener.focus();
    });
    body.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const selected = getSelection();
      if (!target || target.closest("a, button, input, label") || (selected && !selected.isCollapsed)) return;
      const link = target.closest("tr")?.querySelector("th a");
      if (link instanceof HTMLAnchorElement) link.click();
    });
    scroll.addEventListener("scroll", () => { if (attached < found.length && scroll.scrollTop > 0) fillAll(); }, { passive: true });
    addEventListener("beforeprint", preparePrint);
    addEventListener("popstate", () => {
      if (location.hash && !location.hash.includes("=")) return;
      readAddress();
      apply();
    });
    readAddress();
    if (state.compare.length) toggle("compare");
    else apply();
    section.dataset.ready = "";
    setTimeout(() => {
      texts();
      for (const column of all) if (columns[column].kind === "number" && !isProven(column)) distrust(column);
    }, 50);
  }

  /** @param {HTMLElement} section */
  function open(section) {
    const node = document.getElementById(section.dataset.table + "-daten");
    if (node instanceof HTMLScriptElement) start(section, JSON.parse(node.text));
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const section of document.querySelectorAll("[data-table]")) if (section instanceof HTMLElement) open(section);
  });
})();
