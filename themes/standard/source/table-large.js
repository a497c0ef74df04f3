// The same for a table with so many rows that its page holds only the first of them.

import { columnSource } from "./table/columns.js";
import { pageSource } from "./table/source.js";
import { run } from "./table/start.js";

// Tables in the text of the page are whole.
run((rows, block) => (block.packed ? columnSource : pageSource)(rows, block));
