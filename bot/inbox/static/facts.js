// Sends the forms of the facts beside the chat without loading the page again,
// so that what is being written to the resident stays. The live update then
// brings the new facts. What is refused is sent as ever: the server answers with
// a page that says why and keeps the words.
"use strict";
(() => {
  document.addEventListener("submit", async event => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || !form.closest("#facts")) return;
    event.preventDefault();
    const sent = new URLSearchParams(new FormData(form, event.submitter));
    let answer;
    try { answer = await fetch(form.action, { method: "POST", body: sent }); } catch { /* not reached */ }
    delete form.dataset.sent;
    if (!answer?.ok) { refuse(form, event.submitter); return; }
    for (const open of form.closest("#facts").querySelectorAll("details[open]")) open.open = false;
    if (document.getElementById("live")?.classList.contains("lost")) location.assign(answer.url);
    document.dispatchEvent(new Event("mitan:changed"));
  });

  function refuse(form, button) {
    if (button?.name) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
      form.append(field);
    }
    form.submit();
  }
})();
