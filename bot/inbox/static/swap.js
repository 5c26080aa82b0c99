// Opens conversations and sends the desk's forms without loading the whole page
// again: htmx puts in the three panes of the page that the server answers with.
// The links and forms are plain ones, so that all works without it.
"use strict";
(() => {
  const panes = () => document.querySelector("main.panes");
  if (!window.htmx || !panes()) return;

  const links = [".queue a", ".golden a", ".switch a", "#older a", "#newest a", ".head a[href^='/?']"].join();
  let newest = 0, scrolled = 0;

  document.addEventListener("click", event => {
    const link = event.target.closest?.(links);
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const address = link.getAttribute("href");
    ask("GET", address, { push: address });
  });

  // A form that is being sent is not sent again: live.js sees to it.
  document.addEventListener("submit", event => {
    const form = event.target;
    if (event.defaultPrevented || !form.closest("#conversation") || form.method !== "post") return;
    event.preventDefault();
    const address = event.submitter?.getAttribute("formaction") || form.getAttribute("action");
    ask("POST", address, { form, sent: new FormData(form, event.submitter), replace: "true" });
  });

  // The forms of the frame lead back to where the officer is by now.
  document.addEventListener("submit", event => {
    const back = event.target.querySelector(":scope > input[name=back]");
    if (back) back.value = location.pathname + location.search;
  }, true);

  // ask has a carrier of its own for each request: the link or form it came
  // from may leave the page while the server answers.
  function ask(method, address, options) {
    const carrier = document.createElement("div");
    carrier.hidden = true;
    if (options.form) carrier.setAttribute("hx-encoding", options.form.enctype);
    document.body.append(carrier);
    panes().setAttribute("aria-busy", "true");
    const ask = { source: carrier, target: "main.panes", select: "main.panes", swap: "outerHTML", number: ++newest, ...options };
    htmx.ajax(method, address, ask).finally(() => carrier.remove());
  }

  document.addEventListener("htmx:config:request", event => {
    const { ctx } = event.detail;
    if (ctx.sent) ctx.request.body = ctx.sent;
  });

  document.addEventListener("htmx:after:request", event => {
    const { ctx } = event.detail, { redirected, ok } = ctx.response.raw;
    if (ctx.number !== newest && ok) { event.preventDefault(); return; } // the officer has moved on; a refusal is shown even so
    if (!ctx.target.isConnected) ctx.target = panes() ?? document.body;
    if (!redirected) ctx.replace = null; // refused: the address of a form is no page
    else if (ctx.push) ctx.push = "true";
    // A page without panes, such as the sign-in, takes the place of everything.
    if (!ctx.text.includes('<main class="panes"')) Object.assign(ctx, { target: document.body, select: undefined, swap: "outerHTML" });
  });

  document.addEventListener("htmx:before:swap", () => { scrolled = document.querySelector(".rows")?.scrollTop ?? 0; });

  document.addEventListener("htmx:after:swap", () => {
    const main = panes(), rows = document.querySelector(".rows");
    if (!main) return;
    if (rows) rows.scrollTop = scrolled;
    Object.assign(document.body.dataset, { view: main.dataset.view, reload: main.dataset.reload });
    if (!main.contains(document.activeElement)) { // unless a key has already led on
      document.querySelector(main.dataset.view === "queue" ? "#queue .row a" : "#conversation")?.focus({ preventScroll: true });
    }
    document.dispatchEvent(new Event("mitan:opened"));
  });

  // Where the server is not reached, a link is followed as ever, so that the
  // browser says so; a form stays as it is, with what was written.
  document.addEventListener("htmx:error", event => {
    const { ctx } = event.detail;
    if (!ctx) return;
    panes()?.removeAttribute("aria-busy");
    if (!ctx.form) { location.assign(ctx.request.action); return; }
    delete ctx.form.dataset.sent;
    document.getElementById("unreached")?.remove();
    const notice = Object.assign(document.createElement("p"), { id: "unreached", className: "notice bad", textContent: panes().dataset.failed });
    notice.setAttribute("role", "alert");
    document.getElementById("compose").prepend(notice);
  });
})();
