// What a word may mean that no text has: words in it, words around it, slips of the finger.

import { root, stem } from "./analysis.js";
import { lowerBound } from "./shards.js";

/** @typedef {{term: string, factor: number}} Guess */

/** So many guesses are followed. */
const MOST = 12;
/** How well a word fits that ends in another one. */
export const ENDING = 0.55;
/** So many ways to cut a word are followed. */
const MOST_WAYS = 3;

/** Words that end in this, else words that have it inside. @param {string[]} known @param {string} part @returns {Guess[]} */
export function within(known, part) {
  // „Haft“ is no part of „Patenschaft“.
  const isCut = part[0] === "h" ? /[cps]h/ : /^$/;
  const ends = known.filter((it) => it.length > part.length + 1 && it.endsWith(part) && !isCut.test(it.slice(-part.length - 1, 1 - part.length)));
  if (ends.length || part.length < 5) return ends.slice(0, MOST).map((term) => ({ term, factor: ENDING }));
  const inside = known.filter((it) => it.indexOf(part) > 0);
  return inside.slice(0, MOST).map((term) => ({ term, factor: 0.25 }));
}

/**
 * What somebody does where a noun says that it is done: „Füllung“, „füllen“; „Vermittlung“, „vermitteln“.
 * By themselves „Bildung“ and „Bild“ have nothing in common.
 * @param {string} folded
 */
export const verbOf = (folded) => folded.replace(/(?<=[^aeiouhlr])lung(en)?$/, "eln").replace(/(?<=.{4})ung(en)?$/, "en");

/** Ways to cut a word into known words: the fewest, the best known, the most even ones first. @param {string[]} known @param {string} folded */
export function split(known, folded) {
  /** @param {string} part */
  const knows = (part) => standing(known, part) || (part.length > 6 ? standing(known, verbOf(part)) : 0);
  /** @type {string[][]} */
  const ways = [];
  for (let at = 3; at <= folded.length - 3; at++) {
    const [left, right] = [folded.slice(0, at), folded.slice(at)];
    if (Math.max(left.length, right.length) < 4 || !knows(left)) continue;
    if (knows(right)) ways.push([left, right]);
    for (let next = 4; next <= right.length - 4; next++) {
      const parts = [left, right.slice(0, next), right.slice(next)];
      if (knows(parts[1]) && knows(parts[2])) ways.push(parts);
    }
  }
  /** @param {string[]} way */
  const least = (way) => Math.min(...way.map((it) => it.length));
  /** @param {string[]} way */
  const worth = (way) => way.reduce((sum, it) => sum + knows(it), 0);
  return ways.sort((one, other) => one.length - other.length || worth(other) - worth(one) || least(other) - least(one)).slice(0, MOST_WAYS);
}

/** How well a word is known: 2 by itself, 1 by its longer forms, 0 not at all. @param {string[]} known @param {string} word */
function standing(known, word) {
  if (word.length < 3) return 0;
  const short = stem(word);
  const family = root(short);
  let best = 0;
  for (let at = lowerBound(known, short); at < known.length && known[at].startsWith(short); at++) {
    if (known[at] === short || known[at] === word) return 2;
    if (short.length > 4 && root(known[at]) === family) best = 1;
  }
  return best;
}

/** Sounds that are easily mistaken for each other. */
const ALIKE = new Set(["dt", "bp", "gk", "fv", "iy", "ck", "sz", "mn", "vw", "kq", "cz", "ij", "ae", "ei"].flatMap((it) => [it, it[1] + it[0]]));

/** Words that are one or two slips away, the nearest only. @param {string[]} known @param {string} typed @returns {Guess[]} */
export function slips(known, typed) {
  const length = typed.length;
  if (length < 5) return [];
  const most = length < 9 ? 1 : length < 13 ? 2 : 3;
  const exchange = length > 6 && length < 9 ? 1 : 1.5;
  /** @type {{term: string, cost: number}[]} */
  let nearest = [];
  let least = most;
  for (const term of known) {
    if (Math.abs(term.length - length) > 2 || !beginsAlike(term, typed)) continue;
    const cost = distance(typed, term, exchange, least);
    if (cost > least) continue;
    if (cost < least) nearest = [];
    least = cost;
    nearest.push({ term, cost });
  }
  const same = nearest.filter((it) => root(it.term) === root(typed));
  return (same.length ? same : nearest).slice(0, MOST).map(({ term, cost }) => ({ term, factor: cost > 1 ? 0.55 : 0.7 }));
}

/** @param {string} one @param {string} other */
function beginsAlike(one, other) {
  if (one[0] === other[0]) return true;
  if (one[0] === other[1] && one[1] === other[0]) return true;
  return other.length > 8 && one[1] === other[1];
}

/** What it costs to turn one word into the other: letters more, less, exchanged or swapped. @param {string} one @param {string} other @param {number} exchange @param {number} most */
function distance(one, other, exchange, most) {
  let before = [0];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= other.length; j++) {
      const [a, b] = [one[i - 1], other[j - 1]];
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a === b ? 0 : ALIKE.has(a + b) ? 1 : exchange));
      if (i > 1 && j > 1 && a === other[j - 2] && one[i - 2] === b) cost = Math.min(cost, before[j - 2] + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most + 1) return most + 1;
    [before, last] = [last, row];
  }
  return last[other.length];
}
