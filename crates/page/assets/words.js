// Asks, while someone records, which words one could say more plainly: [data-plain="address"]. It asks after a pause
// and when a box is left, never on each key, and says aloud only how many there are. Without this script there is a
// button that does the same.

const PAUSE = 3500;

/** @param {HTMLElement} part */
const plainly = (part) => {
  const form = part.closest("form");
  const found = part.querySelector("[data-plain-found]");
  const here = part.querySelector("[data-plain-here]");
  const said = part.querySelector("[data-plain-said]");
  const kept = part.querySelector("input[name=plain-words]");
  if (!form || !(found instanceof HTMLElement) || !here || !said || !(kept instanceof HTMLInputElement)) return;
  let timer = 0;
  let asked = "";

  const own = () => {
    const words = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && (["csrf", "narrative", "title"].includes(name) || name.startsWith("why-"))) words.append(name, value);
    }
    return words;
  };

  const showable = () => {
    for (const button of here.querySelectorAll("button[data-word-in]")) if (button instanceof HTMLElement) button.hidden = false;
  };

  /** @param {boolean} pressed */
  const ask = async (pressed) => {
    clearTimeout(timer);
    const words = own();
    if (!pressed && (kept.value === "leave" || words.toString() === asked)) return;
    asked = words.toString();
    let rows = "";
    try {
      const answer = await fetch(part.dataset.plain ?? "", { method: "POST", body: words, redirect: "error" });
      if (!answer.ok) return;
      rows = await answer.text();
    } catch {
      return; // gentle: next time
    }
    if (asked !== words.toString() || kept.value === "leave") return;
    here.replaceChildren(...new DOMParser().parseFromString(`<ul>${rows}</ul>`, "text/html").querySelectorAll("li"));
    showable();
    const n = here.children.length;
    found.hidden = n === 0;
    const line = n ? `${n === 1 ? "One thing" : `${n} things`} below you could say more plainly.` : pressed ? "Nothing found." : "";
    if (said.textContent !== line) said.textContent = line;
  };

  part.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button");
    if (!button) return;
    if (button.value === "words-check") {
      event.preventDefault();
      kept.value = "";
      void ask(true);
    } else if (button.value === "words-leave") {
      event.preventDefault();
      kept.value = "leave";
      found.hidden = true;
      said.textContent = "Your words stay as they are.";
      part.focus();
      kept.dispatchEvent(new Event("input", { bubbles: true })); // so that the draft keeps it
    } else if (button.dataset.wordIn) {
      const box = form.elements.namedItem(button.dataset.wordIn);
      const word = button.dataset.word ?? "";
      if (!(box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement)) return;
      const before = Number(button.dataset.wordAt);
      const at = box.value.slice(before, before + word.length) === word ? before : box.value.indexOf(word);
      box.focus();
      if (at >= 0) box.setSelectionRange(at, at + word.length);
    }
  });
  form.addEventListener("input", (event) => {
    if (event.target === kept) return;
    clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE, false);
  });
  form.addEventListener("focusout", (event) => {
    if (event.target instanceof HTMLTextAreaElement) void ask(false);
  });
  asked = own().toString();
  showable();
};

for (const part of document.querySelectorAll("[data-plain]")) if (part instanceof HTMLElement) plainly(part);
