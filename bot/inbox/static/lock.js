// Locks the page when nobody has touched it for ten minutes, and tells the
// server meanwhile that somebody is there. The server locks by itself, too; here
// what is on the screen goes away.
"use strict";
(() => {
  if (!document.getElementById("live")) return; // nobody is signed in
  const idle = 10 * 60 * 1000, tell = 60 * 1000;
  let last = Date.now(), told = last;

  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
    document.addEventListener(kind, touched, { passive: true, capture: true });
  }
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  window.addEventListener("storage", event => { if (event.key === "mitan.there") last = Math.max(last, Number(event.newValue)); });

  function touched() {
    const now = Date.now();
    if (now - last > idle) { look(); return; } // the lock comes first
    last = now;
    if (now - told < tell) return;
    told = now;
    try { localStorage.setItem("mitan.there", String(now)); } catch { /* the other tabs ask the server */ }
    fetch("/account/active", { method: "POST" });
  }

  function look() {
    if (Date.now() - last <= idle) return;
    const form = document.createElement("form");
    const back = document.createElement("input");
    form.method = "post";
    form.action = "/lock";
    back.name = "back";
    back.value = location.pathname + location.search;
    form.append(back);
    form.hidden = true;
    document.body.append(form);
    last = Date.now(); // once
    form.submit();
  }
})();
