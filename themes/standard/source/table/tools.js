// Small tools: elements, words, texts as they are compared.

/**
 * Makes an element; a text among the children becomes a text node.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name
 * @param {Record<string, string | boolean | number | (() => unknown)>} props Attributes; functions are listeners.
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(name, props, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === "function") node.addEventListener(key, value);
    else if (value !== false) node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children);
  return node;
}

/** @param {(isTicked: boolean) => void} run */
export function tickBox(run) {
  const box = make("input", { type: "checkbox" });
  box.addEventListener("change", () => run(box.checked));
  return box;
}

/** @param {string} text @param {() => unknown} run @param {Record<string, string>} [props] */
export function button(text, run, props) {
  return make("button", { type: "button", click: run, ...props }, text);
}

/** Finds what the template of the table promises. @param {ParentNode} parent @param {string} selector */
export function find(parent, selector) {
  const found = parent.querySelector(selector);
  if (found instanceof HTMLElement) return found;
  throw Error(selector);
}

export const findInput = /** @type {(parent: ParentNode, selector: string) => HTMLInputElement} */ (find);

/** Puts values into the places of a text. @param {string} text With `{names}`. @param {Record<string, string | number>} values */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, key) => (Object.hasOwn(values, key) ? String(values[key]) : whole));
}

/** Letters without marks: `ä` as `a`. @param {string} text */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "");
}

/** Small letters, without the signs of gender forms and dashes. @param {string} text */
function small(text) {
  return text.toLowerCase().replace(/ß/g, "ss").replace(/[*:_·–]|\/-?(?=in)/g, "");
}

/** Letters as they are typed without umlauts: `ä` as `ae`. @param {string} text */
export function fold(text) {
  return plain(small(text).normalize("NFC").replace(/[äöü]/g, (it) => plain(it) + "e"));
}

/** A text in both spellings of umlauts, so that any of them is found in it. @param {string} text */
export function folded(text) {
  return plain(small(text)) + " " + fold(text);
}

/** @param {string} text A part of an address. */
export function slug(text) {
  return fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** Something that is needed only sometimes, and then often. @template T @param {(at: number) => T} read @returns {(at: number) => T} */
export function once(read) {
  /** @type {T[]} */
  const known = [];
  return (at) => (known[at] ??= read(at));
}

/** @param {number} length */
export function upTo(length) {
  return Array.from({ length }, (_, at) => at);
}

/** Says what its cells are, because a grid of rows is no table to every browser. @param {HTMLTableRowElement} row */
export function nameParts(row) {
  row.role = "row";
  for (const node of row.cells) node.role = node.tagName === "TH" ? "rowheader" : "cell";
  return row;
}
