// Writes a large corpus of German documents, the same on every run:
//     node tests/search/corpus.mjs FILE [COUNT]
// Sentences are frames with words in them; common words are common as in real texts, and
// most long words are compounds that occur a few times.

import { readFileSync, writeFileSync } from "node:fs";

const [file, count = "1800"] = process.argv.slice(2);
const base = readFileSync(new URL("../../src/search/words.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((it) => it && !it.startsWith("#"));

let seed = 20240229;
const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
const below = (limit) => Math.floor(random() * limit);
/** Zipf: the first of a list is met most often. */
const pick = (list) => list[Math.min(list.length - 1, Math.floor(list.length ** random()) - 1)];
const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** An order of its own, so that Zipf does not prefer the beginning of the alphabet. */
function shuffled(list) {
  const out = [...list];
  for (let at = out.length - 1; at > 0; at--) {
    const other = below(at + 1);
    [out[at], out[other]] = [out[other], out[at]];
  }
  return out;
}

const nouns = shuffled(base.filter((it) => it.length > 3));
const heads = shuffled("stelle hilfe arbeit gruppe plan projekt angebot amt zentrum dienst raum beratung gespräch konferenz vertrag antrag bericht netz woche haus kurs träger fonds kraft team markt quote studie bedarf frist pflicht schutz recht weg form treff bogen karte liste kosten mittel".split(" "));
const linked = (word) => (/(ung|heit|keit|schaft|tion|tät|amt|beruf|arbeit|hilf)$/.test(word) ? word + "s" : /e$/.test(word) ? word + "n" : word);
const compounds = shuffled(Array.from({ length: 9000 }, () => linked(pick(nouns)) + (random() < 0.7 ? pick(heads) : pick(nouns)).replace(/^./, (it) => it)));
const adjectives = "kommunale junge offene soziale freie gemeinsame regionale schulische berufliche feste kurze wichtige örtliche neue digitale mobile passende verlässliche fehlende frühe".split(" ");
const verbs = "begleitet berät fördert plant prüft sammelt unterstützt vermittelt erprobt öffnet sichert stärkt verbindet beschreibt bündelt klärt".split(" ");
const cities = "Halle Kassel Erfurt Leipzig Bremen Kiel Dessau Görlitz Lübeck Köln Gera Jena Ulm Trier Hof Celle Emden Passau Fulda Worms".split(" ");
const laws = ["§ 16h SGB II", "§ 13 SGB VIII", "§ 41 SGB VIII", "§ 18 SGB II", "§ 30 SGB III", "SGB IX", "SGB XII"];
const gender = "Berater*innen Schüler:innen Pädagog*innen Lots_innen Mitarbeiterinnen Streetworker*innen Care Leaver*innen".split(" ");

const noun = () => capital(pick(nouns));
const compound = () => capital(pick(compounds));
const frames = [
  () => `Die ${compound()} ${pick(verbs)} ${pick(adjectives)} ${noun()} und ${noun()} in ${pick(cities)}.`,
  () => `Seit ${2005 + below(20)} gibt es in ${pick(cities)} eine ${compound()} für ${pick(adjectives)} Menschen.`,
  () => `Wer eine ${noun()} sucht, findet bei der ${compound()} ${pick(adjectives)} Hilfe.`,
  () => `Nach ${pick(laws)} ${pick(verbs)} das Jobcenter auch die ${compound()}.`,
  () => `${capital(pick(gender))} aus ${below(40) + 2} Einrichtungen arbeiten an ${noun()}, ${noun()} und ${compound()}.`,
  () => `Im Mittelpunkt stehen ${noun()}, ${noun()} sowie der Übergang von der Schule in den Beruf.`,
  () => `Gefördert werden ${compound()} und ${compound()}; eine ${noun()} ist nicht nötig.`,
  () => `Die Erfahrung zeigt: Ohne ${pick(adjectives)} ${noun()} gelingt keine ${compound()}.`,
  () => `Zuständig ist das ${noun()}, beteiligt sind auch ${compound()} und ${noun()}.`,
  () => `Ein Beispiel ist die ${compound()} mit ${below(900) + 20} Plätzen im Landkreis ${pick(cities)}.`,
];
const text = (sentences) => Array.from({ length: sentences }, () => frames[below(frames.length)]()).join(" ");

const states = ["Sachsen-Anhalt", "Schleswig-Holstein", "Niedersachsen", "Thüringen", "Hessen", "Bremen"];
const kinds = [
  ["glossar", "Glossar", 0.06, () => compound(), () => text(3 + below(3))],
  ["praxis", "Gute Praxis", 0.3, () => `${compound()} in ${pick(cities)}`, () => text(4 + below(4))],
  ["publikation", "Publikation", 0.2, () => `${noun()} und ${noun()}: ${compound()}`, () => text(3 + below(3))],
  ["kommune", "Kommunen", 0.22, () => `${pick(cities)} ${below(999)}`, () => `${pick(states)}. ${random() < 0.5 ? "Kreisfreie Großstadt" : "Ländlicher Kreis mit Verdichtungsansätzen"}.`],
  ["seite", "Seite", 0.22, () => `${capital(pick(adjectives))} ${noun()}`, () => text(5 + below(6))],
];

const parts = [];
for (const [folder, kind, share, title, body] of kinds) {
  const taken = new Set();
  for (let at = 0; at < Number(count) * share; at++) {
    const name = title();
    let slug = name.toLowerCase().replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue").replace(/ß/g, "ss").replace(/[^a-z0-9]+/g, "-");
    while (taken.has(slug)) slug += `-${at}`;
    taken.add(slug);
    parts.push(`=== ${folder}/${slug} | ${kind} | ${name}\n${body()}\n`);
  }
}
writeFileSync(file, parts.join(""));
