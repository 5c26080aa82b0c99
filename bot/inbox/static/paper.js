// Lets the page for paper be printed by a button. Without scripts the browser's
// own command does it.
"use strict";
(() => {
  const button = document.getElementById("print");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
})();
