// What a screen reader is told: the accessibility tree of Chromium.

/** Checks that the rows are a table with heads, and that its cells have words. */
export function tree(open, address) {
  return async (found) => {
    const tab = await open();
    await tab.resize(1280, 1600);
    await tab.page.goto(`${address}#suche=göttingen&spalten=land,typ,saldo,arbeitslose,jobcenter&sortierung=-ort`);
    const lines = await readTable(tab.page);
    EXPECTED.forEach((line, at) => {
      if (lines[at] !== line) found(`line ${at + 1}`, `says „${lines[at]}“, not „${line}“`);
    });
    if (lines.length !== EXPECTED.length) found("the end", `${lines.length} lines, not ${EXPECTED.length}`);
    await tab.close();
    return `${lines.length} lines`;
  };
}

const EXPECTED = [
  "table: Erfundene Orte mit erfundenen Zahlen",
  "row",
  "cell",
  "columnheader: Der Ort",
  "columnheader: Menschen",
  "columnheader: Arbeit",
  "row",
  "columnheader: Ort",
  "columnheader: Land",
  "columnheader: Typ",
  "columnheader: Saldo (je 1.000)",
  "columnheader: Arbeitslose (je 100)",
  "columnheader: Jobcenter",
  "row",
  "rowheader: Göttingen",
  "cell: Niedersachsen",
  "cell: 2 – Stadt",
  "cell: 0,0",
  "cell: 12,3, vorläufig",
  "cell: zugelassener kommunaler Träger",
  "row",
  "rowheader: Landkreis Göttingen",
  "cell: Niedersachsen",
  "cell: 3 – verdichtetes Umland",
  "cell: −0,5",
  "cell: 12,3",
  "cell: zugelassener kommunaler Träger",
  "row",
  "rowheader: Goettingen-Land",
  "cell: Niedersachsen",
  "cell: 4 – dünn besiedelt",
  "cell: −0,50",
  "cell: 4,5, eingeschränkt aussagefähig",
  "cell: zugelassener kommunaler Träger",
  "row",
  "rowheader: Median",
  "cell: keine Angabe",
  "cell: keine Angabe",
  "cell: −0,5",
  "cell: 8,5",
  "cell: keine Angabe",
  "row",
  "rowheader: Alle Orte",
  "cell: keine Angabe",
  "cell: keine Angabe",
  "cell: keine Angabe",
  "cell: 9,0",
  "cell: keine Angabe",
  "row",
  "rowheader: Deutschland",
  "cell: keine Angabe",
  "cell: keine Angabe",
  "cell: 4,0",
  "cell: 9,5",
  "cell: keine Angabe",
  "row",
  "rowheader: Auswahl (3)",
  "cell",
  "cell",
  "cell: Median −0,50 −0,50 bis 0,00 3 Werte",
  "cell: Median 12,3 4,5 bis 12,3 3 Werte",
  "cell",
];

/** Lists the parts of the table in reading order, one line each: its role and what it is called. */
export async function readTable(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const table = nodes.find((node) => node.role?.value === "table");
  const lines = [];
  const walk = (node) => {
    if (!node.ignored && PARTS.includes(node.role?.value)) lines.push(line(node, byId));
    for (const id of node.childIds ?? []) walk(byId.get(id));
  };
  walk(table);
  return lines;
}

const PARTS = ["table", "row", "rowheader", "columnheader", "cell", "gridcell"];

function line(node, byId) {
  const sort = node.properties?.find((it) => it.name === "sort")?.value?.value;
  const words = node.role.value === "row" ? "" : node.name?.value || wordsOf(node, byId);
  return [node.role.value, words].filter(Boolean).join(": ") + (sort ? `, ${sort}` : "");
}

/** The words below a part; what is ignored says nothing. */
function wordsOf(node, byId) {
  if (node.role?.value === "StaticText") return node.name?.value ?? "";
  return (node.childIds ?? []).map((id) => wordsOf(byId.get(id), byId)).filter(Boolean).join(" ");
}
