// Shows a question only when the choice it belongs to is made: [data-when=name][data-is="values"]. What was
// typed stays when it is hidden. Without this script everything is shown.

/** @param {HTMLElement} part */
const settle = (part) => {
  const form = part.closest("form");
  const chosen = form ? new FormData(form).getAll(part.dataset.when ?? "") : [];
  const wanted = (part.dataset.is ?? "").split(" ");
  // an answer that was refused is never hidden
  part.hidden = !chosen.some((value) => wanted.includes(String(value))) && !part.querySelector(".field--error");
};

/** @param {ParentNode} within */
const settleAll = (within) => {
  for (const part of within.querySelectorAll("[data-when]")) if (part instanceof HTMLElement) settle(part);
};

settleAll(document);
document.addEventListener("change", (event) => {
  const form = event.target instanceof Element && event.target.closest("form");
  if (form) settleAll(form);
});
document.addEventListener("rows", () => settleAll(document));
