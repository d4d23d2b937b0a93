/* What does the browser do by itself? Asks before danger, sends once, fills in, shows what belongs together. */
(() => {
  "use strict";
  const words = () => document.getElementById("relief-words")?.dataset ?? {};

  function ask(question) {
    const dialog = document.getElementById("relief-confirm");
    if (!dialog?.showModal) return Promise.resolve(window.confirm(question));
    dialog.querySelector("p").textContent = question;
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }));
  }

  function busy(form, button) {
    if (!button) return;
    // the pressed button's own name and value must still be sent
    if (button.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value, className: "pressed" }));
    button.dataset.words = button.textContent;
    button.textContent = words().sending ?? "…";
    button.classList.add("is-busy");
    button.setAttribute("aria-disabled", "true");
  }

  function free(form) {
    delete form.dataset.sent;
    form.querySelectorAll(".pressed").forEach((one) => one.remove());
    form.querySelectorAll(".is-busy").forEach((button) => {
      button.textContent = button.dataset.words;
      button.classList.remove("is-busy");
      button.removeAttribute("aria-disabled");
    });
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const button = event.submitter;
    if (form.dataset.sent) return event.preventDefault();
    const question = button?.dataset.confirm ?? form.dataset.confirm;
    if (question && !form.dataset.asked) {
      event.preventDefault();
      if (!(await ask(question))) return;
      form.dataset.asked = "yes";
      form.requestSubmit(button ?? undefined);
      delete form.dataset.asked;
      return;
    }
    const fresh = form.querySelector("input[name=client_uuid]");
    if (fresh && !fresh.value) fresh.value = uuid();
    if (form.method === "post" && !("download" in form.dataset)) {
      form.dataset.sent = "yes";
      busy(form, button);
    }
  });

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID(); // only on https and localhost
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    target.closest("dialog.confirm button")?.closest("dialog").close(target.closest("button").value);
    const filler = target.closest("[data-fill]");
    if (filler) fill(filler);
    if (target.closest("[data-print]")) window.print();
    const toTop = target.closest(".error-summary a[href^='#']");
    if (toTop) { event.preventDefault(); focusField(toTop.hash.slice(1)); }
    document.querySelectorAll("details[data-closes][open], .phone-bar details[open]").forEach((one) => {
      if (!one.contains(target)) one.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest?.("details[data-closes][open], .phone-bar details[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });

  function fill(button) {
    const field = document.getElementById(button.dataset.fill);
    if (!field) return;
    const choice = field.querySelector?.(`input[value="${CSS.escape(button.dataset.value)}"]`);
    if (choice) choice.checked = true; else field.value = button.dataset.value;
    (choice ?? field).dispatchEvent(new Event("input", { bubbles: true }));
    (choice ?? field).focus();
  }

  function focusField(id) {
    const field = document.getElementById(id);
    const input = field?.matches("fieldset") ? field.querySelector("input") : field;
    field?.scrollIntoView({ block: "center" });
    input?.focus({ preventScroll: true });
  }

  /* <… data-show-when="cause=other">: away unless one of the picked codes is named. */
  function showWhatBelongs() {
    document.querySelectorAll("[data-show-when]").forEach((part) => {
      const [name, codes] = part.dataset.showWhen.split("=");
      const scope = part.closest("form") ?? document;
      const picked = [...scope.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
        .filter((one) => one.matches("select") || one.checked).map((one) => one.value);
      part.classList.toggle("is-away", !codes.split("|").some((code) => picked.includes(code)));
    });
  }

  document.addEventListener("change", showWhatBelongs);
  document.addEventListener("DOMContentLoaded", () => {
    showWhatBelongs();
    document.querySelector("[data-focus]")?.focus();
  });
  document.addEventListener("htmx:afterSwap", () => { showWhatBelongs(); document.querySelector("[data-focus]")?.focus(); });
  document.addEventListener("htmx:afterRequest", (event) => { const form = event.target.closest?.("form"); if (form) free(form); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(free); });
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]")?.content ?? "";
  });
})();
