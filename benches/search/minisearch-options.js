// How MiniSearch is set up: as its documentation advises for prefixes and slips, with the
// title first, and with umlauts and `ß` in one spelling. It stores titles only, no texts, so
// that its index stays small; therefore it has no excerpts.

export const OPTIONS = {
  fields: ["title", "names", "headings", "text"],
  storeFields: ["title"],
  processTerm: (/** @type {string} */ term) => term.toLowerCase().replace(/ß/g, "ss").normalize("NFD").replace(/\p{M}/gu, ""),
  searchOptions: {
    boost: { title: 4, names: 3, headings: 2 },
    prefix: true,
    fuzzy: 0.2,
  },
};
