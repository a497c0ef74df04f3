// Words as the search sees them. `src/search/analysis.rs` does the same when the index is
// made; `tests/search/vectors.txt` holds the two together.

/**
 * A word of a text: in lower case, and where it stands.
 * @typedef {{word: string, linked: boolean, brief: boolean, paragraph: boolean, start: number, end: number}} Token
 * @typedef {{start: number, end: number, text: string, lower: string}} Run
 */

const LONGEST = 64;
const ASCII = /^[\0-\x7f]*$/;
const INSIDE = /[\p{Alphabetic}\p{N}\p{M}\u00ad\u200b-\u200d\u2060]+/gu;
const IGNORED = /[\u00ad\u200b-\u200d\u2060]/gu;
const STOP_WORDS = new Set(
  (
    "aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis da dabei dafur damit dann das dass dazu dem den denen der deren des dessen die dies diese diesem diesen dieser dieses doch dort durch ein eine einem einen einer eines er es etwa fur gegen hat haben hatte hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder jedes kann kein keine keinen konnen man mehr mit muss mussen nach nicht noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie sind so soll sollen sowie um und uns unser unsere unter vom von vor wann war waren was wenn wer werden wie wir wird wo wurde wurden zu zum zur zwar zwischen the of and"
  ).split(" "),
);
const BOOKS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"];

/** Splits a text into its words. @param {string} text @returns {Token[]} */
export function tokens(text) {
  const runs = runsOf(text);
  /** @type {Token[]} */
  const found = [];
  for (let at = 0; at < runs.length; ) at += token(text, runs, at, found);
  return found;
}

/** @param {string} text @returns {Run[]} */
function runsOf(text) {
  const runs = [];
  for (const match of text.matchAll(INSIDE)) {
    let visible = match[0];
    if (!ASCII.test(visible)) visible = visible.replace(IGNORED, "");
    if (visible.length > LONGEST) visible = Array.from(visible).slice(0, LONGEST).join("");
    visible = visible.normalize("NFC");
    const start = match.index;
    if (visible) runs.push({ start, end: start + match[0].length, text: visible, lower: visible.toLowerCase() });
  }
  return runs;
}

