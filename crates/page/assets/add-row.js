// Adds one more row to a list of like rows (statements, promises) from its <template>, there and then.
// Without this script the button sends the form and the page comes back with one more.

for (const rows of document.querySelectorAll("[data-rows]")) {
  const here = rows.querySelector("[data-rows-here]");
  const template = rows.querySelector("template");
  const button = rows.querySelector("[data-rows-add]");
  if (!here || !template || !(button instanceof HTMLElement)) continue;
  let next = here.querySelectorAll("[data-row]").length;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const row = document.importNode(template.content, true);
    for (const part of row.querySelectorAll("*"))
      for (const attribute of part.attributes) attribute.value = attribute.value.replaceAll("__n__", String(next));
    next += 1;
    const first = row.querySelector("input, select, textarea");
    here.append(row);
    rows.dispatchEvent(new Event("rows", { bubbles: true }));
    if (event.isTrusted && first instanceof HTMLElement) first.focus();
  });
}
