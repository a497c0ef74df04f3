// What is printed: all rows that are found, the columns that are shown, and a head that says so.

const ADDRESS = "#land=BY,NI,NW,BW,ST,SN&sortierung=-einwohner&spalten=land,einwohner,quote";

/** Prints a page whose window shows only a part of the rows. */
export function paper(open, address) {
  return async (found) => {
    const tab = await open();
    await tab.resize(1280, 400);
    await tab.page.goto(address + ADDRESS, { waitUntil: "load" });
    await tab.page.emulateMedia({ media: "print" });
    const sheet = await tab.page.evaluate(readSheet);
    const today = new Date().toLocaleDateString("de");
    const head = `${sheet.rows} von 45 Zeilen. Filter: Land: 6 ausgewählt. Gedruckt am ${today}. Quellen: Erfundenes Melderegister; Erfundene Agentur.`;
    if (sheet.head !== head) found("the head", `says „${sheet.head}“, not „${head}“`);
    if (sheet.rows !== sheet.expected) found("the table", `prints ${sheet.rows} rows of ${sheet.expected}`);
    if (sheet.heads.join() !== "Ort,Land,Einwohner*innen,Quote") found("the table", `prints the columns ${sheet.heads.join()}`);
    if (sheet.tools) found("the page", "prints buttons and fields");
    if (sheet.scrolls) found("the table", "prints only what fits into its window");
    for (const complaint of tab.complaints) found("the page", complaint);
    await tab.close();
    return `${sheet.rows} rows`;
  };
}

/** Runs inside the browser, which asks the page to prepare itself for paper. */
function readSheet() {
  const isSeen = (node) => node.checkVisibility();
  const all = (selector) => Array.from(document.querySelectorAll(selector)).filter(isSeen);
  dispatchEvent(new Event("beforeprint"));
  const scroll = document.querySelector(".data-scroll");
  return {
    head: all(".data-printed").map((it) => it.textContent).join(),
    rows: all(".data-table tbody:not(.compare) tr").length,
    expected: Number.parseInt(document.querySelector(".data-count").textContent, 10),
    heads: all(".data-table thead tr:not(.over) th").map((it) => (it.querySelector(".sort") ?? it).firstChild.textContent.trim()),
    tools: all(".data-tools, .data-table .head-more, .tick").length > 0,
    scrolls: scroll.scrollHeight > scroll.clientHeight + 1 && getComputedStyle(scroll).overflowY !== "visible",
  };
}
