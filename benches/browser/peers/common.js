// What the adapters of the peers share. Classic scripts; COLUMNS and ROWS come before.
(function () {
  "use strict";
  const formats = [0, 1, 2].map((decimals) => new Intl.NumberFormat("de-DE", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));
  const at = (id) => COLUMNS.findIndex((it) => it.id === id);
  const input = document.querySelector("#q");
  const state = { search: "", least: null, most: null, land: "", sort: "" };
  const peer = (window.peer = {
    NAME: at("name"),
    LAND: at("land"),
    POPULATION: at("einwohner"),
    host: document.querySelector("#host"),
    isNumber: (column) => column.kind === "number",
    format: (column) => (column.kind === "number" ? (value) => (value === null || value === undefined ? "" : formats[column.decimals].format(value)) : (value) => value ?? ""),
    /** The columns a reader searches in. */
    searched: COLUMNS.filter((it) => it.kind !== "number"),
    objects: () => ROWS.map((row) => Object.fromEntries(COLUMNS.map((it) => [it.id, row[it.at]]))),
    germanNumber: (text) => Number(text.replace(/\./g, "")),
    namesIn: (rows, count) => Array.from(rows).slice(0, count).filter((it) => it.cells.length > 1).map((it) => it.cells[peer.NAME].textContent),
    /** `apply(state, changed)`, `first(count)` and, where the peer knows it, `count()`. */
    ready({ apply, first, count = () => null }) {
      input.addEventListener("input", () => {
        state.search = input.value;
        apply(state, "search");
      });
      const change = (next, changed) => apply(Object.assign(state, next), changed);
      bench.ready({ input, apply: change, first, count });
    },
  });
})();
