// What is told of the state: filters in words, the number of hits, the address.

import { print } from "./numbers.js";
import { button, fill, make, once } from "./tools.js";

/**
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").State} State
 */

/** The search counts as the filter of a column that is none. */
export const SEARCH = -1;

/** A mean of two values may need a decimal more. @param {Block} block @param {number} value @param {number} column */
export function printed({ columns, lang }, value, column) {
  const { decimals = 0 } = columns[column];
  return Number.isInteger(value) ? print(value, decimals, lang) : print(value * 10, decimals + 1, lang);
}

/** @param {State} state */
export function askedColumns({ search, filters }) {
  return [...(search ? [SEARCH] : []), ...filters.keys()];
}

/**
 * Says each filter in words.
 * @param {Block} block @param {string[]} labels
 * @param {(column: number) => {code: number, name: string}[]} choices
 * @returns {(state: State, column: number) => string}
 */
export function filterWords(block, labels, choices) {
  const { words } = block;
  return ({ search, filters }, column) => {
    if (column === SEARCH) return fill(words.search_chip, { text: search });
    const { choices: picked, least, most, filled } = filters.get(column) || {};
    const name = labels[column];
    if (picked) {
      const names = choices(column).flatMap((it) => (picked.has(it.code) ? it.name : []));
      return name + ": " + (names.length > 3 ? fill(words.picked, { n: names.length }) : names.join(", "));
    }
    const [from, to] = [least, most].map((it) => (it === undefined ? "" : printed(block, it, column)));
    if (from || to) return name + " " + fill(words[from && to ? "between" : from ? "at_least" : "at_most"], { from, to });
    return filled ? name + ": " + words.filled : name;
  };
}

/**
 * Shows a button for each filter that removes it, and one that removes all. A filter keeps its button.
 * @param {HTMLElement} list @param {Record<string, string>} words
 * @param {(column: number) => void} drop @param {() => void} reset
 * @returns {(columns: number[], texts: string[], hasReset: boolean) => void}
 */
export function chipList(list, words, drop, reset) {
  const chip = once((column) => {
    const text = make("span", {});
    const node = button("", () => drop(column), { class: "chip" });
    node.append(text, make("span", { "aria-hidden": "true" }, " ×"));
    return { text, node, item: make("li", {}, node) };
  });
  const last = make("li", {}, button(words.reset, reset, { class: "reset" }));
  return (columns, texts, hasReset) => {
    const items = columns.map((column, at) => {
      const { text, node, item } = chip(column);
      text.textContent = texts[at];
      node.ariaLabel = fill(words.remove, { filter: texts[at] });
      return item;
    });
    if (hasReset) items.push(last);
    if (list.children[items.length] || items.some((it, at) => it !== list.children[at])) list.replaceChildren(...items);
    list.hidden = !items.length;
  };
}

/** What is said of the parts of an address that are not known; nothing where all are. @param {Record<string, string>} words @param {string[]} parts */
export function unknownText(words, parts) {
  return parts.length ? fill(words.unknown, { parts: parts.slice(0, 5).join(", ") }) : "";
}

/** Tells a screen reader something when typing rests. @param {HTMLElement} status @returns {(text: string) => void} */
export function announcer(status) {
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;
  return (text) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => status.textContent !== text && (status.textContent = text), 500);
  };
}

/**
 * What is still to be written into the address, by all tables of the page: the step that is
 * there, if it changes, and those after it.
 * @type {(string | undefined)[]}
 */
let steps = [undefined];
/** @type {ReturnType<typeof setTimeout>} */
let waiting;

/** The address as it will be, without the #. */
export const addressNow = () => steps[steps.length - 1] ?? location.hash.slice(1);

/**
 * Writes into the address when the reader rests: it takes as long as to show the rows.
 * @param {string} hash @param {boolean} [isTyping] Then it is no step back of its own.
 */
export function remember(hash, isTyping) {
  clearTimeout(waiting);
  if (isTyping) steps.pop();
  steps.push(hash);
  waiting = setTimeout(() => {
    steps.forEach((step, at) => {
      if (step === undefined || step === location.hash.slice(1)) return;
      history[at ? "pushState" : "replaceState"](null, "", location.href.split("#")[0] + (step && "#" + step));
    });
    steps = [undefined];
  }, 400);
}

/** Calls back when the address has another state; a place in the page is none. @param {() => void} read */
export function onAddress(read) {
  addEventListener("popstate", () => {
    if (location.hash && !location.hash.includes("=")) return;
    clearTimeout(waiting);
    steps = [undefined];
    read();
  });
}
