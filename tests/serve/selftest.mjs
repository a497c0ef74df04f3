// Breaks docs/nginx.conf, one rule after the other, and reads what the checks say.
//
//     node tests/serve/selftest.mjs SITE

import { checks } from "./checks.mjs";
import { nginx } from "./nginx.mjs";
import { copied } from "./server.mjs";

// What is changed, and what is then found somewhere.
const CASES = [
  [{ "gzip_static on;": "" }, "content-encoding is “undefined” instead of “gzip”"],
  [{ "gzip_vary on;": "" }, "caches are not told that it depends on what is asked for"],
  [{ 'default "no-cache";': 'default "max-age=60";' }, "cache-control is “max-age=60” instead of “no-cache”"],
  [{ '"~/assets/': '"~/anderes/' }, "cache-control is “no-cache” instead of “public, max-age=31536000, immutable”"],
  [{ '"~/[0-9a-f]{10}/': '"~/[0-9a-f]{11}/' }, "cache-control is “no-cache” instead of “public, max-age=31536000, immutable”"],
  [{ "text/javascript js;": "" }, "content-type is “application/octet-stream” instead of “text/javascript; charset=utf-8”"],
  [{ "charset utf-8;": "" }, "content-type is “text/html” instead of “text/html; charset=utf-8”"],
  [{ "error_page 404 /404.html;": "" }, "does not show 404.html"],
  [{ "location = /_headers {": "location = /anders {" }, "status is “200” instead of “404”"],
  [{ "X-Content-Type-Options nosniff always;": "X-Content-Type-Options nosniff;" }, "x-content-type-options is “undefined” instead of “nosniff”"],
  [{ "absolute_redirect off;": "etag off;" }, "200 instead of 304"],
  [{ "index index.html;": "index fehlt.html;" }, "/: 403"],
];

const site = copied(process.argv[2]);
let failures = 0;
for (const [changes, expected] of CASES) {
  const found = await foundWith(changes);
  if (found.has(expected)) continue;
  failures += 1;
  console.log(`FAILED ${JSON.stringify(changes)}: expected “${expected}”, got ${[...found].slice(0, 5).join("; ") || "nothing"}`);
}
site.remove();
console.log(`${CASES.length - failures} of ${CASES.length} broken configurations are found`);
process.exitCode = failures ? 1 : 0;

async function foundWith(changes) {
  const server = await nginx(site, changes);
  const found = new Set();
  try {
    for (const check of checks(site, server)) await check.run((_where, what) => found.add(what));
  } finally {
    server.stop();
  }
  return found;
}
