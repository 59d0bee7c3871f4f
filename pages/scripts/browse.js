// The page 浏览: contents trees, sections, a search and the glossary, each under its own address.
(() => {
  "use strict";
  const { $, $$, make, load, keep, copyText, menu, announce } = wengui.tools;
  const { watchSources, speak, quiet } = wengui;
  const LAST = "wengui.read";
  const server = { contents: null, reader: null };
  let side = null;
  let latest = 0;  // a slow answer to an earlier click must not replace a later one

  function contents(element, calls) {
    server.contents = calls;
    element.addEventListener("click", follow);
    element.addEventListener("toggle", (event) => fillTree(event.target), true);
    $("form", element).addEventListener("submit", (event) => {
      event.preventDefault();
      const words = $("input", element).value.trim();
      if (words) go(`browse?${new URLSearchParams({ q: words })}`);
    });
    if (server.reader) read();
  }
  async function fillTree(details) {
    if (!details.open || !details.dataset.doc) return;
    details.filled ??= server.contents.open_tree([details.dataset.doc]).then(
      (html) => { $("ul", details).innerHTML = html; },
      () => { details.filled = undefined; },
    );
    await details.filled;
  }
  function reader(element, calls) {
    server.reader = calls;
    watchSources(element);
    element.addEventListener("click", follow);
    element.addEventListener("click", onText);
    element.addEventListener("input", (event) => {
      if (event.target.matches(".narrow")) narrow(event.target.value.trim());
    });
    window.addEventListener("popstate", read);
    if (server.contents) read();
  }
  function beside(element) {
    side = element;
    element.classList.add("beside");
    element.setAttribute("role", "complementary");
    element.setAttribute("aria-label", "本节的要点、问题和相关章节");
    element.addEventListener("click", follow);
    element.addEventListener("click", onText);
  }

  function onText(event) {
    const act = event.target.closest("[data-act]");
    if (act?.dataset.act === "link") copyText(location.href.replace(/#.*$/, ""), act);
    if (act?.dataset.act === "speak") speak(words($("#reading .text")), act);
    if (act?.dataset.act === "para") {
      event.preventDefault();
      history.replaceState(null, "", act.getAttribute("href"));
      copyText(location.href, act, "已复制这一段的链接");
      point(act.closest("p").id);
    }
    const jump = event.target.closest('a[href^="#"]');
    if (jump) {
      event.preventDefault();
      point(jump.getAttribute("href").slice(1));
    }
  }
  function words(text) {
    const plain = text.cloneNode(true);
    $$("sup, .para-link", plain).forEach((one) => one.remove());
    return plain.innerText;
  }
  // Shows one place of the text: scrolled to, marked, focused.
  function point(id) {
    $$("#reading .pointed").forEach((one) => one.classList.remove("pointed"));
    const place = id && document.getElementById(id);
    if (!place) return false;
    place.classList.add("pointed");
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
    return true;
  }
  function narrow(wanted) {
    $$(".terms > div").forEach((one) => { one.hidden = !one.textContent.includes(wanted); });
  }

  function follow(event) {
    const link = event.target.closest("a[data-section], a[data-find], a[data-view]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.getAttribute("href"));
  }
  function go(address) {
    menu(false);
    history.pushState(null, "", address);
    read();
  }
  async function read() {
    const mine = ++latest;
    const wanted = Object.fromEntries(new URLSearchParams(location.search));
    const place = $("#reading");
    quiet();
    let got = null;
    try {
      got = await server.reader.open_view([wanted]);
    } catch {
      if (mine !== latest) return;
      place.replaceChildren(make("p", "failure", "这一页没有取到。请检查网络后再点一次。"));
      return;
    }
    if (mine !== latest) return;
    place.innerHTML = got.html;
    document.title = got.title;
    const field = $("#contents input");
    if (document.activeElement !== field) field.value = wanted.q ?? "";
    const isSection = Boolean(got.section);
    document.body.classList.toggle("reading-section", isSection);
    arrive(wanted, got);
    if (isSection) {
      keep(LAST, { href: location.search, title: got.title.split(" · ")[0] });
      await Promise.all([fillBeside(wanted, mine), showInTree(got.doc, wanted.section)]);
    } else {
      besideText("");
      offerLast();
      await showInTree(wanted.doc ?? "", "");
    }
  }
  function arrive(wanted, got) {
    if (point(wanted.p ?? "") || (wanted.section !== got.section && point(wanted.section))) return;
    window.scrollTo(0, 0);
    if (got.section || wanted.q || wanted.view) $("#reading").focus({ preventScroll: true });
    if (wanted.q) announce($("#reading [role=status]")?.textContent ?? "没有找到。");
  }
  function besideText(html) {
    if (side) side.innerHTML = html;
  }
  async function fillBeside(wanted, mine) {
    besideText("");
    const html = await server.reader.open_aside([wanted]).catch(() => "");
    if (mine === latest) besideText(html);
  }
  // Where this device read last, on the page's own first view.
  function offerLast() {
    const line = $("#reading .last-read");
    const last = load(LAST, null);
    if (!line || !last?.href?.startsWith("?")) return;
    const link = make("a", "", `接着读：${last.title}`);
    link.href = `browse${last.href}`;
    link.dataset.section = "";
    line.append(link);
    line.hidden = false;
  }

  async function showInTree(doc, section) {
    $$("#contents a[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    const details = $$("#contents details").find((one) => one.dataset.doc === doc || !section);
    if (!details) return;
    details.open = true;
    await fillTree(details);
    const current = $$("a", details).find((one) => one.dataset.section === section);
    current?.setAttribute("aria-current", "true");
    const frame = $("#contents");
    if (current && frame.scrollHeight > frame.clientHeight) {
      const [at, box] = [current.getBoundingClientRect(), frame.getBoundingClientRect()];
      if (at.top < box.top || at.bottom > box.bottom) {
        frame.scrollTop += at.top - box.top - box.height / 3;
      }
    }
  }

  Object.assign(wengui, { contents, reader, beside });
})();
