// Asks the index of the site: words in, pages out, the best first.

import { fold, isStopWord, pairs, root, stem, tokens } from "./analysis.js";
import { excerpt } from "./excerpt.js";
import { ENDING, slips, split, verbOf, within } from "./guess.js";
import { loadScript, lowerBound, shards } from "./shards.js";

/**
 * @typedef {import("./analysis.js").Token} Token
 * @typedef {import("./shards.js").Entry} Entry
 * @typedef {import("./shards.js").Load} Load
 * @typedef {import("./shards.js").Meta} Meta
 * @typedef {import("./shards.js").Postings} Postings
 * @typedef {{text: string, marked: boolean}} Piece
 * @typedef {{title: string, url: string, type: string, place: string, more: number, excerpt: () => Promise<Piece[]>}} Hit
 * @typedef {{query: string, words: string[], total: number, types: {name: string, count: number}[], hits: Hit[], suggestion: string, missing: number}} Answer
 * @typedef {{type?: string, limit?: number, signal?: AbortSignal}} Filters
 * @typedef {{warm: () => Promise<void>, ahead: () => Promise<void>, missed: () => number, search: (text: string, filters?: Filters) => Promise<Answer>}} Index
 */

/**
 * A word of the query, and what it found: how well each record fits, and in how many it
 * stands itself. `marks` are the terms by which texts show it.
 * @typedef {{folded: string, stem: string, root: string, fits: Map<number, number>, count: number, marks: Set<string>, slip: string}} Word
 */

