// Fields of filters. Their counts follow all other filters.

import { print, typed } from "./numbers.js";
import { NONE } from "./source.js";
import { fill, fold, folded, make, once, tickBox, upTo } from "./tools.js";

/**
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Filter} Filter
 * @typedef {import("./types.js").Source} Source
 * @typedef {import("./types.js").State} State
 */

/**
 * A part of the page that follows the state; a long one does so when the reader rests.
 * @typedef {{node: HTMLElement, show: () => void, isLong?: boolean}} Field
 */

/** A longer list of choices can be narrowed. */
const LONG = 12;
/** More rows are not listed to be picked one by one. */
export const PICKED = 1000;

/**
 * Fields that follow the state: those on the screen at once, all when the reader rests; while
 * somebody types only the field that is typed in.
 */
export function fieldsInSight() {
  /** @type {Map<Element, () => void>} */
  const shows = new Map();
  const inSight = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) inSight[isIntersecting ? "add" : "delete"](target);
  });
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;
  return {
    /** @param {Field} field */
    add({ node, show, isLong }) {
      show();
      shows.set(node, show);
      if (!isLong) observer.observe(node);
    },
    /** @param {boolean} isSifted @param {boolean} [isTyping] */
    update(isSifted, isTyping) {
      if (!isSifted) return;
      clearTimeout(waiting);
      shows.forEach((show, node) => (isTyping ? node.contains(document.activeElement) : inSight.has(node)) && show());
      waiting = setTimeout(() => shows.forEach((show) => show()), 200);
    },
  };
}

/**
 * @param {Source} source @param {Block} block @param {string[]} labels @param {string[]} units
 * @param {ReturnType<typeof import("./engine.js").engine>} found
 * @param {(column: number) => Filter} filterOf
 * @param {(column: number, filter: Filter, isTyping?: boolean) => void} setFilter
 * @param {HTMLTemplateElement} [form] Of a histogram, as wide as 1,000; for columns that have one.
 */
