// The chat page: sends a question, shows its turn, keeps conversations on this device.
(() => {
  "use strict";
  const { load, keep, $, $$, make, button, byTouch, copyText, menu, announce } = wengui.tools;
  const { openSource, closePanel, speak, quiet, watchSources, exportAnswers, judge } = wengui;
  const KEPT = "wengui.conversations.2";
  const MOST_KEPT = 30;
  const SERVER_SILENT_MS = 8000;
  const page = { turn: null, past: null, ask: null, form: null, server: null };
  let conversation = fresh();
  let busy = false;
  let silence = 0;
  let editing = null;  // the turn whose question is being put differently
  let told = "";  // of the answer that is coming: what has been announced
  let cancelled = false;  // a stopped answer may still report its end as a failure

  function fresh() {
    return { id: String(Date.now()) + Math.random().toString(36).slice(2, 6), turns: [] };
  }

  // For this tab alone: which conversation is open, and a question that could not be sent.
  const tab = {
    get(key) { try { return sessionStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { sessionStorage.setItem(key, value); } catch { /* not kept */ } },
  };
  function keepConversation() {
    tab.set("wengui.open", conversation.id);
    const others = load(KEPT, []).filter((one) => one.id !== conversation.id);
    let all = [conversation, ...others].slice(0, MOST_KEPT);
    while (!keep(KEPT, all) && all.length > 1) all = all.slice(0, -1);
    listKept();
  }

  function pendingTurn(question) {
    const article = make("article", "turn");
    article.dataset.state = "pending";
    article.dataset.question = question;
    article.append(make("h2", "question", question), make("div", "answer"));
    const note = make("p", "thinking", "正在查找文件…");
    note.setAttribute("role", "status");
    article.lastChild.append(note);
    return article.outerHTML;
  }

  // --- the rail ---
  function rail(element) {
    listKept();
    element.addEventListener("click", (event) => {
      const target = event.target.closest("[data-act]");
      if (!target) return;
      if (target.dataset.act === "new") begin(fresh());
      if (target.dataset.act === "all") {
        const boxes = $$('input[name="document"]', element);
        const on = boxes.some((box) => !box.checked);
        boxes.forEach((box) => { box.checked = on; });
      }
      if (target.dataset.act === "clear" && confirm("清除这台设备上保存的全部对话记录？")) {
        localStorage.removeItem(KEPT);
        begin(fresh());
        listKept();
      }
      if (target.dataset.act === "forget") {
        keep(KEPT, load(KEPT, []).filter((one) => one.id !== target.dataset.id));
        if (target.dataset.id === conversation.id) begin(fresh());
        listKept();
      }
      if (target.dataset.act === "open") {
        const found = load(KEPT, []).find((one) => one.id === target.dataset.id);
        if (found) begin(found);
      }
    });
  }
  function listKept() {
    const list = $("#kept");
    if (!list) return;
    const all = load(KEPT, []);
    list.replaceChildren(...all.map((one) => {
      const item = make("li");
      const open = button("kept-one", one.turns[0]?.question ?? "");
      open.dataset.act = "open";
      open.dataset.id = one.id;
      if (one.id === conversation.id) open.setAttribute("aria-current", "true");
      const forget = button("quiet", "×");
      forget.dataset.act = "forget";
      forget.dataset.id = one.id;
      forget.setAttribute("aria-label", `删除对话：${open.textContent}`);
      item.append(open, forget);
      return item;
    }));
    $(".kept")?.classList.toggle("none", all.length === 0);
  }
  function begin(chosen) {
    if (busy) stop();
    conversation = chosen;
    quiet();
    edit(null);
    tab.set("wengui.open", chosen.id);
    page.turn.value = "";
    page.past.innerHTML = chosen.turns.map((turn) => turn.html).join("");
    talking();
    closePanel();
    menu(false);
    listKept();
    if (!byTouch()) $("#question").focus();
  }
  function restore() {
    if (!page.past || !page.turn || !page.form) return;
    const open = tab.get("wengui.open");
    const found = load(KEPT, []).find((one) => one.id === open);
    if (found) begin(found);
    const wanted = new URLSearchParams(location.search);
    const draft = wanted.get("q") ?? tab.get("wengui.draft");
    if (draft) { $("#question").value = draft; grow(); }
    tab.set("wengui.draft", "");
    const question = wanted.get("ask");  // of a link on another page: asked once, in a new talk
    if (!question) return;
    history.replaceState(null, "", "./");
    begin(fresh());
    ask(question);
  }
  function talking() {
    const any = page.past.childElementCount > 0 || page.turn.value !== "";
    document.body.classList.toggle("talking", any);
  }

  // --- the conversation ---
  function welcome(element) {
    element.addEventListener("click", (event) => {
      const example = event.target.closest(".example");
      if (example) ask(example.textContent);
    });
  }
  function past(element) {
    page.past = element;
    element.addEventListener("click", inTurn);
    watchSources(element);
    restore();
  }
  function turn(element, props, watch, server) {
    page.turn = props;
    page.server = server;
    element.addEventListener("click", inTurn);
    watchSources(element);
    restore();
    watch("value", () => {
      clearTimeout(silence);
      cancelled = false;
      const article = $("article", element);
      const state = article?.dataset.state;
      if (busy) tell(article, state);
      if (!busy || (state !== "done" && state !== "failed")) return;
      rest();
      if (state === "done") {
        const { question, answer } = article.dataset;
        const record = JSON.parse(article.dataset.record);
        conversation.turns.push({ question, answer, record, html: article.outerHTML });
        keepConversation();
        offerNext(article);
      }
    });
  }
  // The words of an answer without the numbers of its sources.
  function wordsOf(article) {
    const text = $(".answer-text", article)?.cloneNode(true);
    if (!text) return $(".answer", article)?.innerText ?? "";
    $$("sup", text).forEach((one) => one.remove());
    return text.innerText.trim();
  }
  // For screen readers: each sentence once, as it comes; at the end how it is proved.
  function tell(article, state) {
    if (state === "failed") announce(wordsOf(article));
    if (state !== "streaming" && state !== "done") return;
    const words = wordsOf(article);
    const whole = state === "done" ? words : words.slice(0, words.lastIndexOf("。") + 1);
    announce(whole.startsWith(told) ? whole.slice(told.length) : whole);
    told = whole;
    if (state !== "done") return;
    const sources = $$(".answer-text .cite", article).length;
    announce(sources ? `回答完毕，有${sources}处出处。` : "回答完毕。");
  }
  async function offerNext(article) {
    const passages = $$(".answer-text .cite, .near-link", article).map((one) => one.dataset.passage);
    const asked = conversation.turns.map((one) => one.question);
    const id = conversation.turns.length;
    const questions = await page.server.next_questions([passages, asked]).catch(() => []);
    if (!questions.length || busy || id !== conversation.turns.length) return;
    const list = make("ul");
    list.append(...questions.map((words) => {
      const item = make("li");
      item.append(button("example", words));
      return item;
    }));
    const next = make("section", "next");
    next.append(make("h3", "", "还可以接着问"), list);
    retouch("done", (answer) => answer.append(next));
  }
  function inTurn(event) {
    const article = event.target.closest("article");
    const example = event.target.closest(".example");
    if (example) ask(example.textContent);
    const cite = event.target.closest("[data-passage]");
    if (cite) openSource(cite);
    const act = event.target.closest("[data-act]");
    if (!act || act.disabled) return;
    const does = {
      copy: () => copyText(article.dataset.copy, act),
      again: () => { if (!busy) { rewind(article); ask(article.dataset.question); } },
      edit: () => edit(article),
      speak: () => speak(wordsOf(article), act),
      up: () => judge(article, "up", page.server.say, before(article)),
      down: () => judge(article, "down", page.server.say, before(article)),
      export: () => exportAnswers(chosen(article, act), act.dataset.format, act),
    };
    does[act.dataset.act]?.();
  }
  function chosen(article, act) {
    if (!("whole" in act.dataset)) return [JSON.parse(article.dataset.record)];
    return conversation.turns.map((one) => one.record).filter(Boolean);
  }
  function messages(turns) {
    return turns.flatMap((one) => [
      { role: "user", content: one.question },
      { role: "assistant", content: one.answer },
    ]);
  }
  // How many of the conversation's turns stand above an article.
  function doneBefore(article) {
    const all = $$("#past article, #turn article");
    return all.slice(0, all.indexOf(article)).filter((one) => one.dataset.state === "done").length;
  }
  function before(article) { return messages(conversation.turns.slice(0, doneBefore(article))); }
  // Puts a question back into the field; sending it starts again from there. null: as you were.
  function edit(article) {
    if (article && busy) return;
    editing = article;
    $(".editing", page.form).hidden = !article;
    $("#question").value = article?.dataset.question ?? "";
    grow();
    if (article) $("#question").focus();
  }
  // Forgets a turn and all after it.
  function rewind(article) {
    const stand = doneBefore(article);
    const all = $$("#past article");
    const at = all.indexOf(article);
    const stay = at < 0 ? all : all.slice(0, at);
    all.slice(stay.length).forEach((one) => one.remove());
    page.turn.value = "";
    conversation.turns = conversation.turns.slice(0, stand);
  }
  function ask(question) {
    const words = question.trim();
    const limit = Number(page.form.dataset.limit);
    const documents = $$('input[name="document"]');
    const chosen = documents.filter((box) => box.checked).map((box) => box.value);
    if (busy) return;
    if (!words) return hint("请先输入问题。");
    if (words.length > limit) return hint(tooLong(words.length, limit));
    if (documents.length && !chosen.length) return hint("请在“检索范围”里至少勾选一份文件。");
    if (editing) rewind(editing);
    const article = page.turn.value ? $("#turn article") : null;
    if (article && article.dataset.state !== "failed") {
      const before = article.cloneNode(true);
      $(".next", before)?.remove();
      page.past.append(before);
    }
    quiet();
    edit(null);
    told = "";
    page.turn.value = pendingTurn(words);
    busy = true;
    $("#turn")?.setAttribute("aria-busy", "true");
    announce("正在查找文件。");
    talking();
    hint("");
    $('[data-act="stop"]').hidden = false;
    $(".send").hidden = true;
    silence = setTimeout(unheard, SERVER_SILENT_MS);
    const history = messages(conversation.turns);
    // All of them: then also those that were taken in since the page was opened.
    const narrowed = chosen.length < documents.length ? chosen : null;
    page.ask("submit", { question: words, documents: narrowed, history });
    if (byTouch()) document.activeElement?.blur();
    requestAnimationFrame(() => $("#turn")?.scrollIntoView({ block: "start" }));
  }
  function rest() {
    busy = false;
    clearTimeout(silence);
    $("#turn")?.setAttribute("aria-busy", "false");
    $('[data-act="stop"]').hidden = true;
    $(".send").hidden = false;
  }
  // Changes go through the component's value: it would not redraw over changes it does not know.
  function retouch(state, change) {
    const article = $("#turn article")?.cloneNode(true);
    if (!article) return;
    article.dataset.state = state;
    change($(".answer", article));
    page.turn.value = article.outerHTML;
  }
  function ending(message, className, again) {
    const line = make("p", className, message);
    line.setAttribute("role", "alert");
    if (!again) return [line];
    const retry = button("quiet", "重新回答");
    retry.dataset.act = "again";
    return [line, retry];
  }
  function stop() {
    page.ask("stop", {});
    cancelled = true;
    rest();
    const said = "已停止。上面的内容可能不完整，也还没有核对出处。";
    retouch("stopped", (answer) => {
      const waiting = $(".thinking", answer);
      waiting?.remove();
      answer.append(...ending(waiting ? "已停止。" : said, "notes", true));
    });
  }
  function failed() {
    if (!busy || cancelled) return;
    rest();
    const said = "这次没有答成。请重新提问；如果总是这样，请告诉管理员。";
    retouch("failed", (answer) => answer.replaceChildren(...ending(said, "failure", true)));
  }
  // Gradio loads the page anew once the server is back; the question waits in the field.
  function disconnected() {
    rest();
    tab.set("wengui.draft", $("#turn article")?.dataset.question ?? "");
    const said = "连不上服务器。恢复后本页会自动刷新，您的问题会留在输入框里。";
    retouch("failed", (answer) => answer.replaceChildren(...ending(said, "failure", false)));
  }
  async function unheard() {
    try {
      const sound = await fetch("./healthz", { cache: "no-store" });
      if (!sound.ok) throw new Error(String(sound.status));
      silence = setTimeout(unheard, SERVER_SILENT_MS);
    } catch {
      disconnected();
    }
  }

  // --- the form ---
  function tooLong(count, limit) {
    return `问题最长${limit}字，现在有${count}字。请缩短或分成几次问。`;
  }
  function hint(words) {
    $("#hint").textContent = words;
    if (words) $("#question").focus();
  }
  function grow() {
    const area = $("#question");
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 160)}px`;
  }
  function composer(element, trigger) {
    page.ask = trigger;
    page.form = $("form", element);
    const area = $("#question", element);
    page.form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(area.value);
    });
    $('[data-act="stop"]', element).addEventListener("click", stop);
    $('[data-act="keep"]', element).addEventListener("click", () => edit(null));
    area.addEventListener("input", () => {
      const limit = Number(page.form.dataset.limit);
      const count = area.value.trim().length;
      $("#hint").textContent = count > limit ? tooLong(count, limit) : "";
      grow();
    });
    area.addEventListener("keydown", (event) => {
      // Enter that chooses a word of a Chinese input method is no sending (229: Safari's way).
      const composing = event.isComposing || event.keyCode === 229;
      if (event.key !== "Enter" || event.shiftKey || composing) return;
      event.preventDefault();
      ask(area.value);
    });
    restore();
  }

  Object.assign(wengui, { rail, welcome, past, turn, composer, failed });
})();
