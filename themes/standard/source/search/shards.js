// The files of an index: classic scripts that hand one text each to `KX`, since pages from
// a stick can load nothing else. `src/search/shards.rs` writes them and says what they hold.

/**
 * Records of a term: their numbers, and how much it says about each.
 * @typedef {{records: number[], weights: number[]}} Postings
 * @typedef {{title: string, url: string, page: number, type: number, place: string}} Entry
 * @typedef {{types: string[], entries: Entry[], firstTerms: string[], firstTexts: number[]}} Meta
 * @typedef {{terms: string[], postings: (at: number) => Postings}} Terms
 * @typedef {(address: string) => Promise<unknown>} Load
 */

/** Of more files with terms, none is loaded ahead: a reader who asks once would pay for all. */
const MOST_AHEAD = 64;

const SIGNS = new Map(Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", (it, at) => [it, at]));

/** What arrived last, by kind and number. @type {Map<string, string>} */
const arrived = new Map();

/** Every file of an index calls it. @param {string} kind @param {number} number @param {string} data */
function take(kind, number, data) {
  arrived.set(kind + number, data);
}

/** Loads a script from anywhere below the page, also from a stick. @type {Load} */
export function loadScript(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
}

/** The files below a folder: each is loaded once, unless it fails. @param {string} folder @param {Load} load */
export function shards(folder, load) {
  /** @type {Map<string, Promise<any>>} */
  const asked = new Map();
  let missing = 0;
  Object.assign(globalThis, { KX: take });

  /** Gives nothing where the file does not come. @template T @param {string} name @param {string} key @param {(text: string) => T} read @returns {Promise<T | undefined>} */
  function get(name, key, read) {
    const known = asked.get(key);
    if (known) return known;
    const made = load(`${folder}${name}.js`).then(
      () => {
        const text = arrived.get(key);
        arrived.delete(key);
        if (text === undefined) throw new Error(name);
        return read(text);
      },
    ).catch(() => {
      missing++;
      asked.delete(key);
      return undefined;
    });
    asked.set(key, made);
    return made;
  }

  const terms = (/** @type {number} */ at) => get(`p/${at}`, `p${at}`, readTerms);
  const words = () => get("dict", "d0", (it) => undo(it.split("\n")));

  return {
    meta: () => get("meta", "m0", readMeta),
    terms,
    texts: (/** @type {number} */ at) => get(`t/${at}`, `t${at}`, (it) => it.split("\n")),
    words,
    /** Loads all terms, one file after the other, unless the reader saves data. @param {Meta} meta */
    async ahead({ firstTerms }) {
      const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (navigator);
      if (connection?.saveData || firstTerms.length > MOST_AHEAD) return;
      await words();
      for (let at = 0; at < firstTerms.length; at++) await terms(at);
    },
    /** How many files did not come since the last call. */
    missed: () => {
      const count = missing;
      missing = 0;
      return count;
    },
  };
}

/** @param {string} sign */
const value = (sign) => SIGNS.get(sign) || 0;

/** Undoes front-coding. @param {string[]} lines */
function undo(lines) {
  let last = "";
  return lines.map((line) => (last = Array.from(last).slice(0, value(line[0])).join("") + line.slice(1)));
}

/** @param {string} text @returns {Terms} */
function readTerms(text) {
  const lines = text.split("\n");
  const splits = lines.map((it) => it.lastIndexOf(" "));
  const terms = undo(lines.map((it, at) => it.slice(0, splits[at])));
  return { terms, postings: (at) => readPostings(lines[at], splits[at] + 1) };
}

/** @param {string} line @param {number} at @returns {Postings} */
function readPostings(line, at) {
  const records = [];
  const weights = [];
  let last = 0;
  while (at < line.length) {
    let sign = value(line[at++]);
    last += sign & 31;
    for (let shift = 32; sign > 31; shift *= 32) {
      sign = value(line[at++]);
      last += (sign & 31) * shift;
    }
    records.push(last);
    weights.push(value(line[at++]) ** 2 / 3969);
  }
  return { records, weights };
}

/** @param {string} text @returns {Meta} */
function readMeta(text) {
  const [types, groups, firstTerms, firstTexts, ...lines] = text.split("\n");
  const places = groups.split("\t").map((it) => [parseInt(it, 10), it.slice(it.indexOf(" ") + 1)]);
  /** @type {Entry[]} */
  const entries = [];
  let folder = "";
  let group = 0;
  let page = 0;
  for (const line of lines) {
    const [title, address = "", place] = line.split("\t");
    if (line[0] === "\t") {
      entries.push({ ...entries[page], title: place, url: `${entries[page].url}#${address}`, page });
      continue;
    }
    page = entries.length;
    if (place) group = Number(place);
    let name = address;
    if (address[0] === "/") {
      const end = address.lastIndexOf("/") + 1;
      folder = address.slice(1, end);
      if (folder === "/") folder = "";
      name = address.slice(end);
    }
    const [type, where] = places[group];
    entries.push({ title, url: `${folder}${name || slug(title)}.html`, page, type: Number(type), place: String(where) });
  }
  return { types: types.split("\t"), entries, firstTerms: firstTerms.split("\t"), firstTexts: firstTexts.split(" ").map(Number) };
}

/** The name of a page as its title has it. @param {string} title */
function slug(title) {
  const letters = title.toLowerCase().replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue").replace(/ß/g, "ss");
  return letters.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** Where a text stands in a sorted list, or would. @param {string[]} list @param {string} text */
export function lowerBound(list, text) {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (list[middle] < text) from = middle + 1;
    else to = middle;
  }
  return from;
}
