// Read-aloud by the browser's own speech: one text at a time, sentence by sentence.
(() => {
  "use strict";
  const { $, said } = wengui.tools;
  const NO_VOICE = "这台设备没有中文朗读声音。可以在系统设置里添加，或请身边的人帮忙。";
  const WAIT_MS = 1500;  // some browsers name their voices only a moment after they are asked
  let speaker = null;  // the button whose text is being read

  // The voices, once they are known; [] where the browser has none.
  function voices() {
    if (!("speechSynthesis" in window)) return Promise.resolve([]);
    const known = speechSynthesis.getVoices();
    if (known.length) return Promise.resolve(known);
    return new Promise((resolve) => {
      const answer = () => resolve(speechSynthesis.getVoices());
      speechSynthesis.addEventListener("voiceschanged", answer, { once: true });
      setTimeout(answer, WAIT_MS);
    });
  }
  function quiet() {
    if (!speaker) return;
    speechSynthesis.cancel();
    label(speaker, "朗读");
    speaker = null;
  }
  function label(near, words) {
    const span = $("span", near);
    if (span) span.textContent = words;
    near.setAttribute("aria-pressed", String(words !== "朗读"));
  }
  // Reads `text`, or stops where this button's text is being read already. Whole sentences:
  // browsers fall silent in the middle of long texts.
  async function speak(text, near) {
    const again = speaker === near;
    quiet();
    if (again) return;
    const voice = (await voices()).find((one) => /^(zh|cmn)/i.test(one.lang));
    if (!voice) { said(NO_VOICE, near); return; }
    speaker = near;
    label(near, "停止朗读");
    const sentences = text.match(/[^。！？；\n]+[。！？；]?/g) ?? [];
    sentences.forEach((sentence, at) => {
      const part = new SpeechSynthesisUtterance(sentence);
      part.voice = voice;
      part.lang = voice.lang;
      part.rate = 0.9;
      if (at === sentences.length - 1) part.onend = () => { if (speaker === near) quiet(); };
      speechSynthesis.speak(part);
    });
    if (!sentences.length) quiet();
  }
  window.addEventListener("pagehide", () => { if (speaker) speechSynthesis.cancel(); });

  Object.assign(wengui, { speak, quiet });
})();