export function filterFields(source, { id, lang, columns, words }, labels, units, found, filterOf, setFilter, form) {
  const rows = upTo(source.count);

  /** The choices of a column as a reader picks them, in order: index and name. */
  const choices = once((column) => {
    if (column) return (columns[column].choices || []).map((it, code) => ({ code, name: it[1] }));
    const order = found.keys(0);
    return rows.map((code) => ({ code, name: source.title(code) })).sort((a, b) => order[a.code] - order[b.code]);
  });

  /** Only rows with a value. @param {number} column @returns {Field} */
  function filledBox(column) {
    const box = tickBox((filled) => setFilter(column, { ...filterOf(column), filled }));
    const list = found.keys(column);
    const without = rows.filter((row) => list[row] !== list[row]).length;
    const number = make("span", { class: "count" }, fill(words.without, { n: without }));
    return {
      node: make("label", { class: "choice", hidden: !without }, box, words.filled, number),
      show: () => (box.checked = Boolean(filterOf(column).filled)),
    };
  }

  /** @param {number} column @returns {Field} */
  function choiceField(column) {
    const lines = choices(column).map(({ code, name }) => {
      // Each name is there once, so its count says nothing.
      const box = tickBox((isTicked) => pick(code, isTicked));
      const number = make("span", { class: "count" });
      const label = make("label", { class: "choice" }, box, make("span", {}, name), column ? number : "");
      return { code, box, number, last: NaN, wasPicked: false, text: folded(name), node: make("li", {}, label) };
    });
    /** @param {number} code @param {boolean} isPicked */
    function pick(code, isPicked) {
      const picked = new Set(filterOf(column).choices);
      if (isPicked) picked.add(code);
      else picked.delete(code);
      setFilter(column, { ...filterOf(column), choices: picked.size ? picked : undefined });
    }
    const narrow = make("input", { type: "search", "aria-label": fill(words.narrow, { column: labels[column] }), placeholder: words.narrow_short, hidden: lines.length <= LONG });
    narrow.addEventListener("input", () => {
      for (const it of lines) it.node.hidden = !it.text.includes(fold(narrow.value));
    });
    return {
      node: make("fieldset", {}, make("legend", {}, labels[column]), narrow, make("ul", { class: "choices" }, ...lines.map((it) => it.node))),
      show() {
        const counts = new Uint32Array(NONE + 1);
        const codes = found.codes(column);
        for (const row of rows) if (found.passesOthers(row, column)) counts[codes[row]]++;
        const picked = filterOf(column).choices;
        for (const line of lines) {
          const { code, box, number, last, wasPicked } = line;
          const isPicked = Boolean(picked?.has(code));
          if (counts[code] === last && isPicked === wasPicked) continue;
          line.last = counts[code];
          line.wasPicked = box.checked = isPicked;
          box.disabled = !isPicked && !line.last;
          number.textContent = String(line.last);
        }
      },
      isLong: !column,
    };
  }

  /** @param {number} column @param {[number, number, number]} bins @returns {Field} */
  function rangeField(column, [begin, step, bars]) {
    const { decimals = 0 } = columns[column];
    const drawing = /** @type {HTMLElement} */ (form?.content.firstElementChild?.cloneNode(true));
    const paths = drawing.querySelectorAll("path");
    const wide = 1000 / bars;
    const ends = /** @type {const} */ (["least", "most"]).map((end, side) => {
      const open = side * bars;
      const slider = make("input", { type: "range", min: 0, max: bars, "aria-label": fill(words[end], { column: labels[column] }) });
      const error = make("span", { class: "error", id: [id, columns[column].id, end].join("-") });
      const text = make("input", { type: "text", inputmode: "decimal", maxlength: 20, autocomplete: "off", "aria-describedby": error.id });
      const bound = (/** @type {number | undefined} */ value) => setFilter(column, { ...filterOf(column), [end]: value }, true);
      slider.addEventListener("input", () => {
        const place = Number(slider.value);
        bound(place === open ? undefined : begin + place * step - side);
      });
      text.addEventListener("input", () => {
        const value = text.value.trim() ? typed(text.value, decimals, lang, Boolean(side)) : undefined;
        text.ariaInvalid = String(value === null);
        error.textContent = value === null ? fill(words.bad_number, { example: print(123456, 1, lang) }) : "";
        if (value !== null) bound(value);
      });
      return { end, side, slider, text, label: make("label", {}, words[side ? "to" : "from"], text, error) };
    });
    const box = filledBox(column);
    const about = make("p", { class: "count" });
    drawing.append(...ends.map((it) => it.slider));
    return {
      node: make(
        "fieldset",
        {},
        make("legend", {}, labels[column] + " ", make("span", { class: "unit" }, units[column])),
        drawing,
        make("div", { class: "ends" }, ...ends.map((it) => it.label)),
        about,
        box.node,
      ),
      show() {
        const { least, most } = filterOf(column);
        const list = source.numbers(column);
        const counts = new Uint32Array(bars);
        let sum = 0;
        for (const row of rows) {
          if (list[row] === list[row] && found.passesOthers(row, column)) {
            counts[Math.floor((list[row] - begin) / step)]++;
            sum++;
          }
        }
        const tallest = Math.max(1, ...counts);
        const sides = [least === undefined ? 0 : Math.floor((least - begin) / step), most === undefined ? bars : Math.ceil((most + 1 - begin) / step)];
        const drawn = ["", ""];
        counts.forEach((count, at) => {
          const side = at >= sides[0] && at < sides[1] ? 0 : 1;
          if (count) drawn[side] += "M" + at * wide + " 100v-" + Math.round(4 + (96 * count) / tallest) + "h" + wide * 0.9 + "V100z";
        });
        paths.forEach((it, side) => it.setAttribute("d", drawn[side]));
        for (const { end, side, slider, text } of ends) {
          const value = filterOf(column)[end];
          const said = value === undefined ? words.open_end : print(value, decimals, lang);
          if (slider.ariaValueText !== said) [slider.value, slider.ariaValueText] = [String(sides[side]), said];
          if (document.activeElement !== text && text.ariaInvalid !== "true") text.value = value === undefined ? "" : print(value, decimals, lang);
        }
        about.textContent = fill(words.with_value, { n: sum });
        box.show();
      },
    };
  }

  return {
    choices,
    /** What fits the kind of a column. @param {number} column @returns {Field} */
    field(column) {
      const { kind, bins } = columns[column];
      if (kind === "number" && bins) return rangeField(column, bins);
      if (kind === "choice" || (!column && source.count <= PICKED)) return choiceField(column);
      const box = filledBox(column);
      return { node: make("fieldset", {}, make("legend", {}, labels[column]), box.node), show: box.show };
    },
  };
}
