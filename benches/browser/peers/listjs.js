"use strict";
{
  const ids = COLUMNS.map((it) => it.id);
  const formats = COLUMNS.map(peer.format);
  const fromData = () => {
    peer.host.innerHTML = `<table><thead><tr>${COLUMNS.map((it) => `<th>${it.title}</th>`).join("")}</tr></thead><tbody class="list"></tbody></table>`;
    const items = ROWS.map((row) => Object.fromEntries(ids.map((id, at) => [id, formats[at](row[at])])));
    return new List(peer.host, { valueNames: ids, page: 50, item: `<tr>${ids.map((id) => `<td class="${id}"></td>`).join("")}</tr>` }, items);
  };
  const fromTable = () => {
    for (const row of peer.host.querySelectorAll("tbody tr")) ids.forEach((id, at) => (row.cells[at].className = id));
    peer.host.querySelector("tbody").className = "list";
    return new List(peer.host, { valueNames: ids, searchDelay: 0 });
  };
  const list = window.ROWS ? fromData() : fromTable();
  const people = (item) => peer.germanNumber(item.values().einwohner);
  const passes = ({ least, most, land }) => (item) => (!land || item.values().land === land) && (least === null || people(item) >= least) && (most === null || people(item) <= most);
  peer.ready({
    apply(state, changed) {
      if (changed === "search") list.search(state.search, peer.searched.map((it) => it.id));
      else if (changed !== "sort") state.land || state.least !== null || state.most !== null ? list.filter(passes(state)) : list.filter();
      else if (state.sort) list.sort("einwohner", { order: state.sort === "up" ? "asc" : "desc", sortFunction: (a, b) => people(a) - people(b) });
      else list.sort("zeile", { order: "asc", sortFunction: (a, b) => peer.germanNumber(a.values().zeile) - peer.germanNumber(b.values().zeile) });
    },
    first: (count) => peer.namesIn(peer.host.querySelectorAll("tbody tr"), count),
    count: () => list.matchingItems.length,
  });
}
