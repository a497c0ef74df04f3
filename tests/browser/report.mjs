// Runs checks one after the other and says how they went.

const SHOWN_PROBLEMS = 40;
const SHOWN_PLACES = 3;

/**
 * Runs checks; the program then ends with 0 if nothing was found, else with 1.
 *
 * A check is `{name, run}`. `run(found)` calls `found(where, what)` for each
 * problem and may return a remark for the line of the check; an error that it
 * throws is a problem, too.
 *
 * What is found must be found again: on a busy machine a browser may lose a
 * click between two frames. A check that finds nothing the second time passes
 * as `unsure`, with what it found at first.
 */
export async function report(checks) {
  for (const check of checks) {
    const started = Date.now();
    const first = await attempt(check);
    const last = first.places.size > 0 ? await attempt(check) : first;
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const result = last.places.size > 0 ? "FAILED" : first.places.size > 0 ? "unsure" : "ok    ";
    console.log(`${result} ${check.name} (${last.remark ? `${last.remark}, ` : ""}${seconds} s)`);
    list([...(last.places.size > 0 ? last : first).places].map(describe).sort());
    if (last.places.size > 0) process.exitCode = 1;
  }
}

/** Runs a check once: `{places, remark}`, where `places` holds the places of each problem. */
async function attempt(check) {
  const places = new Map();
  const found = (where, what) => void places.set(what, (places.get(what) ?? new Set()).add(where));
  try {
    return { places, remark: await check.run(found) };
  } catch (error) {
    found("the check", `ends with ${error.stack ?? error}`);
    return { places };
  }
}

function describe([what, places]) {
  const sorted = [...places].sort();
  const rest = sorted.length - SHOWN_PLACES;
  return `${sorted.slice(0, SHOWN_PLACES).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}: ${what}`;
}

function list(problems) {
  for (const problem of problems.slice(0, SHOWN_PROBLEMS)) console.log(`       ${problem}`);
  if (problems.length > SHOWN_PROBLEMS) console.log(`       … and ${problems.length - SHOWN_PROBLEMS} more`);
}
