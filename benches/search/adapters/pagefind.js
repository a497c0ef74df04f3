// Answers with the addresses of ten hits once their titles and excerpts are there.
let index;
window.ask = async (query, titled) => {
  index ??= await import("./pagefind/pagefind.js");
  const { results } = await index.search(query);
  const found = await Promise.all(results.slice(0, 10).map((it) => it.data()));
  titled();
  return found.map((it) => decodeURI(it.raw_url ?? it.url).replace(/^.*?\/?(?=[a-z])/, "").replace(/\.html$/, ""));
};
