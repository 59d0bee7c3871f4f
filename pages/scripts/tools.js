// What every page uses in the browser: this device's memory, elements, copying, the bar.
// Each function handed out is called by one gr.HTML component with its own element.
// Text from documents and questions enters the page only through textContent or through
// markup the server has escaped.
window.wengui = (() => {
  "use strict";

  // --- what this device keeps (a browser may refuse to keep anything) ---
  function load(key, otherwise) {
    try { return JSON.parse(localStorage.getItem(key)) ?? otherwise; } catch { return otherwise; }
  }
  function keep(key, value) {
    try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; }
  }
  // --- elements ---
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }
  function button(className, text) {
    const element = make("button", className, text);
    element.type = "button";
    return element;
  }
  // There the keyboard on the screen would cover what is to be read.
  function byTouch() { return matchMedia("(pointer: coarse)").matches; }
  async function copyText(text, near, done_words = "已复制") {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make("textarea", "offscreen", text);
      document.body.append(area);
      area.select();
      done = document.execCommand("copy");
      area.remove();
    }
    const outcome = done ? done_words : "复制不了，请手动选择文字复制";
    const words = $("span", near);
    announce(outcome);
    if (!words) return;
    const before = words.textContent;
    words.textContent = outcome;
    setTimeout(() => { words.textContent = before; }, 2000);
  }

  // A short word beside what was pressed, which screen readers say too; it goes after a while.
  function said(words, near) {
    $$(".said").forEach((one) => one.remove());
    const note = make("p", "said fine", words);
    near.after(note);
    announce(words);
    setTimeout(() => note.remove(), 6000);
  }
  // What a screen reader says next, whatever else changes on the page.
  const voice = make("div", "heard");
  voice.setAttribute("role", "log");
  voice.setAttribute("aria-live", "polite");
  voice.setAttribute("aria-label", "页面消息");
  const MOST_SAID = 20;
  function announce(words) {
    if (!words.trim()) return;
    voice.append(make("p", "", words));
    while (voice.childElementCount > MOST_SAID) voice.firstChild.remove();
  }

  // --- the bar ---
  function show(name, on) {
    (name === "dark" ? document.body : document.documentElement).classList.toggle(name, on);
    $(`[data-act="${name}"]`)?.setAttribute("aria-pressed", String(on));
  }
  function bar(element) {
    document.body.append(voice);  // there before anything is said, or it is not heard
    show("elder", load("wengui.elder", false));
    const dark = load("wengui.dark", null);
    show("dark", dark ?? matchMedia("(prefers-color-scheme: dark)").matches);
    element.addEventListener("click", (event) => {
      const act = event.target.closest("[data-act]")?.dataset.act;
      if (act === "elder" || act === "dark") {
        const root = act === "dark" ? document.body : document.documentElement;
        const on = !root.classList.contains(act);
        show(act, on);
        keep(`wengui.${act}`, on);
      }
      if (event.target.closest(".skip")) {
        event.preventDefault();
        $("#question, #reading, #batch-main, #indicators, #office")?.focus();
      }
      if (act === "menu") menu(!document.body.classList.contains("menu-open"));
    });
    // The veil behind a drawer or a sheet is the body's own ::after.
    document.addEventListener("click", (event) => {
      if (event.target === document.body) menu(false);
    });
  }
  function menu(open) {
    document.body.classList.toggle("menu-open", open);
    $('[data-act="menu"]')?.setAttribute("aria-expanded", String(open));
  }

  return { bar, tools: { load, keep, $, $$, make, button, byTouch, copyText, menu, said, announce } };
})();
