// Answers with the addresses of ten hits once their titles and excerpts are there, and loads
// what other queries need, as our pages do.
let index;
const load = (src) => new Promise((done, failed) => document.head.append(Object.assign(document.createElement("script"), { src, onload: done, onerror: failed })));
window.ask = async (query, titled) => {
  if (!index) {
    await load("kompendium/reader.js");
    index = kompendium.open("kompendium/");
  }
  const { hits } = await index.search(query, { limit: 10 });
  titled();
  await Promise.all(hits.map((it) => it.excerpt()));
  index.ahead();
  return hits.map((it) => it.url.replace(/\.html(#.*)?$/, ""));
};
