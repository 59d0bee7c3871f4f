// The page 浏览: contents trees and sections, each section under its own address.
(() => {
  "use strict";
  const { $, $$, make, copyText, menu } = wengui.tools;
  const server = { contents: null, reader: null };

  function contents(element, calls) {
    server.contents = calls;
    element.addEventListener("click", follow);
    element.addEventListener("toggle", (event) => fillTree(event.target), true);
    if (server.reader) read();
  }
  async function fillTree(details) {
    if (!details.open) return;
    details.filled ??= server.contents.open_tree([details.dataset.doc]).then(
      (html) => { $("ul", details).innerHTML = html; },
      () => { details.filled = undefined; },
    );
    await details.filled;
  }
  function reader(element, calls) {
    server.reader = calls;
    element.addEventListener("click", follow);
    element.addEventListener("click", (event) => {
      const act = event.target.closest("[data-act='link']");
      if (act) copyText(location.href, act);
    });
    window.addEventListener("popstate", read);
    if (server.contents) read();
  }
  function follow(event) {
    const link = event.target.closest("a[data-section]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    menu(false);
    read();
  }
  async function read() {
    const wanted = new URLSearchParams(location.search);
    const [doc, section] = [wanted.get("doc") ?? "", wanted.get("section") ?? ""];
    const place = $("#reading");
    try {
      const got = await server.reader.open_section([doc, section]);
      place.innerHTML = got.html;
      document.title = got.title;
    } catch {
      place.replaceChildren(make("p", "failure", "这一节没有取到。请检查网络后再点一次。"));
    }
    await showInTree(doc, section);
    if (section) { window.scrollTo(0, 0); place.focus({ preventScroll: true }); }
  }

  async function showInTree(doc, section) {
    $$("#contents a[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    const details = $$("#contents details").find((one) => one.dataset.doc === doc || !section);
    if (!details) return;
    details.open = true;
    await fillTree(details);
    const current = $$("a", details).find((one) => one.dataset.section === section);
    current?.setAttribute("aria-current", "true");
    current?.scrollIntoView({ block: "nearest" });
  }

  Object.assign(wengui, { contents, reader });
})();
