// Numbers are whole numbers of the last decimal of their column, "units": no rounding anywhere.

/**
 * Prints a number as the build does.
 * @param {number} units @param {number} decimals
 * @param {string} [lang] `de` or `en` for readers; without it for programs.
 */
export function print(units, decimals, lang) {
  const [minus, group, point] = lang === "de" ? ["−", ".", ","] : lang ? ["−", ",", "."] : ["-", "", "."];
  const digits = String(Math.abs(units)).padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  return (units < 0 ? minus : "") + digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, group) + (decimals ? point + digits.slice(cut) : "");
}

/**
 * Reads a number that a reader has typed or a link says; none where it is not clear.
 * @param {string} text @param {number} decimals
 * @param {string} lang `de`, `en` or, for programs, anything else.
 * @param {boolean} isUpper More decimals than the column has are rounded into the range: down for an upper bound, else up.
 */
export function typed(text, decimals, lang, isUpper) {
  const [group, point] = lang === "de" ? ["\\.", ","] : lang === "en" ? [",", "\\."] : ["_", "\\."];
  const form = new RegExp("^([-−–]?)(\\d{1,3}(?:" + group + "\\d{3})+|\\d{1,15})(?:" + point + "(\\d{0,9}))?$");
  const match = form.exec(text.replace(/[\s%€]/g, ""));
  if (!match) return null;
  const [, minus, whole = "", fraction = ""] = match;
  const exact = Number(whole.replace(/\D/g, "") + fraction.padEnd(decimals, "0").slice(0, decimals));
  const rest = /[1-9]/.test(fraction.slice(decimals)) && Boolean(minus) === isUpper ? 1 : 0;
  const units = minus ? -exact - rest : exact + rest;
  return Number.isSafeInteger(units) ? units : null;
}

/** @param {ArrayLike<number>} sorted Not empty. */
export function middle(sorted) {
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
