// Makes a table of the site a tool: search, filter, sort, choose columns, compare, take along.
//
// The table in the page is the data. The build says in a data block beside it what the
// text of the cells does not: the order of words and classes, steps of histograms, views,
// the words of the page. Nothing is loaded, nothing is stored; the state of a table is the
// part of its address behind the #. `scripts/minify` makes one classic script of all this,
// because a page from a stick can load no modules.

import { pageSource } from "./table/source.js";
import { run } from "./table/start.js";

run(pageSource);
