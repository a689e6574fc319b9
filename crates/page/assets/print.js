// A print button: button[data-print], hidden until this script shows it. Without it, the browser's own menu.

for (const button of document.querySelectorAll("button[data-print]")) {
  if (!(button instanceof HTMLElement)) continue;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
