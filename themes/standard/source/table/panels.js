// The panels in which readers choose filters and columns, and what is told of one column.

import { choosing, moving } from "./edits.js";
import { fieldsInSight } from "./fields.js";
import { button, fill, find, findInput, fold, folded, make, tickBox, upTo } from "./tools.js";

/**
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Panel} Panel
 * @typedef {import("./fields.js").Field} Field
 */

/**
 * @param {Block} block @param {string[]} labels
 * @param {Set<number>} listed The columns whose fields are there from the start.
 * @param {(column: number) => Field} field
 * @returns {Panel}
 */
export function filterPanel({ columns, words }, labels, listed, field) {
  const fields = make("div", { class: "fields" });
  const { add, update } = fieldsInSight();
  const put = (/** @type {number} */ column) => {
    const one = field(column);
    fields.append(one.node);
    add(one);
    return one.node;
  };
  listed.forEach(put);
  const rest = upTo(columns.length).filter((it) => !listed.has(it) && columns[it].bins);
  const select = make("select", {}, ...rest.map((it) => make("option", { value: it }, labels[it])));
  const addOne = button(words.add, () => {
    const node = put(Number(select.value));
    select.selectedOptions[0].remove();
    findInput(node, "input[type=text]").focus();
    more.hidden = !select.options.length;
  });
  const more = make("div", { class: "acts", hidden: !rest.length }, make("label", { class: "more" }, words.more_columns, select), addOne);
  return { nodes: [fields, more], update };
}

/**
 * @param {Block} block @param {string[]} labels @param {string[]} groups The title of the group of each column.
 * @param {() => number[]} shown
 * @param {(edit: import("./edits.js").Edit) => void} change
 * @returns {Panel}
 */
export function columnPanel({ words }, labels, groups, shown, change) {
  const lists = Array.from(new Set(groups.slice(1)), groupList);
  const search = make("input", { type: "search" });
  search.addEventListener("input", () => {
    const asked = fold(search.value);
    for (const { node, lines } of lists) {
      for (const line of lines) line.node.hidden = !folded(labels[line.column]).includes(asked);
      node.hidden = lines.every((it) => it.node.hidden);
    }
  });
  const order = make("ol", { class: "order" });

  /** The columns of a group, to be ticked. @param {string} title */
  function groupList(title) {
    const own = upTo(groups.length).filter((it) => it && groups[it] === title);
    const whole = tickBox((isTicked) => change(choosing(own, isTicked)));
    const lines = own.map((column) => {
      const box = tickBox((isTicked) => change(choosing([column], isTicked)));
      return { column, box, node: make("li", {}, make("label", { class: "choice" }, box, labels[column])) };
    });
    const node = make("fieldset", {}, make("legend", {}, make("label", { class: "choice" }, whole, title || words.view_all)), make("ul", { class: "choices" }, ...lines.map((it) => it.node)));
    return { node, whole, lines };
  }

  /** @param {number} column */
  function orderLine(column) {
    const mover = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ word) =>
      button(sign, () => change(moving(column, by)), { "data-move": column + "/" + by, "aria-label": fill(word, { column: labels[column] }) });
    return make("li", {}, make("span", {}, labels[column]), mover(-1, "↑", words.earlier), mover(1, "↓", words.later));
  }

  return {
    nodes: [
      make("label", { class: "more" }, words.find_column, search),
      make("div", { class: "fields" }, ...lists.map((it) => it.node)),
      make("fieldset", {}, make("legend", {}, words.order), order),
    ],
    update() {
      const now = shown();
      for (const { whole, lines } of lists) {
        for (const { box, column } of lines) box.checked = now.includes(column);
        whole.checked = lines.every((it) => it.box.checked);
        whole.indeterminate = !whole.checked && lines.some((it) => it.box.checked);
      }
      const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.move;
      order.replaceChildren(...now.slice(1).map(orderLine));
      if (focused) order.querySelectorAll("button").forEach((it) => it.dataset.move === focused && it.focus());
    },
  };
}

/**
 * What one column is and offers, beside its head.
 * @param {HTMLElement} about @param {Block} block @param {string[]} labels
 * @param {(column: number) => Field} field
 * @param {(what: string | undefined, column: number) => void} act
 */
export function columnPopover(about, block, labels, field, act) {
  const acts = Array.from(about.querySelectorAll("button"));
  let told = 0;
  /** @type {Field | undefined} */
  let open;
  for (const it of acts) {
    it.addEventListener("click", () => {
      about.hidePopover();
      act(it.dataset.act, told);
    });
  }
  return {
    /** Fills it before it opens. @param {number} column */
    tell(column) {
      told = column;
      open = field(column);
      find(about, ".about-title").textContent = labels[column];
      find(about, ".explained").replaceChildren(...explanation(block, column).map((it) => it.cloneNode(true)));
      find(about, ".about-field").replaceChildren(open.node);
      for (const it of acts.slice(2)) it.hidden = !column;
      open.show();
    },
    update: () => open?.show(),
  };
}

/** What stands below the table about a column, behind its title. @param {Block} block @param {number} column */
export function explanation({ prefix, columns }, column) {
  return Array.from(document.getElementById(prefix + "spalte-" + columns[column].id)?.parentElement?.children || []).slice(1);
}
