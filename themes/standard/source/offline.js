// Lets the browser keep the site, so that it can be read without a network after the first
// visit. From a disk there is nothing to keep: all of it is there already.

const { root = "" } = document.currentScript instanceof HTMLScriptElement ? document.currentScript.dataset : {};
if (location.protocol.startsWith("http") && "serviceWorker" in navigator) {
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = root + "site.webmanifest";
  document.head.append(manifest);
  // A browser that keeps nothing, in a private window for example, shows the pages as ever.
  navigator.serviceWorker.register(root + "sw.js").catch(() => {});
}
