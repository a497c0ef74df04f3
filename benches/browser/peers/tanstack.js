"use strict";
// An engine without a surface; the renderer below is the least one needs: it fills the
// rows in sight.
{
  const ROW_HEIGHT = 33;
  const VISIBLE = Math.ceil(600 / ROW_HEIGHT) + 4;
  const { tableFeatures, storeReactivityBindings, columnFilteringFeature, rowSortingFeature, createFilteredRowModel, createSortedRowModel, filterFns, sortFns } = TanStack;
  const features = tableFeatures({ coreReactivityFeature: storeReactivityBindings(), columnFilteringFeature, rowSortingFeature, filteredRowModel: createFilteredRowModel(), sortedRowModel: createSortedRowModel(), filterFns, sortFns });
  const anyText = (row, id, value) => peer.searched.some((it) => String(row.original[it.at] ?? "").toLowerCase().includes(value));
  const filterFor = { name: anyText, einwohner: "inNumberRange", land: "equalsString" };
  const columns = COLUMNS.map((it) => ({ id: it.id, header: it.title, accessorFn: (row) => row[it.at], filterFn: filterFor[it.id] ?? "includesString", sortFn: peer.isNumber(it) ? "basic" : "text", sortUndefined: "last" }));
  const table = TanStack.constructTable({ features, columns, data: ROWS, getRowId: (row) => String(row[0]) });
  const formats = COLUMNS.map(peer.format);

  peer.host.innerHTML = `<div class="scroll" tabindex="0"><table><thead><tr>${COLUMNS.map((it) => `<th scope="col">${it.title}</th>`).join("")}</tr></thead><tbody></tbody></table></div>`;
  const scroll = peer.host.firstChild;
  const [top, bottom] = [spacer(), spacer()];
  const pool = Array.from({ length: VISIBLE }, () => {
    const line = document.createElement("tr");
    line.texts = COLUMNS.map((it) => {
      const cell = document.createElement(it.at === peer.NAME ? "th" : "td");
      if (peer.isNumber(it)) cell.className = "n";
      line.append(cell);
      return cell.appendChild(document.createTextNode(""));
    });
    return line;
  });
  scroll.querySelector("tbody").append(top, ...pool, bottom);
  let rows = table.getRowModel().rows;

  function spacer() {
    const line = document.createElement("tr");
    line.append(document.createElement("td"));
    line.firstChild.className = "spacer";
    return line;
  }

  function paint() {
    const from = Math.max(0, Math.min(rows.length - VISIBLE, Math.floor(scroll.scrollTop / ROW_HEIGHT) - 2));
    pool.forEach((line, at) => {
      const row = rows[from + at];
      line.hidden = !row;
      if (!row || line.row === row) return;
      line.row = row;
      COLUMNS.forEach((it) => (line.texts[it.at].data = formats[it.at](row.getValue(it.id))));
    });
    top.firstChild.style.height = from * ROW_HEIGHT + "px";
    bottom.firstChild.style.height = Math.max(0, rows.length - from - VISIBLE) * ROW_HEIGHT + "px";
  }

  scroll.addEventListener("scroll", paint, { passive: true });
  paint();
  peer.ready({
    apply(state, changed) {
      if (changed === "sort") table.setSorting(state.sort ? [{ id: "einwohner", desc: state.sort === "down" }] : []);
      else
        table.setColumnFilters([
          ...(state.search ? [{ id: "name", value: state.search }] : []),
          ...(state.land ? [{ id: "land", value: state.land }] : []),
          ...(state.least !== null || state.most !== null ? [{ id: "einwohner", value: [state.least ?? 0, state.most ?? 1e9] }] : []),
        ]);
      rows = table.getRowModel().rows;
      scroll.scrollTop = 0;
      paint();
    },
    first: (count) => pool.slice(0, count).filter((it) => !it.hidden).map((it) => it.texts[peer.NAME].data),
    count: () => rows.length,
  });
}
