// Locks the page when nobody has touched it for ten minutes, and tells the
// server meanwhile that somebody is there. The server locks by itself, too; here
// what is on the screen goes away. Where one page of the browser is locked, the
// others are, and what was half written in a form goes with it, to be kept.
"use strict";
(() => {
  const pages = new BroadcastChannel("mitan.lock");
  if (document.body.classList.contains("locked")) { // this is the lock
    pages.postMessage("locked");
    pages.onmessage = ({ data }) => { if (data === "opened") location.replace(document.querySelector("[name=next]").value); };
    return;
  }
  if (!document.getElementById("live")) return; // nobody is signed in
  const idle = 10 * 60 * 1000, tell = 60 * 1000;
  let last = Date.now(), told = last, locking = false;

  pages.postMessage("opened");
  pages.onmessage = ({ data }) => { if (data === "locked") lock(); };
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
    document.addEventListener(kind, touched, { passive: true, capture: true });
  }
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  window.addEventListener("storage", event => { if (event.key === "mitan.there") last = Math.max(last, Number(event.newValue)); });
  window.addEventListener("pageshow", () => { locking = document.body.hidden = false; });
  // The officer locks by a button: what is half written is kept, too.
  document.addEventListener("submit", event => {
    if (event.target.getAttribute("action") === "/lock" && !event.defaultPrevented) carry(event.target);
  });

  function touched() {
    const now = Date.now();
    if (now - last > idle) { look(); return; } // the lock comes first
    last = now;
    if (now - told < tell) return;
    told = now;
    try { localStorage.setItem("mitan.there", String(now)); } catch { /* the other tabs ask the server */ }
    fetch("/account/active", { method: "POST" });
  }

  function look() { if (Date.now() - last > idle) lock(); }

  function lock() {
    if (locking) return;
    locking = document.body.hidden = true;
    const form = document.createElement("form");
    form.method = "post";
    form.action = "/lock";
    put(form, "back", location.pathname + location.search);
    carry(form);
    document.body.append(form);
    form.submit();
  }

  // carry puts the first form that has been written in, and that no draft keeps,
  // into the form that locks. The server decides what of it may be kept.
  function carry(form) {
    const typed = "input:not([type=hidden], [type=password], [type=file], [type=search]), textarea";
    const half = [...document.querySelectorAll("main form[method=post]:not(.write)")].find(one =>
      !one.closest("[data-draft]") && !one.querySelector("[type=password]") &&
      [...one.elements].some(field => field.matches(typed) && field.value !== field.defaultValue));
    if (!half) return;
    put(form, "to", half.getAttribute("action"));
    put(form, "form", new URLSearchParams(new FormData(half, half.querySelector("[type=submit]"))).toString());
  }

  function put(form, name, value) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
})();
