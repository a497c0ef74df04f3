// The field on every page, and the panel below it.
//
// The panel is a list of links in a region, not a combobox: what it offers are places to go
// to, not values for the field, and links can be opened in a new tab and are read with their
// place. The arrow keys walk through it all the same. A live region says how much was found.

import { announcer } from "../table/told.js";
import { fill, find, findInput, make } from "../table/tools.js";
import { withKey } from "./key.js";
import { open } from "./query.js";
import { addressOf, countText, hitLink, moreLink, noticeText, number, placeText, resting, suggestionNodes } from "./view.js";

/** @typedef {import("./query.js").Answer} Answer */

const SHOWN = 7;

/** @param {HTMLFormElement} form */
export function startField(form) {
  const input = findInput(form, "input");
  const panel = find(form, ".search-panel");
  const index = open(String(form.dataset.index));
  const tell = announcer(find(form, "[role=status]"));
  const rest = resting(120);
  let stop = new AbortController();

  function close() {
    stop.abort();
    rest(() => {});
    panel.hidden = true;
    tell("");
  }

  async function ask() {
    const query = input.value.trim();
    stop.abort();
    if (!query) return close();
    const { signal } = (stop = new AbortController());
    const answer = await index.search(query, { limit: SHOWN, signal });
    if (signal.aborted) return;
    show(answer);
    index.ahead();
  }

  /** @param {Answer} answer */
  function show(answer) {
    const { hits, query, suggestion, total } = answer;
    const notice = noticeText(form, answer);
    const found = countText(form.dataset, total);
    /** @type {Node[]} */
    const nodes = [];
    if (notice) nodes.push(make("p", { class: "search-notice" }, notice));
    if (suggestion) nodes.push(make("p", { class: "search-meant" }, ...suggestionNodes(form, suggestion)));
    if (total) {
      const items = hits.map((it) => {
        const more = it.more ? [moreLink(form, it, query)] : [];
        return make("li", {}, hitLink(form, it), make("span", {}, placeText(it)), ...more);
      });
      const all = fill(String(total > 1 ? form.dataset.all : form.dataset.one), { n: number(total) });
      nodes.push(make("ul", {}, ...items), make("p", {}, make("a", { href: addressOf(form, query), class: "search-all" }, all)));
    } else if (!notice) {
      nodes.push(make("p", {}, found));
    }
    panel.replaceChildren(...nodes);
    panel.scrollTop = 0;
    panel.hidden = false;
    tell(notice || (total ? fill(String(form.dataset.into), { found }) : found));
  }

  /** Moves through the field and the links below it. @param {number} by */
  function walk(by) {
    const stops = [input, ...panel.querySelectorAll("a")];
    const at = stops.findIndex((it) => it === document.activeElement);
    stops[Math.min(Math.max(at + by, 0), stops.length - 1)].focus();
  }

  input.addEventListener("focus", () => void index.warm());
  input.addEventListener("input", () => rest(ask));
  input.addEventListener("click", () => panel.hidden && ask());
  form.addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing } = event;
    if (altKey || ctrlKey || metaKey || shiftKey || isComposing) return;
    if (key === "Escape" && !panel.hidden) {
      input.focus();
      close();
    } else if (key === "ArrowDown" && panel.hidden) {
      ask();
    } else if ((key === "ArrowDown" || key === "ArrowUp") && !panel.hidden) {
      walk(key === "ArrowDown" ? 1 : -1);
    } else {
      return;
    }
    event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    // The policy of the pages lets nothing be sent; Firefox would also forbid it on a stick.
    event.preventDefault();
    const query = input.value.trim();
    location.assign(withKey(query ? addressOf(form, query) : String(form.getAttribute("action"))));
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !form.contains(relatedTarget)) close();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !form.contains(target)) close();
  });
}
