// Makes a passkey, or shows one: [data-passkey="make" or "show"][data-options] inside a form with a hidden field
// `credential`. Begins by itself; pressing the form's button begins again. Without this script the page says what
// to do instead.

/** @param {HTMLElement} part */
const passkey = (part) => {
  const form = part.closest("form");
  const field = form?.elements.namedItem("credential");
  const said = part.querySelector("[role=status]");
  if (!form || !(field instanceof HTMLInputElement) || !said) return;
  const making = part.dataset.passkey === "make";
  const says = () => {
    const asked = JSON.parse(part.dataset.options ?? "{}");
    return making
      ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
      : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
  };
  const go = async () => {
    said.textContent = part.dataset.asks ?? (making ? "Your browser now asks where to keep it." : "Your browser now asks for it.");
    try {
      const credential = await says();
      if (!(credential instanceof PublicKeyCredential)) throw new Error("none");
      field.value = JSON.stringify(credential.toJSON());
      said.textContent = part.dataset.wait ?? "One moment.";
      form.submit();
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      said.textContent =
        name === "InvalidStateError"
          ? (part.dataset.there ?? "This device keeps a passkey for you already.")
          : (part.dataset.again ?? "It was not done. Press the button to try again, or go back.");
    }
  };
  if (!window.PublicKeyCredential || !PublicKeyCredential.parseCreationOptionsFromJSON) {
    said.textContent = part.dataset.cannot ?? "This browser cannot use passkeys. Go back and use your password.";
    return;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void go();
  });
  void go();
};

for (const part of document.querySelectorAll("[data-passkey]")) if (part instanceof HTMLElement) passkey(part);
