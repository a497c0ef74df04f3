// Compares two CSV files sign by sign, whatever the order of their columns.

/**
 * Throws where a file is not the other with its columns in another order, without one of
 * them, with nothing in place of signs, and without the rows that sum up behind a blank one.
 */
export function sameCells(actual, expected, column, signs) {
  const delimiter = actual.includes(";") && expected.startsWith("\ufeff") ? ";" : ",";
  const [now, then] = [actual, expected].map((text) => lines(text, delimiter));
  const order = now.rows[0].map((head) => then.rows[0].indexOf(head));
  if (order.includes(-1)) throw new Error(`a new column ${now.rows[0][order.indexOf(-1)]}`);
  const missing = then.rows[0].filter((head) => head !== column && !now.rows[0].includes(head));
  if (missing.length) throw new Error(`no column ${missing.join(", ")}`);
  const written = (cell) => (signs.includes(cell) ? "" : cell);
  const blank = then.rows.findIndex((row) => row.every((cell) => cell === '""'));
  const rows = blank < 0 ? then.rows : then.rows.slice(0, blank);
  const wanted = rows.map((row) => order.map((at) => written(row[at])).join(delimiter) + then.end);
  const whole = then.start + wanted.join("");
  if (actual === whole) return;
  const at = now.rows.findIndex((row, line) => row.join(delimiter) + now.end !== wanted[line]);
  const line = now.rows[at]?.join(delimiter);
  throw new Error(at < 0 ? `${now.rows.length} lines, not ${wanted.length}` : `line ${at + 1} is ${JSON.stringify(line)}, not ${JSON.stringify(wanted[at])}`);
}

/** Splits a file into cells as they are written, with their quotation marks. */
function lines(text, delimiter) {
  const start = text.startsWith("\ufeff") ? "\ufeff" : "";
  const end = text.endsWith("\r\n") ? "\r\n" : "\n";
  const rows = [[]];
  let cell = "";
  let isQuoted = false;
  const rest = text.slice(start.length);
  for (let at = 0; at < rest.length; at++) {
    if (rest[at] === '"') isQuoted = !isQuoted;
    if (!isQuoted && rest[at] === delimiter) {
      rows.at(-1).push(cell);
      cell = "";
    } else if (!isQuoted && rest.startsWith(end, at)) {
      rows.at(-1).push(cell);
      cell = "";
      rows.push([]);
      at += end.length - 1;
    } else cell += rest[at];
  }
  return { start, end, rows: rows.slice(0, -1) };
}
