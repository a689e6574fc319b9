// Counts the seconds in which someone writes: input[data-active] goes up while the page is seen and something was typed
// within the last minute and a half. It is for the writer's own week; without this script nothing is counted.

const PAUSE = 90_000;

for (const count of document.querySelectorAll("input[data-active]")) {
  if (!(count instanceof HTMLInputElement) || !count.form) continue;
  let last = 0;
  const active = () => (last = Date.now());
  count.form.addEventListener("input", active);
  count.form.addEventListener("change", active);
  setInterval(() => {
    if (document.visibilityState === "visible" && Date.now() - last < PAUSE) count.value = String(Number(count.value || 0) + 1);
  }, 1000);
}
