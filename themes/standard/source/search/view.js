// What the field and the page of the search show in the same way. Texts of readers and of
// the index become text nodes only.

import { print } from "../table/numbers.js";
import { fill, make } from "../table/tools.js";

/**
 * @typedef {import("./query.js").Answer} Answer
 * @typedef {import("./query.js").Hit} Hit
 */

/** Says a number of results. @param {DOMStringMap} words @param {number} count */
export function countText(words, count) {
  if (count < 2) return String(count ? words.one : words.none);
  return fill(String(words.many), { n: number(count) });
}

/** @param {number} count */
export function number(count) {
  return print(count, 0, document.documentElement.lang);
}

/** Where the page of the search answers a query. @param {HTMLFormElement} form @param {string} query @param {string} [type] */
export function addressOf(form, query, type) {
  const asked = new URLSearchParams({ q: query, ...(type && { type }) });
  return `${form.getAttribute("action")}?${asked}`;
}

/** @param {HTMLFormElement} form @param {Hit} hit */
export function hitLink(form, hit) {
  return make("a", { href: form.dataset.root + hit.url }, hit.title);
}

/** Says what a hit is and where it lies. @param {Hit} hit */
export function placeText({ type, place }) {
  return !place || place === type || place.startsWith(type + " › ") ? place || type : `${type} · ${place}`;
}

/** Leads to what is folded behind a hit. @param {HTMLFormElement} form @param {Hit} hit @param {string} query */
export function moreLink(form, { more, type }, query) {
  const text = fill(String(form.dataset.more), { n: number(more), type });
  return make("a", { href: addressOf(form, query, type), "data-type": type, class: "search-more" }, text);
}

/** „Meinten Sie: …“. @param {HTMLFormElement} form @param {string} suggestion */
export function suggestionNodes(form, suggestion) {
  return [`${form.dataset.meant} `, make("a", { href: addressOf(form, suggestion) }, suggestion)];
}

/** What is wrong with an answer; nothing mostly. @param {HTMLFormElement} form @param {Answer} answer */
export function noticeText({ dataset }, { missing, types }) {
  return String((missing && (types.length ? dataset.missing : dataset.failed)) || "");
}

/** Runs the last of many calls, when they rest. @param {number} time In milliseconds. */
export function resting(time) {
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;
  return (/** @type {() => void} */ run) => {
    clearTimeout(waiting);
    waiting = setTimeout(run, time);
  };
}
