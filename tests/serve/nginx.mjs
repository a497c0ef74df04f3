// Serves a built site with Debian's nginx and docs/nginx.conf, and asks for every file.
//
//     node tests/serve/nginx.mjs SITE

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "./checks.mjs";
import { configured, freePort, start } from "./server.mjs";

const BROTLI = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

const hasBrotli = existsSync(BROTLI);

/** Starts nginx for a site; `changes` are made in its configuration after all others. */
export async function nginx(site, changes = {}) {
  const port = await freePort();
  const block = configured("docs/nginx.conf", {
    "listen 80;": `listen 127.0.0.1:${port};`,
    "listen [::]:80;": "",
    "server_name wissen.example.org;": "server_name _;",
    "root /srv/wissen/public;": `root ${site.root};`,
    "# brotli_static on;": hasBrotli ? "brotli_static on;" : "",
    ...changes,
  });
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const server = await start(port, "/usr/sbin/nginx", (folder) => ({
    arguments: ["-p", folder, "-e", "stderr", "-c", join(folder, "server.conf")],
    configuration: `
      ${hasBrotli ? `load_module ${BROTLI};` : ""}
      daemon off; master_process off; pid ${folder}/pid; error_log stderr crit;
      events {}
      http {
        access_log off;
        ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(" ")}
        ${block}
      }`,
  }));
  return { ...server, encodings: hasBrotli ? ["gzip", "br"] : ["gzip"] };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await test(nginx);
