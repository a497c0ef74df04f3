// The candidates: our page as the program builds it, and the peers, each with the page
// its users would make.

import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { columns, htmlTable } from "./data.mjs";
import { ourPage } from "./project.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8"));

const DATATABLES = `import DataTable from "datatables.net-dt";`;
// Its packages bring copies of their own; extensions only find each other in one.
const ONE_DATATABLES = { "datatables.net": join(HERE, "node_modules/datatables.net"), "datatables.net-dt": join(HERE, "node_modules/datatables.net-dt") };
const DATATABLES_STYLE = "datatables.net-dt/css/dataTables.dataTables.min.css";

/**
 * What a peer needs: `library` is the script that esbuild bundles, `styles` are files of
 * packages, `start` is an adapter in peers/, `html` that its page holds the whole table
 * (up to 400 rows; above that all get data), `most` the largest size worth waiting for.
 */
const PEERS = [
  {
    id: "aggrid",
    title: "AG Grid Community",
    packages: ["ag-grid-community"],
    library: `
      import { createGrid, ModuleRegistry, ClientSideRowModelModule, TextFilterModule, NumberFilterModule, ColumnApiModule, ClientSideRowModelApiModule, CsvExportModule, LocaleModule, QuickFilterModule, PinnedRowModule, RenderApiModule, RowApiModule } from "ag-grid-community";
      ModuleRegistry.registerModules([ClientSideRowModelModule, TextFilterModule, NumberFilterModule, ColumnApiModule, ClientSideRowModelApiModule, CsvExportModule, LocaleModule, QuickFilterModule, PinnedRowModule, RenderApiModule, RowApiModule]);
      window.AG = { createGrid };`,
    start: ["aggrid.js"],
  },
  {
    id: "tanstack",
    title: "TanStack core with a small renderer",
    packages: ["@tanstack/table-core"],
    library: `
      import { constructTable, tableFeatures, columnFilteringFeature, rowSortingFeature, createFilteredRowModel, createSortedRowModel, filterFns, sortFns } from "@tanstack/table-core";
      import { storeReactivityBindings } from "@tanstack/table-core/store-reactivity-bindings";
      window.TanStack = { constructTable, tableFeatures, columnFilteringFeature, rowSortingFeature, createFilteredRowModel, createSortedRowModel, filterFns, sortFns, storeReactivityBindings };`,
    ownStyle: "tanstack.css",
    start: ["tanstack.js"],
  },
  {
    id: "slickgrid",
    title: "SlickGrid with DataView",
    packages: ["slickgrid"],
    library: `
      import Sortable from "sortablejs";
      window.Sortable = Sortable;
      import { SlickGrid, SlickDataView } from "slickgrid";
      window.Slick = { SlickGrid, SlickDataView };`,
    styles: ["slickgrid/dist/styles/css/slick.grid.css", "slickgrid/dist/styles/css/slick-default-theme.css"],
    start: ["filter.js", "slickgrid.js"],
  },
  {
    id: "tabulator",
    title: "Tabulator",
    packages: ["tabulator-tables"],
    library: `import { TabulatorFull } from "tabulator-tables"; window.Tabulator = TabulatorFull;`,
    styles: ["tabulator-tables/dist/css/tabulator.min.css"],
    start: ["tabulator.js"],
  },
  {
    id: "listjs",
    title: "List.js",
    packages: ["list.js"],
    library: `import List from "list.js"; window.List = List;`,
    html: true,
    start: ["listjs.js"],
  },
  {
    id: "datatables",
    title: "DataTables",
    packages: ["datatables.net"],
    alias: ONE_DATATABLES,
    library: `${DATATABLES} window.DataTable = DataTable;`,
    styles: [DATATABLES_STYLE],
    html: true,
    start: ["datatables.js"],
    call: "startDataTables({});",
  },
  {
    id: "simple-datatables",
    title: "simple-datatables",
    packages: ["simple-datatables"],
    library: `import * as simpleDatatables from "simple-datatables"; window.simpleDatatables = simpleDatatables;`,
    styles: ["simple-datatables/dist/style.css"],
    html: true,
    most: 10_000,
    start: ["simple-datatables.js"],
  },
  {
    id: "datatables-full",
    title: "DataTables with ColumnControl, FixedColumns, Buttons",
    packages: ["datatables.net", "datatables.net-columncontrol", "datatables.net-fixedcolumns", "datatables.net-fixedheader", "datatables.net-buttons"],
    alias: ONE_DATATABLES,
    library: `
      ${DATATABLES}
      import "datatables.net-columncontrol-dt";
      import "datatables.net-fixedcolumns-dt";
      import "datatables.net-fixedheader-dt";
      import "datatables.net-buttons-dt";
      import "datatables.net-buttons/js/buttons.html5.mjs";
      import "datatables.net-buttons/js/buttons.colVis.mjs";
      window.DataTable = DataTable;`,
    styles: [DATATABLES_STYLE, "datatables.net-columncontrol-dt/css/columnControl.dataTables.min.css", "datatables.net-fixedcolumns-dt/css/fixedColumns.dataTables.min.css", "datatables.net-fixedheader-dt/css/fixedHeader.dataTables.min.css", "datatables.net-buttons-dt/css/buttons.dataTables.min.css"],
    html: true,
    most: 10_000,
    start: ["datatables.js"],
    call: `startDataTables({ fixedColumns: { start: 2 }, scrollX: true, scrollY: 600, columnControl: ["order", ["searchList", "search"]], ordering: { indicators: false }, layout: { topStart: { buttons: ["csvHtml5", "colvis"] } } });`,
  },
  {
    id: "gridjs",
    title: "Grid.js",
    packages: ["gridjs"],
    library: `import * as gridjs from "gridjs"; window.gridjs = gridjs;`,
    styles: ["gridjs/dist/theme/mermaid.min.css"],
    most: 10_000,
    start: ["filter.js", "gridjs.js"],
  },
  {
    id: "searchpanes",
    title: "DataTables 2 with SearchPanes",
    packages: ["dt2", "datatables.net-searchpanes", "datatables.net-select", "jquery"],
    library: `
      ${DATATABLES}
      import "datatables.net-searchpanes-dt";
      import "datatables.net-select-dt";
      window.DataTable = DataTable;`,
    // Its extensions want DataTables 2.
    alias: { "datatables.net": join(HERE, "node_modules/dt2"), "datatables.net-dt": join(HERE, "node_modules/dt2-dt") },
    styles: ["dt2-dt/css/dataTables.dataTables.min.css", "datatables.net-searchpanes-dt/css/searchPanes.dataTables.min.css", "datatables.net-select-dt/css/select.dataTables.min.css"],
    html: true,
    most: 10_000,
    start: ["datatables.js"],
    call: `startDataTables({ layout: { top1: { searchPanes: { cascadePanes: true, columns: COLUMNS.filter((it) => it.kind === "choice").map((it) => it.at) } } } });`,
  },
];

