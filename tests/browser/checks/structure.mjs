// What every page must have, whatever is on it.

/** Checks the facts of all pages. */
export function structure(site, facts) {
  return async (found) => {
    const titles = new Map();
    for (const page of site.pages) {
      const complain = (what) => found(page.path, what);
      checkDocument(facts.get(page.path), complain);
      if (page.kind === "redirect") continue;
      checkContent(facts.get(page.path), complain);
      checkTitle(page, facts.get(page.path).title, titles, complain);
    }
    return `${site.pages.length} pages`;
  };
}

function checkDocument(facts, complain) {
  if (!facts.lang) complain("the element html has no language");
  if (!facts.title) complain("the page has no title");
  checkPolicy(facts.head, complain);
  for (const html of facts.inline) complain(`the policy of the pages forbids this: ${html}`);
}

function checkPolicy([first, second], complain) {
  if (first?.charset?.toLowerCase() !== "utf-8") complain("the first element of the head is not <meta charset=utf-8>");
  const policy = second?.policy;
  if (!policy) return complain("the second element of the head is not the Content-Security-Policy");
  if (!policy.includes("default-src 'none'")) complain(`the policy does not start from nothing: ${policy}`);
  for (const source of ["unsafe-inline", "unsafe-eval", "*"]) {
    if (policy.includes(source)) complain(`the policy allows ${source}`);
  }
}

function checkContent(facts, complain) {
  if (facts.headings.length !== 1) complain(`the page has ${facts.headings.length} headings h1, not 1`);
  if (facts.headings.includes("")) complain("the heading h1 is empty");
  if (facts.mains !== 1) complain(`the page has ${facts.mains} elements main, not 1`);
  checkSkipLink(facts, complain);
  for (const id of twice(facts.ids)) complain(`the id ${id} is there twice`);
}

function checkSkipLink({ firstFocusable, ids }, complain) {
  const target = firstFocusable?.href?.match(/^#(.+)/)?.[1];
  if (!target) return complain(`the first element that takes the focus is no skip link: ${firstFocusable?.html}`);
  if (!ids.includes(decodeURIComponent(target))) complain(`the skip link leads nowhere: #${target}`);
}

function checkTitle(page, title, titles, complain) {
  if (titles.has(title)) complain(`the title „${title}“ is the one of ${titles.get(title)}, too`);
  titles.set(title, page.path);
}

function twice(values) {
  return new Set(values.filter((value, index) => values.indexOf(value) !== index));
}
