// Answers with the addresses of ten hits once their titles and excerpts are there.
let index;
const load = (src) => new Promise((done, failed) => document.head.append(Object.assign(document.createElement("script"), { src, onload: done, onerror: failed })));
window.ask = async (query) => {
  if (!index) {
    await load("kompendium/reader.js");
    index = kompendium.open("kompendium/");
  }
  const { hits } = await index.search(query, { limit: 10 });
  await Promise.all(hits.map((it) => it.excerpt()));
  return hits.map((it) => it.url.replace(/\.html(#.*)?$/, ""));
};
