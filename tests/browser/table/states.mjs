// The states of a table that are looked at as a whole: with axe, and for what sticks out.

import { examine, describe } from "../checks/accessible.mjs";
import { measure } from "../checks/narrow.mjs";
import { click } from "./page.mjs";

/** Each is an address and the names of what is clicked then. */
export const STATES = [
  { name: "at the beginning", hash: "", clicks: [] },
  { name: "filters active", hash: "#suche=e&land=BY,SH&einwohner=1000..&sortierung=-einwohner,ort", clicks: [] },
  { name: "panel of filters", hash: "#land=BY", clicks: ["Filter"] },
  { name: "panel of columns", hash: "#typ=1", clicks: ["Spalten"] },
  { name: "panel of appearance", hash: "#typ=1", clicks: ["Darstellung"] },
  { name: "panel to take along", hash: "#typ=1", clicks: ["Mitnehmen"] },
  { name: "comparison", hash: "#vergleich=kiel,hamm,aalen&typ=1", clicks: [] },
  { name: "explanation of a column", hash: "#typ=1", clicks: ["Miete: Erläuterung und mehr"] },
  { name: "bars", hash: "#darstellung=balken,dicht&typ=4", clicks: [] },
  { name: "marks", hash: "#darstellung=abstand&typ=1", clicks: [] },
  { name: "cards", hash: "#darstellung=abstand,karten&typ=1", clicks: [] },
  { name: "all columns", hash: "#ansicht=alle&typ=1", clicks: [] },
  { name: "nothing found", hash: "#suche=gibtesnicht", clicks: [] },
  { name: "something unknown", hash: "#gibtesnicht=1&typ=1", clicks: [] },
];

/** Those of tables in a text. */
export const TEXT_STATES = [
  { name: "tables in a text, at the beginning", hash: "", clicks: [] },
  { name: "filters in both", hash: "#orte-1.land=BY,SH&orte-2.suche=e&orte-2.quote=5..", clicks: [] },
  { name: "panel of columns in a text", hash: "", clicks: ["Spalten"] },
  { name: "panel of filters in a text", hash: "", clicks: ["Filter"] },
  { name: "comparison in a text", hash: "#orte-1.vergleich=kiel,hamm,aalen", clicks: [] },
  { name: "explanation of a column in a text", hash: "#orte-1.land=BY", clicks: ["Miete: Erläuterung und mehr"] },
];

/** Every look on a width of its own; 320 pixels are a phone, and 1280 at 400 %. */
const ROUNDS = [
  { name: "light, 1440", width: 1440, options: { colorScheme: "light" } },
  { name: "dark, 320", width: 320, options: { colorScheme: "dark" } },
  { name: "forced colours, 768", width: 768, options: { forcedColors: "active" } },
];

/** So tall that no row is behind those that stay in sight, where axe takes it for covered. */
const HEIGHT = 5000;

/** Runs axe over every state in every round, and checks that nothing moves and no page is wider than its window. */
export function examineStates(open, address, states) {
  return async (found) => {
    await inTurns(ROUNDS, async (round) => {
      // The policy of the pages keeps strangers' scripts out, axe among them.
      const tab = await open({ ...round.options, bypassCSP: true });
      await tab.resize(round.width, HEIGHT);
      for (const state of states) {
        const where = `${state.name} (${round.name})`;
        try {
          await enter(tab.page, address, state);
          const { violations } = await examine(tab.page, "[data-table]");
          for (const problem of violations.flatMap(describe)) if (!isBehind(state, problem)) found(where, problem);
          const { width, causes } = await tab.page.evaluate(measure);
          if (await tab.page.evaluate(isMoving)) found(where, "moves, which no table does: a reader may not bear it");
          if (width > round.width) found(where, `is ${width} pixels wide because of ${causes.join(" and ")}`);
        } catch (error) {
          found(where, error.message.split("\n")[0]);
        }
      }
      for (const complaint of tab.complaints) found(round.name, complaint);
      await tab.close();
    });
    return `${states.length} states, ${ROUNDS.length} times`;
  };
}

/** Runs inside the browser: whether anything is, or would be, animated. */
function isMoving() {
  const styles = Array.from(document.querySelectorAll("[data-table], [data-table] *, html"), (it) => getComputedStyle(it));
  return document.getAnimations().length > 0 || styles.some((it) => it.transitionDuration !== "0s" || it.animationName !== "none" || it.scrollBehavior !== "auto");
}

/** What an open explanation covers comes back when it closes. */
function isBehind(state, problem) {
  return state.name.startsWith("explanation of a column") && problem.includes("partially obscured");
}

/** As many side by side as there are processors. */
async function inTurns(items, run) {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) await run(item);
  };
  await Promise.all([worker(), worker()]);
}

async function enter(page, address, { hash, clicks }) {
  await page.goto("about:blank");
  await page.goto(address + hash, { waitUntil: "load" });
  for (const name of clicks) {
    await click(page, { what: "place of", name });
  }
}
