/* How is nothing that was typed lost? A form with data-draft saves itself after a pause of 1.5 s. */
(() => {
  "use strict";
  const PAUSE = 1500;
  const waiting = new WeakMap();

  function lines(form) {
    const kept = new FormData(form);
    ["csrf_token", "version"].forEach((name) => kept.delete(name));
    for (const [name, value] of [...kept]) if (value instanceof File) kept.delete(name);
    return kept;
  }

  function say(form, text) {
    const place = form.querySelector("[data-draft-state]");
    if (place) place.textContent = text;
  }

  async function save(form) {
    const words = document.getElementById("relief-words").dataset;
    const token = document.querySelector("meta[name=csrf-token]").content;
    try {
      const answer = await fetch(`/drafts/${encodeURIComponent(form.dataset.draft)}`, {
        method: "POST", body: lines(form), headers: { "X-CSRFToken": token, "X-Requested-With": "draft" }, credentials: "same-origin", redirect: "error", // the sign-in page is no answer
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const now = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });
      say(form, `${words.saved} ${now}`);
    } catch {
      say(form, words.unsaved);
    }
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => save(form), PAUSE));
  });
  document.addEventListener("submit", (event) => clearTimeout(waiting.get(event.target)));
  window.addEventListener("online", () => document.querySelectorAll("form[data-draft]").forEach((form) => { if (waiting.has(form)) save(form); }));
})();
