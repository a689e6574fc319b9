// Saves the words of a form while they are typed: form[data-draft] goes to POST /drafts a moment after each
// pause. What is not yet saved stays in this tab only, and goes when it is saved, sent, or at sign-out.
// Without this script the form has a "Save draft" button.

const PAUSE = 1200;
const RETRY = 8000;
const KEPT = "draft:";

/** @typedef {{ at: number, sent: boolean, pairs: [string, string][] }} Tail */

/**
 * What the form holds, without files, the token, and what says where the draft belongs.
 * @param {HTMLFormElement} form
 * @returns {[string, string][]}
 */
const words = (form) => {
  /** @type {[string, string][]} */
  const pairs = [];
  for (const [name, value] of new FormData(form)) {
    const secret = form.querySelector(`input[type=password][name="${CSS.escape(name)}"]`);
    if (typeof value === "string" && !secret && !["csrf", "draft", "draft-page"].includes(name)) pairs.push([name, value]);
  }
  return pairs;
};

/**
 * Puts words back where they were, adding the rows that had been added.
 * @param {HTMLFormElement} form
 * @param {[string, string][]} pairs
 */
const putBack = (form, pairs) => {
  for (const rows of form.querySelectorAll("[data-rows]")) {
    const like = rows.querySelector("template")?.content.querySelector('[name*="__n__"]')?.getAttribute("name");
    const add = rows.querySelector("[data-rows-add]");
    if (!like || !(add instanceof HTMLElement)) continue;
    for (let n = 0; n < 200; n += 1) {
      const name = like.replace("__n__", String(n));
      if (pairs.some(([one]) => one === name) && !form.elements.namedItem(name)) add.click();
    }
  }
  const left = [...pairs];
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) continue;
    if (!field.name || ["csrf", "draft", "draft-page"].includes(field.name)) continue;
    if (["hidden", "file", "password", "submit"].includes(field.type)) continue;
    if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
      field.checked = pairs.some(([n, v]) => n === field.name && v === field.value);
      continue;
    }
    const at = left.findIndex(([n]) => n === field.name);
    if (at >= 0) field.value = left.splice(at, 1)[0][1];
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
};

/** @param {string} key @returns {Tail | null} */
const tailOf = (key) => {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
};

/** @param {HTMLFormElement} form */
const watch = (form) => {
  const key = KEPT + form.dataset.draft;
  const state = form.querySelector("[data-draft-state]");
  const button = form.querySelector("[data-draft-save]");
  if (button instanceof HTMLElement) button.hidden = true;
  let timer = 0;
  let savedAt = "";
  let saving = false;
  let changed = false;
  let sent = false;

  /** @param {string} line */
  const say = (line) => {
    if (state) state.textContent = line;
  };
  const now = () => new Date().toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" }).replace(":", ".");
  /** @param {string} why */
  const notSaved = (why) => {
    const until = keepTail() ? "Your words stay in this tab until you close it." : "Do not close this page.";
    say(`Not saved${savedAt && ` since ${savedAt}`}. ${why} ${until}`);
  };
  const keepTail = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), sent, pairs: words(form) }));
      return true;
    } catch {
      return false;
    }
  };

  /** @param {boolean} [leaving] */
  const save = async (leaving = false) => {
    clearTimeout(timer);
    if (saving || sent || !changed) return;
    saving = true;
    changed = false;
    const body = new URLSearchParams(words(form));
    for (const name of ["csrf", "draft", "draft-page"]) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) body.set(name, field.value);
    }
    let why = "";
    try {
      const answer = await fetch("/drafts", { method: "POST", body, keepalive: leaving, redirect: "error", headers: { Accept: "application/json" } });
      if (answer.status === 401 || answer.status === 403) why = "You may have been signed out: sign in again in another tab, then come back to this one.";
      else if (!answer.ok) why = "Something went wrong here. Trying again.";
    } catch {
      why = navigator.onLine ? "The service cannot be reached. Trying again." : "There is no signal. Trying again.";
    }
    saving = false;
    if (sent) return;
    if (why) {
      changed = true;
      notSaved(why);
      timer = window.setTimeout(save, RETRY);
    } else {
      savedAt = now();
      say(`Saved ${savedAt}`);
      if (changed) timer = window.setTimeout(save, PAUSE);
      else sessionStorage.removeItem(key);
    }
  };

  const typed = () => {
    changed = true;
    keepTail();
    clearTimeout(timer);
    timer = window.setTimeout(save, PAUSE);
  };

  const tail = tailOf(key);
  const [visit] = performance.getEntriesByType("navigation");
  const again = visit instanceof PerformanceNavigationTiming && visit.type !== "navigate";
  if (tail && (!tail.sent || again)) {
    putBack(form, tail.pairs);
    say("Words that had not been saved are back.");
    typed();
  } else sessionStorage.removeItem(key);

  form.addEventListener("input", typed);
  form.addEventListener("change", (event) => event.isTrusted && typed());
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(timer);
    keepTail();
  });
  addEventListener("pagehide", () => void save(true));
  addEventListener("online", () => void save());
  // back from the browser's own memory: nothing was taken, so saving goes on
  addEventListener("pageshow", (event) => {
    if (event.persisted) sent = false;
  });
};

for (const form of document.querySelectorAll("form[data-draft]")) if (form instanceof HTMLFormElement) watch(form);

// what was sent and has led on to another page is no longer needed here
const open = [...document.querySelectorAll("form[data-draft]")].map((form) => KEPT + (form instanceof HTMLElement ? form.dataset.draft : ""));
for (const key of Object.keys(sessionStorage)) if (key.startsWith(KEPT) && !open.includes(key) && tailOf(key)?.sent) sessionStorage.removeItem(key);

document.addEventListener("submit", (event) => {
  if (event.target instanceof HTMLElement && event.target.matches("[data-sign-out]")) sessionStorage.clear();
});
