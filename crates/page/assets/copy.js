// Copies an entry as plain text with one press: button[data-copy="id"], hidden until this script shows it.

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!(button instanceof HTMLButtonElement) || !navigator.clipboard) continue;
  const part = document.getElementById(button.dataset.copy ?? "");
  const said = button.querySelector("span");
  if (!part || !said) continue;
  const words = said.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    // drawings, initials and buttons are not part of the words
    const quiet = part.querySelectorAll('[aria-hidden="true"], button');
    for (const one of quiet) one.toggleAttribute("hidden", true);
    const text = part.innerText.replace(/\n{3,}/g, "\n\n").trim();
    for (const one of quiet) one.toggleAttribute("hidden", false);
    button.focus();
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = "Copied";
    } catch {
      said.textContent = "Could not copy. Choose the words and copy them yourself.";
    }
    setTimeout(() => (said.textContent = words), 4000);
  });
}
