// The 出处 panel: opens a passage, steps through its document, closes again.
(() => {
  "use strict";
  const { $, $$, make, menu } = wengui.tools;
  let server = null;
  let opener = null;

  function panel(element, calls) {
    server = calls;
    element.setAttribute("role", "complementary");
    element.setAttribute("aria-label", "出处");
    element.addEventListener("click", (event) => {
      const step = event.target.closest("[data-passage]");
      const act = event.target.closest("[data-act]")?.dataset.act;
      if (step) fill(step.dataset.passage, step.dataset.quote);
      if (act === "close-panel") closePanel();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      closePanel();
      menu(false);
    });
    document.addEventListener("click", (event) => {
      if (event.target === document.body) closePanel();
    });
  }
  async function openSource(cite) {
    opener = cite;
    $$(".cite.current").forEach((one) => one.classList.remove("current"));
    cite.classList.add("current");
    document.body.classList.add("panel-open");
    wengui.hidePreview();
    await fill(cite.dataset.passage, cite.dataset.quote);
    $("#panel h2").focus({ preventScroll: true });
  }
  async function fill(passage, quote) {
    const body = $("#source-body");
    try {
      body.innerHTML = await server.open_source([passage, quote]);
    } catch {
      body.replaceChildren(make("p", "failure", "原文没有取到。请检查网络后再点一次。"));
    }
    const scroller = body.closest("#panel");
    scroller.scrollTop = 0;
    const marked = $("mark, .marked, .here", body)?.getBoundingClientRect();
    const frame = scroller.getBoundingClientRect();
    if (marked && marked.bottom > frame.bottom) {
      scroller.scrollTop = marked.top - frame.top - frame.height / 3;
    }
  }
  function closePanel() {
    if (!document.body.classList.contains("panel-open")) return;
    document.body.classList.remove("panel-open");
    opener?.classList.remove("current");
    opener?.focus({ preventScroll: true });
  }

  Object.assign(wengui, { panel, openSource, closePanel });
})();
