// What is told of the state: filters in words, the number of hits, the address.

import { print } from "./numbers.js";
import { button, fill, make } from "./tools.js";

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
 * Shows a button for each filter that removes it, and one that removes all.
 * @param {HTMLElement} list @param {Record<string, string>} words
 * @param {{text: string, drop: () => void}[]} filters @param {(() => void) | false} reset
 */
export function showChips(list, words, filters, reset) {
  const chips = filters.map(({ text, drop }) => {
    const chip = button(text, drop, { class: "chip", "aria-label": fill(words.remove, { filter: text }) });
    chip.append(make("span", { "aria-hidden": "true" }, " ×"));
    return chip;
  });
  if (reset) chips.push(button(words.reset, reset, { class: "reset" }));
  list.replaceChildren(...chips.map((it) => make("li", {}, it)));
  list.hidden = !chips.length;
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
 * Writes the state into the address. It takes as long as to show the rows, so it comes after them.
 * @param {() => string} hash
 * @returns {(isTyping?: boolean) => void} Typing is no step back of its own.
 */
export function addressWriter(hash) {
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;
  /** A step that is not written yet. @type {(() => void) | undefined} */
  let step;
  return (isTyping) => {
    clearTimeout(waiting);
    step?.();
    const next = hash();
    const write = () => {
      step = undefined;
      if (next === location.hash.slice(1)) return;
      history[isTyping ? "replaceState" : "pushState"](null, "", location.href.split("#")[0] + (next && "#" + next));
    };
    if (!isTyping) step = write;
    waiting = setTimeout(write, isTyping ? 400 : 120);
  };
}

/** Calls back when the address has another state; a place in the page is none. @param {() => void} read */
export function onAddress(read) {
  addEventListener("popstate", () => {
    if (!location.hash || location.hash.includes("=")) read();
  });
}
