"use strict";
{
  peer.host.style.height = "600px";
  const columns = COLUMNS.map((it) => {
    const format = peer.format(it);
    return { id: it.id, name: it.title, field: it.id, width: it.at === peer.NAME ? 220 : 130, sortable: true, formatter: peer.isNumber(it) ? (row, cell, value) => format(value) : undefined };
  });
  const view = new Slick.SlickDataView({ inlineFilters: false });
  const grid = new Slick.SlickGrid(peer.host, view, columns, { rowHeight: 30, enableCellNavigation: true });
  const items = peer.objects().map((it, id) => Object.assign(it, { id, row: ROWS[id] }));
  let asked = { search: "", least: null, most: null, land: "" };
  view.onRowsOrCountChanged.subscribe(() => grid.invalidate());
  view.setItems(items);
  view.setFilter((it) => peer.passes(it.row, asked));
  const topOf = (it) => parseInt(it.style.top || it.style.transform.match(/translateY\((\d+)/)?.[1] || 0);
  peer.ready({
    apply(state, changed) {
      asked = { ...state };
      if (changed !== "sort") view.refresh();
      else if (state.sort) view.sort((a, b) => a.einwohner - b.einwohner, state.sort === "up");
      else view.sort((a, b) => a.id - b.id, true);
      grid.scrollRowToTop(0);
    },
    first(count) {
      const rows = Array.from(peer.host.querySelectorAll(".slick-row")).sort((a, b) => topOf(a) - topOf(b));
      return rows.slice(0, count).map((it) => it.querySelectorAll(".slick-cell")[peer.NAME].textContent);
    },
    count: () => view.getLength(),
  });
}
