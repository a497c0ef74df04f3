// What the parts of the table tell each other.

/**
 * What the build says about a column.
 * @typedef {object} Column
 * @property {string} id
 * @property {number} width In characters.
 * @property {"number" | "choice" | "text"} kind
 * @property {number} [decimals]
 * @property {number} [proof] The sum of all units modulo 1000003.
 * @property {[number, number, number] | null} [bins] Start, step and count of the bars.
 * @property {boolean} [statistics] Whether a median says something.
 * @property {1 | -1} [better] Whether more is better or worse; neither without it.
 * @property {[string, string, string][]} [choices] As in the cell, its meaning, as in the file.
 * @property {(number | null)[]} [ranks] The place of each row in the order of texts.
 */

/**
 * The data block of a table.
 * @typedef {object} Block
 * @property {string} id
 * @property {string} prefix What its keys in the address and the ids of its explanations begin with; nothing for the table of the page.
 * @property {"de" | "en"} lang
 * @property {string} [rows] What the rows are called, many of them.
 * @property {boolean} packed Whether the rows stand in a script of their own.
 * @property {Record<string, string>} ids Those of rows that cannot be made of their titles.
 * @property {number | null} median The summary row with the delivered median of all rows.
 * @property {{id: string, title: string, columns: number[]}[]} views The first is the start.
 * @property {Column[]} columns The first names the rows.
 * @property {Record<string, string>} words
 */

/**
 * What a reader asks of one column; bounds are in units, choices are indexes.
 * @typedef {{choices?: Set<number>, least?: number, most?: number, filled?: boolean}} Filter
 */

/**
 * Everything that a reader can change and a link can say.
 * @typedef {object} State
 * @property {string} search
 * @property {Map<number, Filter>} filters By column.
 * @property {{column: number, down: boolean}[]} sort
 * @property {number[]} columns Those shown, in their order; the name of the row is the first.
 * @property {number[]} compare Rows side by side.
 * @property {string[]} look Some of `LOOKS`, in their order.
 */

/**
 * What is open below the tools; it follows the state, and knows whether filters have changed and somebody types.
 * @typedef {{nodes?: HTMLElement[], update: (isSifted: boolean, isTyping?: boolean) => void}} Panel
 */

/**
 * Where the values of a table come from: the cells of the page, or packed columns.
 * @typedef {object} Source
 * @property {number} count How many rows there are.
 * @property {(row: number) => HTMLTableRowElement} row With the cells of the shown columns.
 * @property {(row: number, column: number) => HTMLTableCellElement} cell
 * @property {(row: number) => string} title
 * @property {(row: number, column: number) => string} seen The text of a cell without explanations.
 * @property {(row: number, column: number) => boolean} isMissing
 * @property {(column: number) => Float64Array} numbers NaN where there is none.
 * @property {(column: number) => Uint16Array} codes Indexes of choices; `NONE` where there is none.
 * @property {(column: number) => ArrayLike<number>} ranks The order of texts; NaN where there is none.
 * @property {(shown: number[]) => void} arrange Says which columns rows have from now on.
 */

export {};