/** Every candidate: `{id, title, version, most, assets, page(rows), scripts}`. */
export async function candidates(out, kompendium) {
  const peers = [];
  for (const peer of PEERS) peers.push(await setUp(peer, join(out, "peers")));
  return [ours(out, kompendium), ...peers];
}

function themeFiles(folder, names) {
  return readdirSync(folder).filter((it) => names.test(it)).map((it) => join(folder, it));
}

function ours(out, kompendium) {
  return {
    id: "kompendium",
    title: "Kompendium",
    version: "this revision",
    most: Infinity,
    assets: () => themeFiles(join(out, "project-400/public/assets"), /^table\.[0-9a-f]{10}\.(js|css)$/),
    page: (rows) => pathToFileURL(ourPage(out, kompendium, rows)).href,
    scripts: [join(HERE, "ours.js")],
  };
}

async function setUp(peer, folder) {
  const files = await assets(peer, folder);
  return {
    id: peer.id,
    title: peer.title,
    version: peer.packages.map((it) => `${it.replace(/^dt2$/, "datatables.net")} ${dependencies[it].replace(/^npm:.*@/, "")}`).join(", "),
    most: peer.most ?? Infinity,
    assets: () => files,
    page: (rows) => pathToFileURL(peerPage(peer, folder, files, rows)).href,
    scripts: [],
  };
}

/** Bundles the script and collects the styles of a peer. */
async function assets(peer, folder) {
  mkdirSync(folder, { recursive: true });
  const script = join(folder, `${peer.id}.js`);
  const common = { absWorkingDir: HERE, bundle: true, minify: true, legalComments: "none", logLevel: "error", target: "es2022" };
  await build({ ...common, stdin: { contents: peer.library, resolveDir: HERE }, format: "iife", outfile: script, alias: peer.alias });
  const sources = [...(peer.styles ?? []).map((it) => join(HERE, "node_modules", it)), ...(peer.ownStyle ? [join(HERE, "peers", peer.ownStyle)] : [])];
  if (sources.length === 0) return [script];
  const style = join(folder, `${peer.id}.css`);
  const contents = sources.map((it) => `@import ${JSON.stringify(it)};`).join("\n");
  await build({ ...common, stdin: { contents, resolveDir: HERE, loader: "css" }, outfile: style, loader: { ".png": "dataurl", ".gif": "dataurl", ".svg": "dataurl" } });
  return [script, style];
}

function peerPage(peer, folder, files, rows) {
  const inPage = peer.html && rows.length <= 400;
  const data = join(folder, `rows-${rows.length}.js`);
  if (!existsSync(data)) writeFileSync(data, `window.ROWS=JSON.parse(${JSON.stringify(JSON.stringify(rows))});`);
  writeFileSync(join(folder, "columns.js"), `window.COLUMNS=${JSON.stringify(columns)};`);
  const starts = ["common.js", ...peer.start];
  for (const file of starts) copyFileSync(join(HERE, "peers", file), join(folder, `start-${file}`));
  const scripts = ["columns.js", ...(inPage ? [] : [`rows-${rows.length}.js`]), `${peer.id}.js`, ...starts.map((it) => `start-${it}`)];
  const page = join(folder, `${peer.id}-${rows.length}.html`);
  const table = inPage ? htmlTable(rows) : peer.html ? '<table id="t"></table>' : "";
  writeFileSync(
    page,
    `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>${peer.title}</title><meta name="viewport" content="width=device-width">
${files.length > 1 ? `<link rel="stylesheet" href="${peer.id}.css">` : ""}<style>body{font-family:sans-serif;margin:8px}</style></head>
<body><h1>Kommunen</h1><p><label>Suche <input id="q" type="search" autocomplete="off"></label></p><div id="host">${table}</div>
${scripts.map((it) => `<script src="${it}"></script>`).join("\n")}
${peer.call ? `<script>${peer.call}</script>` : ""}</body></html>`,
  );
  return page;
}
