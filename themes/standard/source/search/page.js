// The page of the search: `?q=` asks, `&type=` keeps one type. Both stand in the address, so
// that the way back from a result, or from all results of one type, leads to what was seen.

import { announcer } from "../table/told.js";
import { find, findInput, make } from "../table/tools.js";
import { showSwitch, withKey } from "./key.js";
import { open } from "./query.js";
import { addressOf, countText, hitLink, moreLink, noticeText, number, placeText, resting, suggestionNodes } from "./view.js";

/**
 * @typedef {import("./query.js").Answer} Answer
 * @typedef {import("./query.js").Hit} Hit
 */

const STEP = 20;

/** @param {HTMLFormElement} form */
export function startPage(form) {
  // Without a script nothing of it would ever be seen.
  for (const it of document.querySelectorAll("template.search-live")) if (it instanceof HTMLTemplateElement) it.replaceWith(it.content);
  const input = findInput(form, "input");
  const place = (/** @type {string} */ selector) => find(document, selector);
  const [found, start, notice, meant, next] = [".search-found", ".search-start", ".search-answers > .search-notice", ".search-meant", ".search-next"].map(place);
  const [title, list, advice, types] = ["#gefunden", ".search-list ol", ".search-advice", ".search-types"].map(place);
  const index = open(String(form.dataset.index));
  const tell = announcer(find(form, "[role=status]"));
  const rest = resting(120);
  const remember = resting(300);
  const ownTitle = document.title;
  let stop = new AbortController();
  let type = "";
  let limit = STEP;

  /** Asks what the field and the type say. @returns {Promise<void>} */
  async function ask() {
    const query = input.value.trim();
    stop.abort();
    const { signal } = (stop = new AbortController());
    document.title = query ? `${query.slice(0, 100)} – ${ownTitle}` : ownTitle;
    start.hidden = Boolean(query);
    if (!query) {
      found.hidden = notice.hidden = true;
      return tell("");
    }
    const answer = await index.search(query, { type, limit, signal });
    if (signal.aborted) return;
    // A type that the site does not have, as in an old link, is none.
    if (type && answer.types.length && !answer.types.some((it) => it.name === type)) return choose("");
    show(answer, signal);
  }

  /** @param {Answer} answer @param {AbortSignal} signal */
  function show(answer, signal) {
    const { hits, query, suggestion, total } = answer;
    const count = type ? answer.types.find((it) => it.name === type)?.count || 0 : total;
    const said = noticeText(form, answer);
    const counted = countText(form.dataset, count);
    showNotice(said);
    found.hidden = !answer.types.length;
    title.textContent = counted;
    meant.replaceChildren(...(suggestion ? suggestionNodes(form, suggestion) : []));
    meant.hidden = !suggestion;
    advice.hidden = count > 0;
    start.hidden = count > 0;
    types.hidden = !total;
    showTypes(answer);
    list.replaceChildren(...hits.map((it) => item(it, query)));
    const folded = hits.reduce((sum, it) => sum + it.more, 0);
    next.hidden = hits.length + folded >= count || hits.length < limit;
    tell([said, counted].filter(Boolean).join(" "));
    showExcerpts(hits, signal);
  }

  /** @param {string} text */
  function showNotice(text) {
    notice.textContent = text;
    notice.hidden = !text;
  }

  /** @param {Hit} hit @param {string} query */
  function item(hit, query) {
    const more = hit.more ? [make("p", {}, moreLink(form, hit, query))] : [];
    return make("li", {}, make("h3", {}, hitLink(form, hit)), make("p", { class: "search-place" }, placeText(hit)), make("p", { class: "search-excerpt" }), ...more);
  }

  /** Texts come after the titles. @param {Hit[]} hits @param {AbortSignal} signal */
  async function showExcerpts(hits, signal) {
    const places = Array.from(list.querySelectorAll(".search-excerpt"));
    await Promise.all(
      hits.map(async (hit, at) => {
        const pieces = await hit.excerpt();
        places[at].replaceChildren(...pieces.map(({ text, marked }) => (marked ? make("mark", {}, text) : text)));
      }),
    );
    if (signal.aborted) return;
    if (index.missed()) showNotice(String(form.dataset.missing));
    index.ahead();
  }

  /** Types without hits stay where they are. @param {Answer} answer */
  function showTypes(answer) {
    const all = [{ name: "", count: answer.total }, ...answer.types];
    const known = Array.from(types.querySelectorAll("input"), (it) => it.value);
    if (known.join("\n") !== all.map((it) => it.name).join("\n")) {
      const boxes = all.map(({ name }) => {
        const box = make("input", { type: "radio", name: "type", value: name });
        box.addEventListener("change", () => choose(name));
        return make("label", { class: "choice" }, box, make("span", {}, name || String(form.dataset.every)), make("span", { class: "count" }));
      });
      types.replaceChildren(make("fieldset", {}, make("legend", {}, String(form.dataset.kinds)), ...boxes));
    }
    types.querySelectorAll("label").forEach((label, at) => {
      const box = findInput(label, "input");
      box.checked = box.value === type;
      box.disabled = !all[at].count && !box.checked;
      find(label, ".count").textContent = number(all[at].count);
    });
  }

  /** @param {string} wanted @param {"replaceState" | "pushState"} [way] */
  function choose(wanted, way) {
    type = wanted;
    limit = STEP;
    write(way);
    return ask();
  }

  /** A new word is no step back of its own, and neither is a type; a link is. @param {"replaceState" | "pushState"} [way] */
  function write(way = "replaceState") {
    const query = input.value.trim();
    const address = query ? addressOf(form, query, type) : String(form.getAttribute("action"));
    try {
      history[way](null, "", withKey(address));
    } catch {
      // Some browsers count how often it changes, or forbid it on a stick; the search goes on.
    }
  }

  function read() {
    const asked = new URLSearchParams(location.search);
    input.value = asked.get("q") || "";
    type = asked.get("type") || "";
    limit = STEP;
    ask();
  }

  input.addEventListener("focus", () => void index.warm());
  input.addEventListener("input", () => {
    type = "";
    limit = STEP;
    rest(ask);
    remember(write);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    rest(() => {});
    remember(() => {});
    write();
    ask();
  });
  types.addEventListener("submit", (event) => event.preventDefault());
  list.addEventListener("click", async (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link) return;
    if (link.dataset.type === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return write();
    event.preventDefault();
    await choose(link.dataset.type, "pushState");
    title.focus();
  });
  next.addEventListener("click", async () => {
    const before = list.children.length;
    limit += STEP;
    await ask();
    list.children[before]?.querySelector("a")?.focus();
  });
  addEventListener("popstate", read);
  addEventListener("pageshow", ({ persisted }) => persisted && read());
  place(".search-off").hidden = true;
  showSwitch(place(".search-key"));
  // Nothing takes the focus: the first tab leads to the skip links, as everywhere.
  read();
}
