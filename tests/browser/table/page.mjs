// What a person would see of a table and point at.

import { settle } from "../browser.mjs";

/** How long what is expected may take, in milliseconds. */
export const PATIENCE = 6000;

/**
 * Runs inside the browser. Looks at the page: `what` is one of the questions at the end.
 *
 * A thing is found by its name as a screen reader says it, or by the beginning of it;
 * `within` is the name of a group, a panel, a column or a row. Where a page has several tables,
 * `globalThis.sight` is the one that is looked at.
 */
export function look({ what, name, within, column }) {
  const text = (node) => (node ? node.textContent.replace(/\s+/g, " ").trim() : "");
  const isSeen = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
  const byId = (node, attribute) => (node.getAttribute(attribute) ?? "").split(" ").filter(Boolean).map((id) => text(document.getElementById(id))).join(" ");
  const nameOf = (node) => {
    const own = node.getAttribute("aria-label") || byId(node, "aria-labelledby");
    if (own) return own;
    if (node.labels?.length) return Array.from(node.labels, text).join(" ");
    if (node.matches("fieldset")) return text(node.querySelector("legend"));
    if (node.matches("tr")) return node.cells[0].firstChild?.textContent ?? "";
    return text(node);
  };
  const best = (nodes, wanted) => {
    const seen = nodes.filter(isSeen);
    return seen.find((it) => nameOf(it) === wanted) ?? seen.find((it) => nameOf(it).startsWith(wanted));
  };
  const sight = globalThis.sight ?? document;
  const all = (selector, root = sight) => Array.from(root.querySelectorAll(selector));
  const place = () => {
    if (!within) return sight;
    const found = best(all("fieldset, [role=region], [role=group], [role=dialog], [role=search], .data-table thead th, .data-table tr, .data-chips"), within);
    if (!found) throw new Error(`there is no „${within}“`);
    return found;
  };
  const thing = () => {
    const found = best(all("button, a[href], input, select, summary, [tabindex='0']", place()), name);
    if (!found) throw new Error(`„${name}“ is not to be seen${within ? ` in „${within}“` : ""}`);
    return found;
  };
  const heads = () => all(".data-table thead tr:not(.over) th").filter(isSeen);
  const label = (head) => (head.querySelector(".sort") ?? head).firstChild.textContent.trim();
  const names = (selector) => all(selector, place()).filter(isSeen).map(text);
  const rows = () => all(".data-table tbody:not(.compare) tr:not(.over)");
  const center = (node) => {
    node.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const { left, top, width, height } = node.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const there = document.elementFromPoint(x, y);
    const isFree = there && (node.contains(there) || there.contains(node) || there.closest("label")?.contains(node));
    if (!isFree) throw new Error(`„${name}“ is covered by ${there?.outerHTML.slice(0, 80)}`);
    return { x, y };
  };
  const stateOf = (node) => ({
    name: nameOf(node),
    checked: Boolean(node.checked || node.getAttribute("aria-pressed") === "true"),
    disabled: Boolean(node.disabled),
    expanded: node.getAttribute("aria-expanded") === "true",
    invalid: node.getAttribute("aria-invalid") === "true",
    value: node.getAttribute("aria-valuetext") ?? node.value ?? "",
    description: byId(node, "aria-describedby"),
    text: text(node.labels?.[0] ?? node),
  });
  const rowOf = () => {
    const found = all(".data-table tbody tr").find((it) => it.cells[0].firstChild?.textContent.trim() === name);
    if (!found) throw new Error(`there is no row „${name}“`);
    return found;
  };
  const cell = () => {
    const at = heads().findIndex((it) => label(it) === column);
    if (at < 0) throw new Error(`there is no column „${column}“`);
    return Array.from(rowOf().cells).filter(isSeen)[at];
  };
  switch (what) {
    case "place of": return center(thing());
    case "place of cell": return center(cell());
    case "state": return stateOf(thing());
    case "is there": return best(all("button, a[href], input, select", place()), name) !== undefined;
    case "focus": return document.activeElement ? nameOf(document.activeElement) : "";
    case "rows": return rows().map((it) => it.cells[0].firstChild.textContent);
    case "rows that sum up": return all(".data-table tbody.compare tr:not(.over)").map((it) => text(it.cells[0]));
    case "heads": return heads().map(label);
    case "sorted": return heads().find((it) => label(it) === name)?.getAttribute("aria-sort") ?? "not";
    case "cell": return text(cell());
    case "chips": return names(".data-chips .chip").map((it) => it.replace(/ ×$/, ""));
    case "count": return text(sight.querySelector(".data-count"));
    case "status": return text(sight.querySelector(".data-tools [role=status]") ?? document.querySelector(".search-form [role=status]"));
    case "notice": return sight.querySelector(".data-notice").hidden ? "" : text(sight.querySelector(".data-notice"));
    case "buttons": return names("button");
    case "text": return within ? place().innerText.replace(/\s+/g, " ") : (globalThis.sight ?? document.body).innerText.replace(/\s+/g, " ");
    case "comparison": return all(".data-compared tr").map((it) => Array.from(it.cells, text).join(" | "));
    case "title": return document.title;
    default: throw new Error(`nobody can look at ${what}`);
  }
}

/**
 * Tells where something stands when it is there and has come to rest: a panel that opens moves
 * the table, and rows far down get their height when they are painted.
 */
export async function restingPlace(page, wanted) {
  const end = Date.now() + PATIENCE;
  let before;
  for (;;) {
    const now = await page.evaluate(look, wanted).catch((error) => error);
    const isLate = Date.now() > end;
    if (now instanceof Error && isLate) throw now;
    if (!(now instanceof Error) && (isLate || (now.x === before?.x && now.y === before?.y))) return now;
    before = now;
    await settle(page);
  }
}

/** Clicks where something rests. */
export async function click(page, wanted) {
  const { x, y } = await restingPlace(page, wanted);
  await page.mouse.click(x, y);
}
