// Follows something that is under way, [data-watch], until the page has no such part any more. Without this script
// the page asks for itself again.

/** @param {Element} part */
const follow = async (part) => {
  let missed = 0;
  while (part.isConnected) {
    await new Promise((done) => setTimeout(done, 700));
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-watch]");
      if (!answer.ok || answer.redirected || !now) return location.reload();
      if (part.textContent !== now.textContent) part.replaceChildren(...now.childNodes);
      missed = 0;
    } catch {
      if ((missed += 1) > 5) return location.reload();
    }
  }
};

for (const part of document.querySelectorAll("[data-watch]")) follow(part);
