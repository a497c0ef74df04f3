"use strict";
// Its own search and sort are by text and lose the order of numbers, so it gets the rows found.
{
  const columns = COLUMNS.map((it) => ({ name: it.title, formatter: peer.isNumber(it) ? peer.format(it) : undefined }));
  const grid = new gridjs.Grid({ columns, data: ROWS, sort: false, search: false, ...(ROWS.length > 400 ? { pagination: { limit: 50 } } : {}) });
  grid.render(peer.host);
  peer.ready({
    apply(state) {
      const rows = ROWS.filter((it) => peer.passes(it, state));
      if (state.sort) rows.sort((a, b) => (a[peer.POPULATION] - b[peer.POPULATION]) * (state.sort === "up" ? 1 : -1));
      grid.updateConfig({ data: rows }).forceRender();
    },
    first: (count) => peer.namesIn(peer.host.querySelectorAll(".gridjs-tbody tr"), count),
  });
}