/** Makes a token of a run and those that belong to it; says how many. @param {string} text @param {Run[]} runs @param {number} at @param {Token[]} found */
function token(text, runs, at, found) {
  const run = runs[at];
  const next = runs[at + 1];
  /** @param {Run} one @param {Run} other */
  const between = (one, other) => text.slice(one.end, other.start);
  const gap = next ? between(run, next) : "";
  const last = runs[at - 1];
  if (isParagraphWord(run.lower) && next && /^[0-9]/.test(next.lower)) return 1;
  const paragraph =
    /^[0-9]/.test(run.lower) &&
    (/§\s*$/.test(text.slice(Math.max(0, run.start - 9), run.start)) || (!!last && isParagraphWord(last.lower) && /^\s*$/.test(between(last, run))));
  const linked = !!last && found.length > 0 && /^[-‐‑]$/.test(between(last, run));
  let word = run.lower;
  let brief = isBrief(run.text);
  let used = 1;
  if (next) {
    const book = run.lower === "sgb" && /^[\s‐‑-]*$/.test(gap) && numberOfBook(next.lower);
    if (/^([*:_·/(]|\/[-‐‑])$/.test(gap) && /^(innen|in)$/.test(next.text) && /^\p{Alphabetic}+$/u.test(run.text)) {
      word += "innen";
      brief = false;
      used = 2;
    } else if (book) {
      word = "sgb" + book;
      used = 2;
    } else if (paragraph && /^[0-9]+$/.test(run.lower) && /^[a-z]$/.test(next.lower) && /^\s*$/.test(gap)) {
      word += next.lower;
      used = 2;
    }
  }
  const book = run.lower.startsWith("sgb") && numberOfBook(run.lower.slice(3));
  if (book) word = "sgb" + book;
  found.push({ word, linked, brief, paragraph, start: run.start, end: runs[at + used - 1].end });
  if (used === 1 && text[run.end] === "+" && /^\p{Alphabetic}/u.test(run.lower)) {
    found.push({ word: "plus", linked: false, brief: true, paragraph: false, start: run.end, end: run.end + 1 });
  }
  return used;
}

/** @param {string} word */
const isParagraphWord = (word) => /^(paragraf|paragraph)(en)?$/.test(word);

/** Reads the number of one of the fourteen books of the SGB; 0 for anything else. @param {string} text */
function numberOfBook(text) {
  return BOOKS.findIndex((roman, at) => text === roman || text === String(at + 1)) + 1;
}

/** @param {string} text */
function isBrief(text) {
  return Array.from(text).length <= 4 || /[0-9]/.test(text) || (text.match(/\p{Uppercase}/gu) || []).length > 1;
}

/** Pairs of words that are looked for together: brief ones side by side, a paragraph with its law. @param {Token[]} found */
export function pairs(found) {
  const pairs = [];
  for (let at = 0; at + 1 < found.length; at++) {
    const next = found[at + 1];
    const first = fold(found[at].word);
    if (found[at].brief && next.brief && !isStopWord(first) && !isStopWord(fold(next.word))) {
      pairs.push(`${first}_${fold(next.word)}`);
    }
    if (found[at].paragraph && !(next.brief && isLaw(next))) {
      const law = found.slice(at + 1, at + 9).find((it) => !isPartOfLaw(it));
      if (law && isLaw(law)) pairs.push(`${first}_${fold(law.word)}`);
    }
  }
  return pairs;
}

/** @param {Token} token */
const isPartOfLaw = (token) => /^(abs|absatz|satz|s|nr|nummer|ff|f|bis|und|[0-9].*)$/su.test(token.word);

/** @param {Token} token */
const isLaw = (token) => token.brief && /^\p{Alphabetic}/u.test(token.word);

/** Whether a folded word says nothing. @param {string} folded */
export const isStopWord = (folded) => STOP_WORDS.has(folded);

/** @type {Record<string, string>} */
const LETTERS = { ß: "ss", æ: "a", œ: "o", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th" };

/** Writes all spellings of a word in one way. @param {string} word */
export function fold(word) {
  // „AE“ is no „Ä“.
  if (/^[aou]e$/.test(word)) return word;
  const plain = ASCII.test(word) ? word : word.normalize("NFD").replace(/\p{M}/gu, "").replace(/[ßæœøłđðþ]/g, (it) => LETTERS[it]);
  return plain.replace(/ph/g, "f").replace(/([ao])e+/g, "$1").replace(/(?<![aeq])ue+/g, "u");
}

const PERSONS = /(er|or|ent|ant|ist|eur|log|gog|at|leg|arzt|walt|freund|kund)$/;

/** Takes the endings of inflection off a folded word. @param {string} word */
export function stem(word) {
  if (/[0-9]/.test(word)) return word;
  const woman = cut(word, "innen", 4) || cut(word, "in", 4);
  if (woman && (word.endsWith("innen") || PERSONS.test(woman))) return woman;
  if (/.{2}niss(e|en|es)$/su.test(word)) return word.replace(/s(e|en|es)$/, "");
  const rest = cut(word, "ens", 4) || cut(word, "en", 3) || cut(word, "es", 3) || cut(word, "e", 3);
  if (rest) return rest;
  const before = cut(word, "s", 3);
  if (before && (/[bdfghklmnrt]$/.test(before) || (before.length >= 4 && /(a|(^|[^l])o|(^|[^en])i)$/.test(before)))) return before;
  const noun = cut(word, "n", 3);
  return /(er|el)$/.test(noun) ? noun : word;
}

/** Goes on where `stem` stopped, as far as it goes. @param {string} word */
export function root(word) {
  if (/[0-9]/.test(word)) return word;
  const noun = withoutLatin(word);
  if (noun !== word) return noun;
  for (;;) {
    const shorter =
      cut(word, "ation", 5) || cut(word, "ung", 5) || cut(word, "ier", 5) || cut(word, "nd", 4) || cut(word, "em", 3) || cut(word, "er", 3) || cut(word, "t", 4) || cut(word, "e", 3) || cut(word, "s", 3) || cut(word, "n", 3);
    if (!shorter) return word;
    word = shorter;
  }
}

/** „Zentrum“ and „Zentren“, „Thema“ and „Themen“, „Modus“ and „Modi“, „Konto“ and „Konten“. @param {string} word */
function withoutLatin(word) {
  const vowel = /[^i]o$/.test(word) ? cut(word, "o", 4) : /[^ae]us$/.test(word) ? cut(word, "us", 3) : cut(word, "a", 4);
  const rest = cut(word, "eum", 3) || cut(word, "um", 4) || vowel || word;
  return (!rest.endsWith("ei") && cut(rest, "i", 3)) || rest;
}

/** Takes an ending off where enough letters are left; else gives nothing. @param {string} word @param {string} ending @param {number} shortest */
function cut(word, ending, shortest) {
  const rest = word.slice(0, word.length - ending.length);
  return word.endsWith(ending) && Array.from(rest).length >= shortest ? rest : "";
}
