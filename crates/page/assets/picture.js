// Moves a picture about in its box: drag it, buttons or the keys + - 0 make it larger, smaller or whole. Pressing
// somebody shows what can be done about them. Without this script the box scrolls, and the list beside it has the same.

for (const box of document.querySelectorAll("[data-picture]")) {
  const area = box.querySelector(".scrollx");
  const svg = area && area.querySelector("svg");
  const chosen = box.querySelector("[data-chosen]");
  if (!(area instanceof HTMLElement) || !(svg instanceof SVGSVGElement)) continue;
  const { width, height } = svg.viewBox.baseVal;
  let scale = 1;

  /** @param {number} by */
  const zoom = (by) => {
    const x = (area.scrollLeft + area.clientWidth / 2) / scale;
    const y = (area.scrollTop + area.clientHeight / 2) / scale;
    scale = by ? Math.min(3, Math.max(0.2, scale * by)) : Math.min(1, area.clientWidth / width);
    svg.setAttribute("width", String(width * scale));
    svg.setAttribute("height", String(height * scale));
    area.scrollTo(x * scale - area.clientWidth / 2, y * scale - area.clientHeight / 2);
  };

  for (const button of box.querySelectorAll("[data-zoom]")) {
    if (button.parentElement) button.parentElement.hidden = false;
    if (button instanceof HTMLElement) button.addEventListener("click", () => zoom(Number(button.dataset.zoom)));
  }
  area.addEventListener("keydown", (event) => {
    const by = { "+": 1.25, "=": 1.25, "-": 0.8, 0: 0 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    zoom(by);
  });

  /** @type {{ x: number, y: number, left: number, top: number } | null} */
  let held = null;
  // fingers scroll by themselves
  area.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button) return;
    held = { x: event.clientX, y: event.clientY, left: area.scrollLeft, top: area.scrollTop };
  });
  document.addEventListener("pointermove", (event) => {
    if (held) area.scrollTo(held.left + held.x - event.clientX, held.top + held.y - event.clientY);
  });
  document.addEventListener("pointerup", () => {
    held = null;
  });

  svg.addEventListener("click", (event) => {
    const who = event.target instanceof Element && event.target.closest("[data-person]");
    const id = who && who.getAttribute("data-person");
    const entry = id && document.getElementById(`in-${id}`);
    if (!entry || !(chosen instanceof HTMLElement)) return;
    const ways = document.querySelector(`[data-ways="${id}"]`);
    const links = ways ? [...ways.cloneNode(true).childNodes] : [];
    chosen.replaceChildren(...entry.cloneNode(true).childNodes, " ", ...links);
    chosen.hidden = false;
  });
}
