// The part of a text that shows best why it was found.

import { fold, stem, tokens } from "./analysis.js";

/**
 * @typedef {{stem: string, marks: Set<string>}} Sought
 * @typedef {{text: string, marked: boolean}} Piece
 */

const LENGTH = 200;
const BEFORE = 50;

/** Cuts the part out that has the most words of the query. @param {string} text @param {Sought[]} words @returns {Piece[]} */
export function excerpt(text, words) {
  const all = tokens(text);
  const marks = all.flatMap(({ word, start, end }) => {
    const found = words.findIndex((it) => shows(fold(word), it));
    return found < 0 ? [] : [{ found, start, end }];
  });
  let [best, most] = [0, 0];
  marks.forEach(({ start }, at) => {
    const near = marks.slice(at).filter((it) => it.end < start + LENGTH - BEFORE);
    const count = new Set(near.map((it) => it.found)).size + near.length / 100;
    if (count > most) [best, most] = [start, count];
  });
  let from = Math.max(0, best - BEFORE);
  if (text.length <= LENGTH) from = 0;
  if (from > 0) from = all.find((it) => it.start >= from)?.start ?? from;
  // „§ 18“ stays whole.
  from -= /§+\s?$/.exec(text.slice(0, from).slice(-3))?.[0].length || 0;
  const to = from + LENGTH < text.length ? all.findLast((it) => it.end <= from + LENGTH && it.end > from)?.end || from + LENGTH : text.length;
  return pieces(text, marks.filter((it) => it.start >= from && it.end <= to), from, to);
}

/** @param {string} folded @param {Sought} word */
function shows(folded, { stem: asked, marks }) {
  return marks.has(stem(folded)) || (asked.length > 3 && folded.includes(asked));
}

/** @param {string} text @param {{start: number, end: number}[]} marks @param {number} from @param {number} to */
function pieces(text, marks, from, to) {
  /** @type {Piece[]} */
  const pieces = [];
  /** @param {string} text @param {boolean} marked */
  const push = (text, marked) => text && pieces.push({ text, marked });
  push(from > 0 ? "… " : "", false);
  let at = from;
  for (const { start, end } of marks) {
    push(text.slice(at, start), false);
    push(text.slice(start, end), true);
    at = end;
  }
  push(text.slice(at, to), false);
  push(to < text.length ? " …" : "", false);
  return pieces;
}
