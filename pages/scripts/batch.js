// The page 批量提问: sends a table, shows how far its answers are, hands the answered table out.
(() => {
  "use strict";
  const { $ } = wengui.tools;
  const LARGEST_MB = 1;

  function batch(element) {
    const form = $("form", element);
    const file = $("input[type=file]", form);
    const start = $("[type=submit]", form);
    const cancel = $('[data-act="cancel"]', form);
    const progress = $(".batch-progress", element);
    const said = (words) => { $("#batch-said").textContent = words; };
    let running = null;
    let result = null;

    function chosen() {
      const one = file.files[0];
      $(".drop-name", form).textContent = one ? one.name : "选择表格，或拖到这里";
      const large = one && one.size > LARGEST_MB * 1_000_000;
      start.disabled = !one || large;
      said(large ? `文件超过${LARGEST_MB} MB。请只留下写问题的那一列再试。` : "");
      $(".batch-done", element).hidden = true;
    }
    function busy(on) {
      start.disabled = on || !file.files[0];
      file.disabled = on;
      cancel.hidden = !on;
      progress.hidden = !on;
    }
    function step({ done, total, file: content }) {
      $("progress", progress).max = total;
      $("progress", progress).value = done;
      $("span", progress).textContent = `${done} / ${total}`;
      if (content) result = content;
    }
    async function run() {
      running = new AbortController();
      result = null;
      busy(true);
      said("正在回答。");
      try {
        const got = await fetch("./batch", {
          method: "POST", body: file.files[0], signal: running.signal });
        if (!got.ok) { said(await words(got)); return; }
        await lines(got.body, step);
        if (!result) throw new Error("cut off");
        said("已全部回答。表格只在这一页里，请下载保存。");
        $(".batch-done", element).hidden = false;
        $(".batch-done button", element).focus();
      } catch (error) {
        said(error.name === "AbortError" ? "已取消，没有保存任何内容。"
          : "没有答完。请检查网络后再试一次。");
      } finally {
        busy(false);
      }
    }
    form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
    file.addEventListener("change", chosen);
    cancel.addEventListener("click", () => running?.abort());
    element.addEventListener("click", (event) => {
      if (event.target.closest('[data-act="save"]')) save();
    });
    function save() {
      const bytes = Uint8Array.from(atob(result), (sign) => sign.charCodeAt(0));
      const name = file.files[0].name.replace(/\.xlsx$/i, "");
      wengui.save(new Blob([bytes]), `${name}（已回答）.xlsx`);
    }
  }
  async function words(got) {
    const plain = (got.headers.get("Content-Type") ?? "").startsWith("text/plain");
    return plain ? got.text() : "没有收到。请刷新页面后再试一次。";
  }
  // Each whole line of a stream as JSON.
  async function lines(body, take) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (let got = await reader.read(); !got.done; got = await reader.read()) {
      const parts = (rest + got.value).split("\n");
      rest = parts.pop();
      parts.filter(Boolean).forEach((one) => take(JSON.parse(one)));
    }
  }

  Object.assign(wengui, { batch });
})();
