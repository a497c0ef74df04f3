// Starts Firefox as it comes from its makers, driven by WebDriver BiDi: Playwright drives
// only a Firefox of its own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { PATIENT } from "../browser.mjs";
import { findFirefox } from "../programs.mjs";

/** Nothing is asked of the network, and a page from the disk may read nothing beside itself. */
const SETTINGS = {
  "security.fileuri.strict_origin_policy": true,
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
  "network.proxy.no_proxies_on": "127.0.0.1",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "app.update.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
  "browser.download.folderList": 2,
  "browser.download.useDownloadDir": true,
  "browser.download.always_ask_before_handling_new_types": false,
};

/** Starts the browser: `{browser, downloads, stop()}`; files go to the folder `downloads`. */
export async function startFirefox() {
  const downloads = mkdtempSync(join(tmpdir(), "firefox-downloads-"));
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: findFirefox(),
    headless: true,
    timeout: PATIENT,
    extraPrefsFirefox: { ...SETTINGS, "browser.download.dir": downloads },
  });
  const stop = async () => {
    await browser.close();
    rmSync(downloads, { recursive: true });
  };
  return { browser, downloads, stop };
}
