"use strict";
{
  const columnDefs = COLUMNS.map((it) => {
    const number = peer.isNumber(it);
    const format = peer.format(it);
    const width = it.at === peer.NAME ? 220 : 130;
    if (!number) return { headerName: it.title, field: it.id, width, filter: "agTextColumnFilter" };
    return { headerName: it.title, field: it.id, width, filter: "agNumberColumnFilter", filterParams: { inRangeInclusive: true }, valueFormatter: (cell) => format(cell.value), getQuickFilterText: () => "" };
  });
  peer.host.style.height = "600px";
  const grid = AG.createGrid(peer.host, { columnDefs, rowData: peer.objects(), animateRows: false, suppressColumnMoveAnimation: true });
  const filters = ({ least, most, land }) => ({
    ...(land ? { land: { filterType: "text", type: "equals", filter: land } } : {}),
    ...(least !== null || most !== null ? { einwohner: { filterType: "number", type: "inRange", filter: least ?? 0, filterTo: most ?? 1e9 } } : {}),
  });
  peer.ready({
    apply(state, changed) {
      if (changed === "search") grid.setGridOption("quickFilterText", state.search);
      else if (changed === "sort") grid.applyColumnState({ state: [{ colId: "einwohner", sort: { up: "asc", down: "desc" }[state.sort] ?? null }], defaultState: { sort: null } });
      else grid.setFilterModel(filters(state));
    },
    first: (count) => Array.from({ length: count }, (_, at) => peer.host.querySelector(`.ag-row[row-index="${at}"] [col-id=name]`)).filter(Boolean).map((it) => it.textContent.trim()),
    count: () => grid.getDisplayedRowCount(),
  });
}
