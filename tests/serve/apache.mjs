// Serves a built site with Debian's Apache and docs/apache.conf, and asks for every file.
//
//     node tests/serve/apache.mjs SITE

import { join } from "node:path";
import { test } from "./checks.mjs";
import { configured, freePort, start } from "./server.mjs";

const MODULES = ["mpm_event", "authz_core", "mime", "dir", "alias", "headers", "rewrite"];

/** Starts Apache for a site. */
async function apache(site) {
  const port = await freePort();
  const block = configured("docs/apache.conf", {
    "<VirtualHost *:80>": `<VirtualHost 127.0.0.1:${port}>`,
    "DocumentRoot /srv/wissen/public": `DocumentRoot ${site.root}`,
    "<Directory /srv/wissen/public>": `<Directory ${site.root}>`,
  });
  const server = await start(port, "/usr/sbin/apache2", (folder) => ({
    arguments: ["-d", folder, "-f", join(folder, "server.conf"), "-D", "FOREGROUND"],
    configuration: `
${MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/pid
DefaultRuntimeDir ${folder}
Mutex file:${folder}
ErrorLog ${folder}/errors
TypesConfig /etc/mime.types
# Debian's own: the block has to cope with it.
AddLanguage br .br
<Directory />
  Require all denied
</Directory>
${block}
`,
  }));
  return { ...server, encodings: ["gzip", "br"] };
}

await test(apache);
