// Menus that open over the page close again: on a click elsewhere, on Escape,
// and when the keyboard leaves them. Without scripts they close as they open.
// And the file to send shows its name.
"use strict";
(() => {
  const opened = () => document.querySelectorAll("details.fold[open], details.dialog[open]");

  document.addEventListener("click", event => closeOthers(event.target));
  document.addEventListener("focusin", event => closeOthers(event.target));
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    for (const menu of opened()) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
  });

  // A file that is chosen to be sent is named beside its button.
  document.addEventListener("change", event => {
    const place = event.target.closest?.(".attach");
    if (!place) return;
    const hint = place.querySelector("small"), [file] = event.target.files;
    place.classList.toggle("has", Boolean(file));
    hint.dataset.hint ??= hint.textContent;
    hint.textContent = file ? file.name : hint.dataset.hint;
  });

  function closeOthers(target) {
    for (const menu of opened()) if (!menu.contains(target)) menu.open = false;
  }
})();
