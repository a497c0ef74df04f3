"use strict";
// Everything in the page up to 400 rows, as its users have it; pages of 50 above.
function startDataTables(options) {
  const { NAME, LAND, POPULATION } = peer;
  const fromData = () => ({
    data: ROWS,
    columns: COLUMNS.map((it) => {
      const format = peer.format(it);
      return { title: it.title, data: it.at, type: peer.isNumber(it) ? "num" : "string", render: (value, use) => (use === "display" ? format(value) : (value ?? "")) };
    }),
    deferRender: true,
    pageLength: 50,
  });
  const table = new DataTable("#t", {
    ...(window.ROWS ? fromData() : { paging: false }),
    columnDefs: [{ targets: COLUMNS.filter(peer.isNumber).map((it) => it.at), searchable: false }],
    language: { decimal: ",", thousands: "." },
    order: [[0, "asc"]],
    ...options,
  });
  const numberOf = (value) => (typeof value === "number" ? value : peer.germanNumber(value));
  const people = Array.from(table.column(POPULATION).data(), numberOf);
  let asked = { least: null, most: null };
  table.search.fixed("range", (text, row, index) => (asked.least === null || people[index] >= asked.least) && (asked.most === null || people[index] <= asked.most));
  const change = {
    search: (state) => table.search(state.search),
    land: (state) => table.column(LAND).search.fixed("land", state.land ? (text) => text === state.land : null),
    sort: (state) => table.order(state.sort ? [[POPULATION, state.sort === "up" ? "asc" : "desc"]] : [[0, "asc"]]),
  };
  const body = table.table().body();
  peer.ready({
    apply(state, changed) {
      asked = state;
      change[changed]?.(state);
      table.draw();
    },
    first: (count) => peer.namesIn(body.rows, count),
    count: () => table.page.info().recordsDisplay,
  });
}
