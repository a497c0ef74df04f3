// The search: a field on every page, and the page of the search itself.

import { startField } from "./search/field.js";
import { startPage } from "./search/page.js";
import { onSlash } from "./search/key.js";

for (const form of document.querySelectorAll("form.search-form")) {
  if (!(form instanceof HTMLFormElement)) continue;
  if (form.matches(".search-page")) startPage(form);
  else startField(form);
  onSlash(form);
}
