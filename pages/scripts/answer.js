// What can be done with an answer on the page: preview a source, take it away, say what it is worth.
(() => {
  "use strict";
  const { $, $$, make, said } = wengui.tools;
  const SHOW_MS = 120;
  let timer = 0;
  let shown = null;

  // --- the preview of a source, beside its number ---
  const preview = make("div", "preview");
  preview.id = "preview";
  preview.setAttribute("role", "tooltip");
  preview.hidden = true;

  function show(cite) {
    if (!cite.isConnected || !cite.dataset.place) return;
    hide();
    shown = cite;
    if (!preview.isConnected) document.body.append(preview);
    const hint = make("p", "fine", "点一下，看它的上下文");
    preview.replaceChildren(
      make("p", "preview-quote", cite.dataset.quote), make("p", "fine", cite.dataset.place), hint);
    preview.hidden = false;
    cite.setAttribute("aria-describedby", "preview");
    const at = cite.getBoundingClientRect();
    const own = preview.getBoundingClientRect();
    const left = Math.min(Math.max(12, at.left - 40), innerWidth - own.width - 12);
    const above = at.top - own.height - 8;
    preview.style.left = `${left}px`;
    preview.style.top = `${above > 60 ? above : at.bottom + 8}px`;
  }
  function hide() {
    clearTimeout(timer);
    preview.hidden = true;
    shown?.removeAttribute("aria-describedby");
    shown = null;
  }
  // The pointer may move from the number onto the preview and read there.
  function watchSources(element) {
    element.addEventListener("mouseover", (event) => {
      const cite = event.target.closest(".cite");
      if (!cite || cite === shown) return;
      clearTimeout(timer);
      timer = setTimeout(() => show(cite), SHOW_MS);
    });
    element.addEventListener("mouseout", (event) => {
      if (event.target.closest(".cite")) leave();
    });
    element.addEventListener("focusin", (event) => {
      const cite = event.target.closest(".cite");
      if (cite && cite.matches(":focus-visible")) show(cite);
    });
    element.addEventListener("focusout", (event) => {
      if (event.target.closest(".cite")) hide();
    });
  }
  function leave() {
    clearTimeout(timer);
    timer = setTimeout(() => { if (!preview.matches(":hover")) hide(); }, SHOW_MS);
  }
  preview.addEventListener("mouseleave", leave);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("scroll", hide, { passive: true, capture: true });

  // --- taking answers away ---
  async function exportAnswers(records, format, near) {
    near.closest("details")?.removeAttribute("open");
    const anchor = near.closest(".foot") ?? near;
    try {
      const got = await fetch(`./export/${format}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ answers: records }),
      });
      if (!got.ok) throw new Error(String(got.status));
      save(await got.blob(), named(got));
    } catch {
      said("没有导出成功。请检查网络后再试一次。", anchor);
    }
  }
  function named(got) {
    const given = /filename\*=UTF-8''([^;]+)/.exec(got.headers.get("Content-Disposition") ?? "");
    return given ? decodeURIComponent(given[1]) : "回答";
  }
  function save(blob, name) {
    const link = make("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  // --- what an answer is worth ---
  function judge(article, verdict, send, history) {
    const answer = JSON.parse(article.dataset.record);
    const foot = $(".foot", article);
    const settle = (good) => {
      $('[data-act="up"]', article).setAttribute("aria-pressed", String(good));
      $('[data-act="down"]', article).setAttribute("aria-pressed", String(!good));
      said("已收到，谢谢。", foot);
    };
    const deliver = (more) => send([{ answer, history, ...more }]).then(
      (problem) => (problem ? said(problem, foot) : settle(more.good)),
      () => said("没有送出去。请检查网络后再试一次。", foot));
    if (verdict === "up") { deliver({ good: true }); return; }
    askWhy((reason, note) => deliver({ good: false, reason, note }));
  }
  function askWhy(then) {
    const dialog = $("#why");
    const form = $("form", dialog);
    form.reset();
    $('[data-act="dismiss"]', dialog).onclick = () => dialog.close();
    form.onsubmit = () => then($("input:checked", form)?.value ?? "", $("textarea", form).value);
    dialog.showModal();
  }

  Object.assign(wengui, { watchSources, hidePreview: hide, exportAnswers, save, named, judge });
})();