/** What is longer is cut off: nobody types it. */
const LONGEST = 300;
const MOST_WORDS = 12;
/** With fewer hits, a word is also looked for inside of others. */
const FEW = 3;
/** With fewer hits, a part of a word is also looked for at the end of others; shorter parts than that end many by chance. */
const FEW_OF_PART = 12;
const LONG_PART = 5;
/** A word that no title has is taken apart when it is this long. */
const LONG = 8;
/** Words in titles fit better than this, words in texts do not. */
const IN_TITLE = 0.26;
/** What fits less well says nothing. */
const LEAST = 0.02;
/** So many hits of a type are shown where there are more than `FOLDED`. */
const SHOWN = 5;
const FOLDED = 8;
/** So many pages are looked through for a phrase. */
const READ = 50;
const QUOTED = /["„“”«»]([^"„“”«»]+)["„“”«»]/g;

/** Opens the index below a folder; loads nothing yet. @param {string} folder @param {Load} [load] @returns {Index} */
export function open(folder, load = loadScript) {
  const files = shards(folder, load);
  /** @type {Map<string, {parts: string[], found: [number, number][]}> | undefined} */
  let titles;

  /** Looks for each word by itself. @param {Meta} meta @param {Token[]} asked */
  async function words(meta, asked) {
    const all = asked.map((it) => word(it.word));
    const said = all.filter((it) => !isStopWord(it.folded));
    const found = said.length ? said : all;
    const once = [...new Map(found.map((it) => [it.stem, it])).values()].slice(0, MOST_WORDS);
    await Promise.all(once.map((it) => direct(meta, it)));
    await joined(meta, asked, once);
    for (const it of once) await guess(meta, it);
    return once;
  }

  /** Terms with the same stem, the same root, or the word as their beginning. @param {Meta} meta @param {Word} asked */
  async function direct(meta, asked) {
    const at = shardOf(meta, asked.stem);
    const first = asked.root.length > 2 ? Math.max(at - 1, shardOf(meta, asked.root)) : at;
    const last = asked.stem.length > 2 ? Math.min(at + 1, shardOf(meta, asked.stem + "\uffff")) : at;
    /** @type {{term: string, postings: Postings}[]} */
    const near = [];
    const loaded = await Promise.all(Array.from({ length: last - first + 1 }, (_, it) => files.terms(first + it)));
    const begin = asked.root.length > 2 ? asked.root : asked.stem;
    for (const shard of loaded) {
      if (!shard) continue;
      for (let it = lowerBound(shard.terms, begin); it < shard.terms.length && shard.terms[it].startsWith(begin); it++) {
        const term = shard.terms[it];
        if (relation(asked, term, true)) near.push({ term, postings: shard.postings(it) });
      }
    }
    const isWord = near.some((it) => it.term === asked.stem);
    // Who has typed „Verwendungsn“ goes on, and does not mean „Verwendung“.
    const isBegun = !isWord && near.some((it) => it.term.startsWith(asked.folded));
    for (const { term, postings } of near) {
      const isOther = isBegun && !term.startsWith(asked.stem);
      add(asked, term, postings, (isOther ? 0.5 : 1) * relation(asked, term, isWord));
    }
    for (const [record, fit] of titlesOf(meta).get(asked.stem)?.found || []) fits(asked, record, fit);
  }

  /** Words that are written as one elsewhere: „Care Leaver“, „Careleaver“; „Zentrum Jugend“, „Jugendzentrum“. @param {Meta} meta @param {Token[]} asked @param {Word[]} found */
  async function joined(meta, asked, found) {
    const known = new Set(found.map((it) => shardOf(meta, it.stem)));
    const written = asked.map((it) => fold(it.word));
    for (let at = 0; at + 1 < asked.length && at < MOST_WORDS; at++) {
      const runs = upTo(2, Math.min(4, asked.length - at)).map((it) => written.slice(at, at + it));
      for (const run of [...runs, [written[at + 1], written[at]]]) {
        const one = stem(run.join(""));
        if (asked.length > FEW && !known.has(shardOf(meta, one))) continue;
        const postings = await exact(meta, one);
        if (postings) for (const it of found.filter((it) => run.includes(it.folded))) add(it, one, postings, 0.95);
      }
    }
  }

  /** @param {Meta} meta @param {string} term */
  async function exact(meta, term) {
    const shard = await files.terms(shardOf(meta, term));
    const at = shard ? lowerBound(shard.terms, term) : 0;
    return shard && shard.terms[at] === term ? shard.postings(at) : undefined;
  }

  /** Looks inside of words, then for the parts of the word, then for slips of the finger. @param {Meta} meta @param {Word} asked */
  async function guess(meta, asked) {
    if (asked.stem.length < 4 || /[0-9]/.test(asked.stem)) return;
    const isFew = asked.fits.size < FEW;
    const isInTitle = Math.max(...asked.fits.values()) > IN_TITLE;
    if (!isFew && (isInTitle || asked.stem.length < LONG)) return;
    const known = await files.words();
    if (!known) return;
    if (isFew) await inside(meta, known, asked);
    const least = asked.count ? IN_TITLE : LEAST;
    for (const parts of split(known, asked.folded)) await together(meta, known, asked, parts, least);
    // „Careleaver“ is what a title calls „Care Leaver“, and so do the texts.
    const apart = titlesOf(meta).get(asked.stem);
    if (apart) await together(meta, known, asked, apart.parts, LEAST);
    if (asked.fits.size) return;
    for (const { term, factor } of slips(known, asked.stem)) {
      const meant = ofStem(term);
      await direct(meta, meant);
      take(asked, meant, factor);
      asked.count = Math.max(asked.count, meant.count);
      asked.slip = asked.slip || (meant.count ? term : "");
    }
  }

  /** A part of a word: where it stands, or what is done, or a word that ends in it. @param {Meta} meta @param {string[]} known @param {string} written */
  async function partOf(meta, known, written) {
    const part = word(written);
    await direct(meta, part);
    const done = word(verbOf(written));
    if (done.stem !== part.stem) {
      await direct(meta, done);
      take(part, done, 0.7);
    }
    if (part.fits.size < FEW_OF_PART && part.stem.length >= LONG_PART) await inside(meta, known, part, ENDING);
    return part;
  }

  /** Words that have a word inside. @param {Meta} meta @param {string[]} known @param {Word} asked @param {number} [least] how well they must fit */
  async function inside(meta, known, asked, least = 0) {
    for (const { term, factor } of within(known, asked.stem).filter((it) => it.factor >= least)) {
      const postings = await exact(meta, term);
      if (postings) add(asked, term, postings, factor);
    }
  }

  /** Records in which all parts of a word stand. @param {Meta} meta @param {string[]} known @param {Word} asked @param {string[]} parts @param {number} least how well each must fit */
  async function together(meta, known, asked, parts, least) {
    const found = [];
    for (const it of parts) found.push(await partOf(meta, known, it));
    const [first, ...others] = found;
    for (const [record, fit] of first.fits) {
      const all = [fit, ...others.map((it) => it.fits.get(record) || 0)];
      if (Math.min(...all) < least) continue;
      fits(asked, record, (0.6 * all.reduce((sum, it) => sum + it)) / all.length);
      for (const part of found) for (const mark of part.marks) asked.marks.add(mark);
    }
    asked.count = Math.max(asked.count, asked.fits.size);
  }

  /** Neighbours in titles, written as one word. @param {Meta} meta */
  function titlesOf(meta) {
    if (titles) return titles;
    titles = new Map();
    meta.entries.forEach(({ title, page }, record) => {
      if (page !== record) return;
      const words = tokens(title).map((it) => fold(it.word));
      for (let at = 0; at + 1 < words.length; at++) {
        if (isStopWord(words[at]) || isStopWord(words[at + 1])) continue;
        const key = stem(words[at] + words[at + 1]);
        const known = titles?.get(key) || { parts: [words[at], words[at + 1]], found: [] };
        known.found.push([record, 2.2 / (2 + words.length)]);
        titles?.set(key, known);
      }
    });
    return titles;
  }

  /**
   * Adds up what the words found, rare words above all, in a page and the best of its sections; a page
   * counts as much as it has of the query.
   * @param {Meta} meta @param {Word[]} found @param {string[]} together
   */
  async function rank(meta, found, together) {
    /** How rare the words are that a page has. @type {Map<number, number>} */
    const covered = new Map();
    /** How well each record fits, and how much better than its page. @type {Map<number, {score: number, more: number}>} */
    const records = new Map();
    /** @param {number} record @param {number} score @param {number} more */
    const count = (record, score, more) => {
      const known = records.get(record) || { score: 0, more: 0 };
      records.set(record, { score: known.score + score, more: known.more + more });
    };
    let whole = 0;
    for (const it of found) {
      const rarity = Math.log(1 + meta.entries.length / (it.count + 0.5));
      whole += rarity;
      const pages = new Set();
      for (const [record, fit] of it.fits) {
        const { page } = meta.entries[record];
        count(record, fit * rarity, Math.max(0, fit - (it.fits.get(page) || 0)) * rarity);
        pages.add(page);
      }
      for (const page of pages) covered.set(page, (covered.get(page) || 0) + rarity);
    }
    for (const pair of together.slice(0, MOST_WORDS)) {
      const postings = await exact(meta, pair);
      const rarity = 2 * Math.log(1 + meta.entries.length / ((postings?.records.length || 0) + 0.5));
      postings?.records.forEach((record, at) => count(record, rarity * postings.weights[at], rarity * postings.weights[at]));
    }
    /** @type {Map<number, {page: number, record: number, best: number, score: number}>} */
    const pages = new Map();
    for (const [record, { score, more }] of records) {
      const { page } = meta.entries[record];
      const known = pages.get(page) || { page, record, best: score, score: 0 };
      if (score > known.best) Object.assign(known, { record, best: score });
      const all = record === page ? score : (records.get(page)?.score || 0) + more;
      known.score = Math.max(known.score, (all * (covered.get(page) || 0)) / whole);
      pages.set(page, known);
    }
    return [...pages.values()].filter((it) => covered.has(it.page)).sort((one, other) => other.score - one.score || one.page - other.page);
  }

  /** The text of a record. @param {Meta} meta @param {number} record */
  async function textOf(meta, record) {
    const { firstTexts } = meta;
    let at = firstTexts.length - 1;
    while (at > 0 && firstTexts[at] > record) at--;
    return ((await files.texts(at)) || [])[record - firstTexts[at]] || "";
  }

  /** Leaves pages with all phrases. @template {{page: number, record: number}} T @param {Meta} meta @param {T[]} ranked @param {string[][]} phrases */
  async function withPhrases(meta, ranked, phrases) {
    if (!phrases.length) return ranked;
    const read = ranked.slice(0, READ);
    const kept = await Promise.all(
      read.map(async ({ page, record }) => {
        const all = [meta.entries[page].title, meta.entries[record].title, await textOf(meta, record)].map(stems);
        return phrases.every((phrase) => all.some((it) => it.includes(` ${phrase.join(" ")} `)));
      }),
    );
    return read.filter((_, at) => kept[at]);
  }

  /** The query with the words that are there instead of those that are not. @param {Meta} meta @param {string} text @param {Word[]} found @param {number} record */
  async function suggest(meta, text, found, record) {
    let better = text;
    for (const it of found.filter((it) => it.slip)) {
      for (const source of [meta.entries[record].title, await textOf(meta, record)]) {
        const match = tokens(source).find((other) => stem(fold(other.word)) === it.slip);
        const slip = tokens(better).find((other) => fold(other.word) === it.folded);
        if (!match || !slip) continue;
        better = better.slice(0, slip.start) + source.slice(match.start, match.end) + better.slice(slip.end);
        break;
      }
    }
    return better === text ? "" : better;
  }

  /** @param {string} text @param {Filters} [filters] @returns {Promise<Answer>} */
  async function search(text, { type = "", limit = 20, signal } = {}) {
    const asked = text.length > LONGEST ? text.slice(0, LONGEST).replace(/(?<=\s)\S+$/, "") : text;
    /** @type {Answer} */
    const answer = { query: text, words: [], total: 0, types: [], hits: [], suggestion: "", missing: 0 };
    const meta = await files.meta();
    const all = tokens(asked).slice(0, 4 * MOST_WORDS);
    if (meta) answer.types = meta.types.map((name) => ({ name, count: 0 }));
    if (!meta || !all.length || signal?.aborted) return { ...answer, missing: files.missed() };
    const found = await words(meta, all);
    answer.words = found.map((it) => it.folded);
    if (signal?.aborted) return answer;
    const phrases = [...asked.matchAll(QUOTED)].map((it) => stems(it[1]).trim().split(" "));
    const ranked = await withPhrases(meta, await rank(meta, found, pairs(all)), phrases.filter((it) => it[0]));
    if (signal?.aborted) return answer;
    answer.total = ranked.length;
    for (const { page } of ranked) answer.types[meta.entries[page].type].count++;
    const of = answer.types.findIndex((it) => it.name === type);
    const wanted = type ? ranked.filter((it) => meta.entries[it.page].type === of) : ranked;
    answer.hits = hits(meta, wanted, type ? [] : answer.types, limit, found);
    if (ranked.length) answer.suggestion = await suggest(meta, asked.trim(), found, ranked[0].record);
    answer.missing = files.missed();
    return answer;
  }

  /** Makes hits; where one type has very many, the rest stands behind its last. @param {Meta} meta @param {{page: number, record: number}[]} ranked @param {{count: number}[]} types @param {number} limit @param {Word[]} found */
  function hits(meta, ranked, types, limit, found) {
    const shown = meta.types.map(() => 0);
    /** @type {Hit[]} */
    const hits = [];
    for (const { page, record } of ranked) {
      const entry = meta.entries[record];
      const count = types.length ? types[entry.type].count : 0;
      shown[entry.type]++;
      if (count > FOLDED && shown[entry.type] > SHOWN) continue;
      if (hits.length >= limit) break;
      const place = record === page ? entry.place : [entry.place, meta.entries[page].title].filter(Boolean).join(" › ");
      hits.push({
        title: entry.title,
        url: entry.url,
        type: meta.types[entry.type],
        place,
        more: count > FOLDED && shown[entry.type] === SHOWN ? count - SHOWN : 0,
        excerpt: async () => excerpt(await textOf(meta, record), found),
      });
    }
    return hits;
  }

  return {
    search,
    missed: files.missed,
    ahead: async () => {
      const meta = await files.meta();
      if (meta) await files.ahead(meta);
    },
    warm: async () => {
      const meta = await files.meta();
      if (meta) titlesOf(meta);
    },
  };
}

/** @param {string} written */
function word(written) {
  const folded = fold(written);
  return ofStem(stem(folded), folded);
}

/** @param {string} stem @param {string} [folded] @returns {Word} */
const ofStem = (stem, folded = stem) => ({ folded, stem, root: root(stem), fits: new Map(), count: 0, marks: new Set([stem]), slip: "" });

/** Says how well a term of the index fits a word; 0 is not at all. @param {Word} asked @param {string} term @param {boolean} isWord whether the word itself is there */
function relation(asked, term, isWord) {
  const { folded, stem: short } = asked;
  if (term === short) return 1;
  if (term.includes("_") || (/^[0-9]+$/.test(short) && /[0-9]/.test(term[short.length] || ""))) return 0;
  const share = short.length / term.length;
  const isBeginning = term.startsWith(folded) || term.startsWith(short);
  if (isBeginning && short.length > 1) return root(term) === asked.root ? 0.8 : isWord ? 0.3 + 0.4 * share : (term.startsWith(folded) ? 0.7 : 0.4) + 0.3 * share;
  return root(term) === asked.root ? 0.7 : 0;
}

/** @param {Word} asked @param {string} term @param {Postings} postings @param {number} factor */
function add(asked, term, postings, factor) {
  asked.marks.add(term);
  postings.records.forEach((record, at) => fits(asked, record, factor * postings.weights[at]));
  if (factor > 0.5) asked.count = Math.max(asked.count, postings.records.length);
}

/** Takes over what another word has found, which stands for this one. @param {Word} asked @param {Word} other @param {number} factor */
function take(asked, other, factor) {
  for (const [record, fit] of other.fits) fits(asked, record, factor * fit);
  for (const mark of other.marks) asked.marks.add(mark);
}

/** @param {Word} asked @param {number} record @param {number} fit */
function fits(asked, record, fit) {
  asked.fits.set(record, Math.max(asked.fits.get(record) || 0, fit));
}

/** @param {number} first @param {number} last */
const upTo = (first, last) => Array.from({ length: last - first + 1 }, (_, it) => first + it);

/** The stems of a text with a blank around each. @param {string} text */
const stems = (text) => ` ${tokens(text).map((it) => stem(fold(it.word))).join(" ")} `;

/** @param {Meta} meta @param {string} term */
const shardOf = (meta, term) => Math.max(0, lowerBound(meta.firstTerms, term + "\u0000") - 1);
