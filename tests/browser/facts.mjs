// What a page says about itself, read from its source, before scripts touch it.

/**
 * Reads the facts of a page. It runs inside the browser, whose parser it uses,
 * so it must not use anything from outside its own body.
 */
export function readFacts(source) {
  const document = new DOMParser().parseFromString(source, "text/html");
  const all = (selector) => [...document.querySelectorAll(selector)];
  const show = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 100);

  const FOCUSABLE =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex]:not([tabindex='-1'])";
  const INLINE =
    "script:not([src]):not([type='application/ld+json'], [type='application/json']), script[type=module], style, [style], [integrity]";

  const addresses = [
    ...all("[href]").map((element) => [element.localName, element.rel ?? "", element.getAttribute("href")]),
    ...all("[src]").map((element) => [element.localName, "", element.getAttribute("src")]),
    ...all("[srcset]").flatMap((element) =>
      element
        .getAttribute("srcset")
        .split(",")
        .map((part) => [element.localName, "", part.trim().split(/\s+/)[0]]),
    ),
  ];

  return {
    lang: document.documentElement.lang,
    title: document.title.trim(),
    headings: all("h1").map((heading) => heading.textContent.trim()),
    mains: all("main").length,
    head: [...document.head.children].slice(0, 2).map((element) => ({
      name: element.localName,
      charset: element.getAttribute("charset"),
      policy:
        element.getAttribute("http-equiv")?.toLowerCase() === "content-security-policy"
          ? element.getAttribute("content")
          : null,
    })),
    inline: [
      ...all(INLINE),
      ...all("*").filter((element) => element.getAttributeNames().some((name) => name.startsWith("on"))),
    ].map(show),
    ids: all("[id]").map((element) => element.id),
    firstFocusable: all(FOCUSABLE).slice(0, 1).map((element) => ({
      html: show(element),
      href: element.getAttribute("href"),
    }))[0],
    addresses: addresses.map(([element, rel, address]) => ({ element, rel, address })),
  };
}
