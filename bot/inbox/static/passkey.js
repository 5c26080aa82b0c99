// Adds a passkey, or signs in with one: forms with data-passkey. The browser
// speaks with the key; the server only checks.
"use strict";
(() => {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) form.classList.add("ready");
    form.addEventListener("submit", event => { event.preventDefault(); event.stopPropagation(); run(form); });
  }

  async function run(form) {
    const failed = form.querySelector(".notice"), field = form.querySelector("[name=password]");
    failed.hidden = true;
    try {
      const options = await ask(form.dataset.options, new URLSearchParams(new FormData(form)));
      const made = form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      const address = new URL(form.getAttribute("action"), location);
      for (const name of ["name", "next"]) {
        const value = form.dataset[name] ?? form.querySelector(`[name=${name}]`)?.value;
        if (value) address.searchParams.set(name, value);
      }
      const answer = await ask(address, JSON.stringify(made.toJSON()), "application/json");
      location.assign(answer?.next ?? "/account");
    } catch {
      failed.hidden = false;
      delete form.dataset.sent;
      field?.focus();
    }
  }

  async function ask(address, body, type) {
    const answer = await fetch(address, { method: "POST", body, headers: type ? { "Content-Type": type } : {} });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.status === 204 ? null : answer.json();
  }
})();
