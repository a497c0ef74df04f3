"use strict";
{
  const columns = COLUMNS.map((it) => {
    const format = peer.format(it);
    const number = peer.isNumber(it) ? { sorter: "number", formatter: (cell) => format(cell.getValue()) } : { sorter: "string" };
    return { title: it.title, field: it.id, width: it.at === peer.NAME ? 220 : 130, ...number };
  });
  const table = new Tabulator(peer.host, { data: peer.objects(), columns, height: "600px", renderHorizontal: "virtual", index: "zeile" });
  const filters = ({ search, least, most, land }) => [
    ...(search ? [peer.searched.map((it) => ({ field: it.id, type: "like", value: search }))] : []),
    ...(land ? [{ field: "land", type: "=", value: land }] : []),
    ...(least !== null ? [{ field: "einwohner", type: ">=", value: least }] : []),
    ...(most !== null ? [{ field: "einwohner", type: "<=", value: most }] : []),
  ];
  table.on("tableBuilt", () =>
    peer.ready({
      apply(state, changed) {
        if (changed === "sort") state.sort ? table.setSort("einwohner", state.sort === "up" ? "asc" : "desc") : table.clearSort();
        else filters(state).length ? table.setFilter(filters(state)) : table.clearFilter();
      },
      first: (count) => Array.from(peer.host.querySelectorAll(".tabulator-row")).slice(0, count).map((it) => it.querySelector("[tabulator-field=name]")?.textContent),
      count: () => table.getDataCount("active"),
    }),
  );
}
