import { startBrowser, DESKTOP } from "./browser.mjs";
const b=await startBrowser();
const pages={num:"kennzahlen/jugendquotient",cls:"kennzahlen/miete",miss:"kennzahlen/hze-29",idx:"kennzahlen/index",cmp:"vergleich/schleswig-holstein"};
const only=process.argv.slice(2);
for (const [w,scheme] of [[1440,"light"],[360,"light"],[1440,"dark"]]) {
  const c=await b.newContext({...DESKTOP,colorScheme:scheme,viewport:{width:w,height:900}});
  const p=await c.newPage();
  for (const [k,u] of Object.entries(pages)) { if(only.length&&!only.includes(k)) continue; if(scheme=="dark"&&!["num","cmp"].includes(k)) continue;
    await p.goto("file:///tmp/indicator-site/"+u+".html"); await p.screenshot({path:`/tmp/ind-shots/${k}-${w}-${scheme}.png`,fullPage:true});
    if(w==1440&&scheme=="light") await p.pdf({path:`/tmp/ind-shots/${k}.pdf`,format:"A4",preferCSSPageSize:true}); }
  await c.close();
}
await b.close();
