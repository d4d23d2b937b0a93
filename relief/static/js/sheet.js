/* How is a printed sheet typed by keyboard alone? Enter goes on as on the paper; the last Enter keeps the row. */
(() => {
  "use strict";
  const UNCHANGED = "1", DIFFERENT = "2";
  const rowOf = (node) => node?.closest?.("[data-sheet-row]");
  const nameOf = (input) => input.name.split("-").pop();
  const field = (form, name) => [...form.elements].find((one) => one.name && nameOf(one) === name);

  /* Which fields still matter: nothing was seen where nobody was met; what is unchanged is not written again. */
  function matters(form, input) {
    const name = nameOf(input);
    const result = field(form, "result").value.trim();
    if (result && result !== UNCHANGED && result !== DIFFERENT) return name === "result";
    if (name.startsWith("seen_")) return result !== UNCHANGED;
    if (name === "due" || name === "owner") return Boolean(field(form, "promise").value.trim());
    return true;
  }

  function show(form) {
    inputs(form).forEach((one) => one.closest(".key-field").classList.toggle("is-away", !matters(form, one)));
  }

  const inputs = (form) => [...form.querySelectorAll(".key-field input")];

  function next(form, input) {
    const ahead = inputs(form).slice(inputs(form).indexOf(input) + 1).find((one) => matters(form, one));
    if (!ahead) return form.requestSubmit();
    ahead.focus();
    ahead.select();
  }

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.(".row-form");
    if (!form || event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) form.requestSubmit(); else next(form, event.target);
  });

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.(".row-form");
    if (form) show(form);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const row = rowOf(event.detail.elt) ?? document.getElementById(event.detail.target?.id);
    if (!row?.matches?.("[data-sheet-row]")) return;
    row.querySelectorAll(".row-form").forEach(show);
    const wrong = row.querySelector(".has-error input") ?? (row.querySelector(".field-error") && row.querySelector("input"));
    const open = [...document.querySelectorAll(".sheet-row.is-open")];
    const after = open.find((one) => row.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) ?? open[0];
    const goal = wrong ?? after?.querySelector(".key-field input");
    goal?.focus();
    goal?.select();
    (wrong ? row : after)?.scrollIntoView({ block: "nearest" });
  });

  /* One select for each chosen photo; the row that its name begins with is chosen already. */
  document.addEventListener("change", (event) => {
    const chosen = document.querySelector(`template[data-rows-of="${CSS.escape(event.target.id || "-")}"]`);
    if (!chosen) return;
    let list = chosen.nextElementSibling;
    if (!list?.matches(".row-of")) {
      list = Object.assign(document.createElement("ul"), { className: "row-of" });
      chosen.after(list);
    }
    list.replaceChildren(...[...event.target.files].map((file) => line(chosen, file.name)));
  });

  function line(chosen, name) {
    const item = document.createElement("li");
    const select = chosen.content.firstElementChild.cloneNode(true);
    const code = chosen.dataset.code.replace("-", "[\\s_-]?");
    const row = name.match(new RegExp(`^(?:${code}[\\s_-]+)?(\\d{1,2})(?![\\dA-Za-z])`, "i"))?.[1];
    if (row && [...select.options].some((one) => one.value === String(Number(row)))) select.value = String(Number(row));
    select.setAttribute("aria-label", `${chosen.dataset.label}: ${name}`);
    item.append(Object.assign(document.createElement("span"), { textContent: name }), select);
    return item;
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".row-form").forEach(show));
})();
