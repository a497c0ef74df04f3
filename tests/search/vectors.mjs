// Are words the same in the program and in the browser?
//     node tests/search/vectors.mjs VECTORS TEXTS WORDS
// VECTORS is tests/search/vectors.txt, which `cargo test` reads as well. WORDS is what
// `search-index words TEXTS` says; all that, too, must be the same here.

import { readFileSync } from "node:fs";

import { fold, isStopWord, pairs, root, stem, tokens } from "../../themes/standard/source/search/analysis.js";

const [vectors, texts, words] = process.argv.slice(2).map((it) => readFileSync(it, "utf8").split("\n"));

const makers = {
  fold: (text) => fold(text.toLowerCase()),
  stem,
  root,
  tokens: (text) => tokens(text).map((it) => (it.linked ? `-${it.word}` : it.word)).join(" "),
  pairs: (text) => pairs(tokens(text)).join(" "),
};

function line(text) {
  const found = tokens(text);
  const words = found.map(({ word, linked, brief, paragraph }) => {
    const folded = fold(word);
    const marks = (linked ? "-" : "") + (brief ? "'" : "") + (paragraph ? "§" : "") + (isStopWord(folded) ? "0" : "");
    return `${marks}${word}/${folded}/${stem(folded)}/${root(stem(folded))}`;
  });
  return `${words.join(" ")} ${pairs(found).join(" ")}`;
}

let wrong = 0;
function compare(name, actual, expected) {
  if (actual === expected) return;
  wrong++;
  if (wrong < 20) console.log(`${name}\n  here:  ${actual}\n  there: ${expected}`);
}

for (const vector of vectors.filter((it) => it && !it.startsWith("#"))) {
  const [what, text, expected] = vector.split("\t");
  compare(`${what} of ${text}`, makers[what](text), expected);
}
texts.forEach((text, at) => compare(text, line(text), words[at]));
console.log(`${vectors.length} vectors, ${texts.length} lines: ${wrong} differ`);
process.exitCode = wrong ? 1 : 0;
