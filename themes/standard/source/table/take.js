// The found rows and shown columns as files and for the clipboard, in the forms of the build.

import { print } from "./numbers.js";
import { NONE } from "./source.js";
import { make } from "./tools.js";

/**
 * @typedef {"excel" | "machine" | "tabs"} Form
 * @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Source} Source
 */

/** A cell that would be a formula gets a `'` before it. @param {string} text @param {Form} form */
function textCell(text, form) {
  if (form === "machine") return /^ | $|[,"\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  const safe = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? "'" + text : text;
  return form === "tabs" ? safe.replace(/[\t\r\n]+/g, " ") : '"' + safe.replace(/"/g, '""') + '"';
}

/** @param {Source} source @param {Block} block @param {string[]} labels @param {string[]} headings Labels with units. */
export function taking(source, { columns, lang, words }, labels, headings) {
  const point = lang === "de" ? "," : ".";

  /** How many decimals a cell has, which may be less than its column. @param {string} seen */
  const decimalsOf = (seen) => /^\d*/.exec(seen.split(point)[1] || "")?.[0].length || 0;

  /** The sign beside a number: `p` of `12,3 p`. @param {number} row @param {number} column */
  function sign(row, column) {
    const number = columns[column].bins ? source.numbers(column)[row] : NaN;
    if (number !== number) return "";
    const seen = source.seen(row, column);
    return seen[0] === "(" ? "( )" : seen.split("\u00a0")[1] || "";
  }

  /** @param {number} row @param {number} column @param {Form} form */
  function cell(row, column, form) {
    const { kind, bins, decimals = 0, choices = [] } = columns[column];
    const value = kind === "number" ? source.numbers(column)[row] : NaN;
    if (value === value) {
      const own = bins ? decimalsOf(source.seen(row, column)) : decimals;
      const text = print(value / 10 ** (decimals - own), own);
      if (form === "machine") return text;
      const local = bins ? text.replace(".", point) : text;
      return form === "excel" ? '"' + local + '"' : local;
    }
    const seen = source.seen(row, column);
    if (form !== "machine") return textCell(source.isMissing(row, column) && /^\d/.test(seen) ? "'" + seen : seen, form);
    if (source.isMissing(row, column)) return "";
    const code = kind === "choice" ? source.codes(column)[row] : NONE;
    return textCell(code === NONE ? seen : choices[code][2], form);
  }

  return {
    /** @param {number[]} rows @param {number[]} shown @param {Form} form */
    csv(rows, shown, form) {
      const [delimiter, end] = { tabs: ["\t", "\n"], machine: [",", "\n"], excel: [lang === "de" ? ";" : ",", "\r\n"] }[form];
      // Numbers stay numbers: the signs beside them have a column of their own.
      const isSigned = shown.map((it) => form !== "tabs" && rows.some((row) => sign(row, it)));
      /** @param {(column: number) => string} value @param {(column: number) => string} ofSign */
      const line = (value, ofSign) => shown.flatMap((it, at) => (isSigned[at] ? [value(it), textCell(ofSign(it), form)] : [value(it)]));
      const head = form === "machine"
        ? line((it) => textCell(columns[it].id, form), (it) => columns[it].id + "_mark")
        : line((it) => textCell(headings[it], form), (it) => labels[it] + " – " + words.sign);
      const lines = [head, ...rows.map((row) => line((it) => cell(row, it, form), (it) => sign(row, it)))];
      return (form === "excel" ? "\ufeff" : "") + lines.map((it) => it.join(delimiter) + end).join("");
    },

    /** The same as a table for Word. @param {number[]} rows @param {number[]} shown */
    html(rows, shown) {
      const line = (/** @type {"th" | "td"} */ tag, /** @type {string[]} */ cells) => make("tr", {}, ...cells.map((it) => make(tag, {}, it)));
      const table = make("table", {}, line("th", shown.map((it) => headings[it])));
      // Excel takes a number with a typographic minus for a text, and some texts for formulas.
      const safe = (/** @type {string} */ seen, /** @type {number} */ column) => (columns[column].bins ? seen.replace("−", "-") : textCell(seen, "tabs"));
      for (const row of rows) table.append(line("td", shown.map((it) => safe(source.seen(row, it), it))));
      return '<meta charset="utf-8">' + table.outerHTML;
    },
  };
}

/** @param {string} text @param {string} name */
export function save(text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = make("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/**
 * Copies without asking for a right that a page from a stick does not have.
 * @param {string} text @param {string} [markup]
 * @returns {boolean} Whether the browser allowed it.
 */
export function copy(text, markup) {
  const put = (/** @type {ClipboardEvent} */ event) => {
    event.clipboardData?.setData("text/plain", text);
    if (markup) event.clipboardData?.setData("text/html", markup);
    event.preventDefault();
  };
  document.addEventListener("copy", put);
  const isDone = document.execCommand("copy");
  document.removeEventListener("copy", put);
  return isDone;
}
