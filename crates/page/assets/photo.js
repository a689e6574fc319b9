// Shows chosen pictures small before they are sent, and says when one is too large:
// input[type=file][data-pictures="bytes"]. Without this script the browser names the chosen files itself.

/** @param {HTMLInputElement} input */
const show = (input) => {
  const most = Number(input.dataset.pictures) || Infinity;
  const list = document.createElement("ul");
  list.className = "tiles pics";
  list.setAttribute("aria-label", "Chosen pictures");
  const said = document.createElement("p");
  said.className = "small";
  said.setAttribute("role", "status");
  input.after(said, list);
  /** @param {number} bytes */
  const size = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${+(bytes / 1048576).toFixed(1)} MB`);

  input.addEventListener("change", () => {
    for (const old of list.querySelectorAll("img")) URL.revokeObjectURL(old.src);
    const files = [...(input.files ?? [])];
    list.replaceChildren(
      ...files.map((file) => {
        const item = document.createElement("li");
        const figure = document.createElement("figure");
        const frame = document.createElement("div");
        const name = document.createElement("figcaption");
        figure.className = "tile";
        frame.className = "tile__pic";
        if (file.type.startsWith("image/")) {
          const picture = document.createElement("img");
          picture.alt = "";
          picture.src = URL.createObjectURL(file);
          frame.append(picture);
        }
        name.textContent = `${file.name}, ${size(file.size)}`;
        if (file.size > most) {
          name.className = "err";
          name.textContent += `. Too large: at most ${size(most)}.`;
        }
        figure.append(frame, name);
        item.append(figure);
        return item;
      }),
    );
    const over = files.filter((file) => file.size > most).length;
    said.textContent = `${files.length} chosen${over ? `, ${over} too large to send` : ""}.`;
  });
};

for (const input of document.querySelectorAll("input[type=file][data-pictures]")) if (input instanceof HTMLInputElement) show(input);
