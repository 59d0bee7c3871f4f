// The staff pages: the server sends a whole view after every action; a view at work is asked again.
(() => {
  "use strict";
  const { $, announce, make } = wengui.tools;
  const API = "/staff/api/";
  const POLL = 1000;  // ms
  const STEPS = new Set(["draft", "save", "accept", "dismiss"]);

  function office(element) {
    const place = $("#office", element);
    let timer = 0;
    const address = () => `${API}${place.dataset.view}${location.search}`;
    async function call(url, options) {
      clearTimeout(timer);
      const got = await fetch(url, options).catch(() => null);
      if (got?.status === 401) { location.href = `/signin?next=${location.pathname}`; return; }
      if (!got?.ok) { complain(await reason(got)); return; }
      const open = [...place.querySelectorAll("details[open]")].length;
      place.innerHTML = await got.text();
      if (!open) place.scrollIntoView({ block: "nearest" });
      const title = $("h1", place)?.textContent;
      if (title) document.title = `${title} · 问规`;
      if ($("[data-poll]", place)) timer = setTimeout(poll, POLL);
    }
    // Only the work's own part is put in anew, so that what is being typed stays.
    async function poll() {
      const got = await fetch(address()).catch(() => null);
      if (!got?.ok) { timer = setTimeout(poll, 3 * POLL); return; }
      const fresh = make("div");
      fresh.innerHTML = await got.text();
      const [now, next] = [$(".work", place), $(".work", fresh)];
      if (!now || !next) return;
      if (next.hasAttribute("data-poll")) { now.replaceWith(next); timer = setTimeout(poll, POLL); return; }
      place.innerHTML = fresh.innerHTML;
      announce($(".work .said", place)?.textContent ?? "");
    }
    async function reason(got) {
      if (!got) return "没有连上服务器。请检查网络后再试。";
      const body = await got.text();
      try { return JSON.parse(body).detail ?? body; } catch { return body || "没有完成。请刷新页面后再试。"; }
    }
    function complain(words) {
      $(".complaint", place)?.remove();
      const note = make("p", "failure complaint", words);
      note.setAttribute("role", "alert");
      place.prepend(note);
      note.scrollIntoView({ block: "nearest" });
    }
    function post(kind, data) {
      const url = `${API}${kind}${STEPS.has(kind) ? "-case" : ""}`;
      return call(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(data) });
    }
    element.addEventListener("click", (event) => {
      const act = event.target.closest("button[data-post]");
      const link = event.target.closest("a[data-view]");
      if (act && (!act.dataset.confirm || confirm(act.dataset.confirm))) {
        const { post: kind, confirm: _, ...data } = act.dataset;
        const form = act.closest("form");
        post(kind, { ...(form ? Object.fromEntries(new FormData(form)) : {}), ...data });
      }
      if (link) { event.preventDefault(); history.pushState(null, "", link.getAttribute("href")); call(address()); }
    });
    element.addEventListener("submit", (event) => {
      const form = event.target;
      if (form.classList.contains("whoami")) return;
      event.preventDefault();
      if (form.hasAttribute("data-upload")) {
        $("button", form).disabled = true;
        call(`${API}upload`, { method: "POST", body: new FormData(form) })
          .finally(() => { const button = $("[data-upload] button", place); if (button) button.disabled = false; });
      } else if (form.dataset.get) {
        history.pushState(null, "", `?${new URLSearchParams({ view: form.dataset.get, ...Object.fromEntries(new FormData(form)) })}`);
        call(address());
      } else {
        const { post: kind, ...data } = form.dataset;
        post(kind, { ...Object.fromEntries(new FormData(form)), ...data });
      }
    });
    element.addEventListener("change", ({ target }) => {
      const form = target.closest("[data-upload]");
      if (!form) return;
      $(".drop-name", form).textContent = `上传文件：${target.files[0]?.name ?? "点这里选择，或拖到这里"}`;
      $("button", form).disabled = !target.files.length;
    });
    window.addEventListener("popstate", () => call(address()));
    call(address());
  }

  Object.assign(wengui, { office });
})();
