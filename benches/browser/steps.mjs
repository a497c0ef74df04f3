// What a reader does in one visit, the same for every candidate and browser.

/** Each kind that the tables show; the others are on the way between them. */
export const KINDS = ["keystroke", "clear", "after a rest", "range", "facet", "sort filtered", "sort all"];

/**
 * The steps: `key` is pressed in the search field, after all of it is selected where `select`
 * says so; `change` is what another control does.
 * A range moves both bounds at once, so that most rows on the screen change, and a facet
 * ticks one box. `rest` waits after the step, as a reader does who looks; a letter "after a
 * rest" meets a page that has put back all rows meanwhile.
 */
export function steps() {
  const list = [];
  for (const word of ["ham", "ber", "hau"]) {
    for (let at = 1; at <= word.length; at++) list.push({ kind: "keystroke", key: word[at - 1], change: { search: word.slice(0, at) } });
    list.push({ kind: "clear", key: "Backspace", select: true, change: { search: "" }, rest: word === "hau" });
  }
  for (const letter of ["h", "b", "k"]) {
    list.push({ kind: "after a rest", key: letter, change: { search: letter } });
    list.push({ kind: "back at rest", key: "Backspace", select: true, change: { search: "" }, rest: true });
  }
  list.push({ kind: "open filters", open: true });
  for (const [least, most] of [[50_000, 200_000], [1_000, 20_000], [200_000, 2_000_000], [10_000, 100_000]]) list.push({ kind: "range", change: { least, most } });
  list.push({ kind: "range off", change: { least: null, most: null }, rest: true });
  for (const land of ["Bayern", "Hessen", "Sachsen"]) {
    list.push({ kind: "facet", change: { land } });
    list.push({ kind: "sort filtered", change: { sort: "up" } }, { kind: "sort filtered", change: { sort: "down" } }, { kind: "sort off", change: { sort: "" } });
    list.push({ kind: "facet off", change: { land: "" }, rest: true });
  }
  list.push({ kind: "sort all", change: { sort: "up" }, rest: true }, { kind: "sort all", change: { sort: "down" }, rest: true }, { kind: "sort off", change: { sort: "" } });
  return list;
}

/** The state before the first step. */
export const START = { search: "", least: null, most: null, land: "", sort: "" };
