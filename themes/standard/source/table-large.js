// The same for a table with so many rows that its page holds only the first of them.

import { columnSource } from "./table/columns.js";
import { run } from "./table/start.js";

run(columnSource);
