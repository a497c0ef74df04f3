// What a reader does in one visit, the same for every candidate and browser.

/** Each kind that the tables show; the others are on the way between them. */
export const KINDS = ["keystroke", "clear", "range", "facet", "sort filtered", "sort all"];

/**
 * The steps: `key` is pressed in the search field, after all of it is selected where `select`
 * says so; `change` is what another control does.
 * A range moves one bound at a time and a facet ticks one box, so that each step is one
 * input everywhere. `rest` waits after the step, as a reader does who looks.
 */
export function steps() {
  const list = [];
  for (const word of ["ham", "ber", "hau"]) {
    for (let at = 1; at <= word.length; at++) list.push({ kind: "keystroke", key: word[at - 1], change: { search: word.slice(0, at) } });
    list.push({ kind: "clear", key: "Backspace", select: true, change: { search: "" }, rest: true });
  }
  list.push({ kind: "open filters", open: true });
  for (const change of [{ least: 50_000 }, { most: 200_000 }, { least: 10_000 }, { most: 20_000 }, { least: 1_000 }]) list.push({ kind: "range", change });
  list.push({ kind: "range off", change: { least: null } }, { kind: "range off", change: { most: null }, rest: true });
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
