// Runs checks one after the other and says how they went.

const SHOWN_PROBLEMS = 40;
const SHOWN_PLACES = 3;

/**
 * Runs checks; the program then ends with 0 if nothing was found, else with 1.
 *
 * A check is `{name, run}`. `run(found)` calls `found(where, what)` for each
 * problem and may return a remark for the line of the check.
 */
export async function report(checks) {
  for (const check of checks) {
    const started = Date.now();
    const places = new Map();
    const remark = await check.run((where, what) => {
      places.set(what, (places.get(what) ?? new Set()).add(where));
    });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const result = places.size === 0 ? "ok    " : "FAILED";
    console.log(`${result} ${check.name} (${remark ? `${remark}, ` : ""}${seconds} s)`);
    list([...places].map(describe).sort());
    if (places.size > 0) process.exitCode = 1;
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
