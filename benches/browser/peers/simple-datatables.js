"use strict";
{
  const { POPULATION, LAND } = peer;
  const inRange = (terms, cell) => {
    const [least, most] = terms.join(" ").split(" ").map(Number);
    const value = typeof cell.data === "number" ? cell.data : peer.germanNumber(cell.text || cell.data[0]?.data || "");
    return value >= least && value <= most;
  };
  const many = Boolean(window.ROWS);
  const data = many ? { data: { headings: COLUMNS.map((it) => it.title), data: ROWS.map((row) => row.map((it) => it ?? "")) } } : {};
  const table = new simpleDatatables.DataTable("#t", {
    paging: many,
    perPage: 50,
    perPageSelect: false,
    locale: "de-DE",
    columns: [{ select: POPULATION, type: many ? "number" : "string", searchMethod: inRange }, { select: 0, type: "number" }],
    ...data,
  });
  table.on("datatable.init", () =>
    peer.ready({
      apply(state, changed) {
        if (changed === "sort") {
          state.sort ? table.columns.sort(POPULATION, state.sort === "up" ? "asc" : "desc") : table.columns.sort(0, "asc");
          return;
        }
        table.multiSearch([
          ...(state.search ? [{ terms: [state.search], columns: peer.searched.map((it) => it.at) }] : []),
          ...(state.land ? [{ terms: [state.land], columns: [LAND] }] : []),
          ...(state.least !== null || state.most !== null ? [{ terms: [`${state.least ?? 0} ${state.most ?? 1e9}`], columns: [POPULATION] }] : []),
        ]);
      },
      first: (count) => peer.namesIn(document.querySelectorAll("#t tbody tr"), count),
    }),
  );
}
