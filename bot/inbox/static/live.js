// Keeps an open page up to date. The server says that something has changed
// (events.go); the page then asks for its own parts again and puts in what is
// new. Everything works without it, after a reload.
"use strict";
(() => {
  const page = document.body.dataset;
  guardForms();
  if (!document.getElementById("live")) return; // nobody is signed in

  // Only what this server has answered becomes a page: see headers.go.
  const own = window.trustedTypes?.createPolicy("mitan", { createHTML: html => html }) ?? { createHTML: html => html };
  const find = id => document.getElementById(id);
  const live = find("live");
  const linkParts = ["link-state", "link-code", "link-late", "link-counts", "link-events"];
  const skew = Number(page.now) - Date.now(); // the server's clock decides
  const lookTime = 1000; // what has been on the screen so long has been seen
  const silence = 45000; // a stream says something each twenty seconds: after so long its line is dead
  // Between one question and the next, however much changes: at least a second,
  // and longer where the server has much to do.
  const pause = took => Math.min(Math.max(1000, 5 * took), 10000);
  let marks = marksOf(document.querySelector("main.panes")?.dataset.marks); // of the parts that the page has
  let wanted = false, asking = false, seen = newest(), looking = 0, stream = null, at = "", heard = 0;
  let holds = !navigator.locks; // this page listens though it is hidden

  showNewest();
  offerAnswers();
  markSeen();
  setInterval(() => {
    tick();
    if (stream && Date.now() - heard > silence) again();
  }, 1000);
  document.addEventListener("DOMContentLoaded", () => { // the page is live once its other scripts, too, are at work
    if (!holds) hold(false);
    attend();
  });
  document.addEventListener("mitan:opened", () => {
    const frame = ["strip", "waiting", "golden"].map(id => [id, marks.get(id)]); // they stayed
    marks = new Map([...marksOf(document.querySelector("main.panes")?.dataset.marks), ...frame]);
    seen = newest();
    showNewest();
    tick();
    if (stream && at !== openConversation()) again(); // the others see where the officer is
    tell("updated");
  });
  document.addEventListener("mitan:changed", refresh);
  document.addEventListener("mitan:sounds", () => { if (!holds) hold(true); });
  document.addEventListener("visibilitychange", () => {
    attend();
    if (!document.hidden) markSeen();
  });

  window.addEventListener("offline", () => live.classList.add("lost"));
  window.addEventListener("online", () => { if (stream) again(); });

  function again() {
    stream.close();
    listen();
  }

  // attend listens while the page is seen. Of all hidden pages of a browser one
  // goes on, to ring: over HTTP/1.1 a browser has six connections to a server,
  // and a seventh page would wait for ever.
  function attend() {
    if (!document.hidden || holds) { if (!stream) listen(); return; }
    stream?.close();
    stream = null;
  }

  // hold asks to be the page that goes on: at once for one whose sound has been
  // unlocked, else when no other is.
  function hold(now) {
    const options = now ? { steal: true } : {};
    navigator.locks.request("mitan.listens", options, () => {
      holds = true;
      attend();
      return new Promise(() => {});
    }).catch(() => { // a page that can ring has taken it
      holds = false;
      attend();
      hold(false);
    });
  }

  function listen() {
    at = openConversation();
    stream = new EventSource(at ? `/events?at=${at}` : "/events");
    const mine = stream;
    heard = Date.now();
    live.hidden = false;
    for (const kind of ["hello", "beat", "change", "link", "presence"]) stream.addEventListener(kind, () => { heard = Date.now(); });
    stream.addEventListener("hello", () => { live.classList.remove("lost"); refresh(); });
    stream.addEventListener("change", refresh);
    stream.addEventListener("link", refresh);
    stream.addEventListener("presence", event => tell("presence", JSON.parse(event.data)));
    stream.onerror = () => {
      live.classList.add("lost");
      if (mine !== stream || mine.readyState !== EventSource.CLOSED) return; // it tries again by itself
      refresh(); // leads to the sign-in if that has ended
      setTimeout(() => { if (mine === stream) listen(); }, 5000);
    };
  }

  function openConversation() { return find("conversation")?.dataset.resident ?? ""; }

  // refresh asks once at a time; what comes meanwhile is asked for after it.
  async function refresh() {
    wanted = true;
    if (asking) return;
    asking = true;
    while (wanted) {
      wanted = false;
      const start = Date.now();
      try { await update(); } catch { live.classList.add("lost"); }
      const took = Date.now() - start;
      await new Promise(resolve => setTimeout(resolve, pause(took) - took));
    }
    asking = false;
  }

  async function update() {
    if (!find("live")) return; // signed out meanwhile: what was written is on the page
    const asked = page.reload, address = new URL(asked || "/", location);
    address.searchParams.set("part", "live");
    const had = [...marks].filter(([id, mark]) => mark && find(id));
    if (!asked) had.push(["queue", "*"]); // here it is not shown
    const answer = await fetch(address, { headers: { Accept: "text/html", "Mitan-Parts": had.map(one => one.join("=")).join(",") } });
    if (answer.redirected) { // signed out: but what is being written is not left for it
      if ([...document.querySelectorAll(".write textarea[name]")].some(field => field.value)) live.classList.add("lost");
      else location.assign(asked || location.href);
      return;
    }
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(own.createHTML(await answer.text()), "text/html");
    if (asked !== page.reload) { wanted = true; return; } // another conversation has been opened meanwhile
    for (const [id, mark] of marksOf(answer.headers.get("Mitan-Parts"))) marks.set(id, mark);
    tick(fresh); // what differs by its clock alone stays
    const thread = find("thread"), before = newest();
    const low = thread && isLow(thread);
    if (asked) document.title = fresh.title;
    fill("strip", fresh);
    for (const id of ["waiting", "golden"]) replace(id, fresh);
    if (!asked) { tick(); tell("updated"); return; } // nothing but the frame changes by itself
    // A form of the facts that is open is not taken from under the hands.
    for (const id of ["facts", ...linkParts]) {
      if (!find(id)?.querySelector(".edit[open]")) replace(id, fresh);
      else marks.delete(id);
    }
    if (find("queue") && fresh.getElementById("queue")) mergeQueue(fresh);
    if (thread && fresh.getElementById("conversation")) mergeConversation(fresh);
    if (thread && newest() !== before) {
      if (low) thread.scrollTop = thread.scrollHeight;
      find("say").textContent = page.new;
    }
    tick();
    markSeen();
    tell("updated");
  }

  // marksOf reads a list of parts with their marks: see parts.go.
  function marksOf(list) { return new Map((list ?? "").split(",").filter(Boolean).map(one => one.split("="))); }

  // tell lets manners.js know.
  function tell(what, detail) { document.dispatchEvent(new CustomEvent(`mitan:${what}`, { detail })); }

  function mergeQueue(fresh) {
    const tabs = document.querySelector(".tabs"), nextTabs = fresh.querySelector(".tabs");
    if (!tabs.isEqualNode(nextTabs)) tabs.replaceWith(document.adoptNode(nextTabs));
    merge(document.querySelector(".rows"), fresh.querySelector(".rows"));
  }

  function mergeConversation(fresh) {
    const next = fresh.getElementById("conversation");
    Object.assign(find("conversation").dataset, next.dataset);
    if (!find("head").querySelector("details[open]")) replace("head", fresh);
    else marks.delete("head");
    replace("switch", fresh);
    replace("identity", fresh);
    replace("offer", fresh);
    if (next.querySelector("#thread")) merge(find("thread"), next.querySelector("#thread"));
    const compose = find("compose"), other = next.querySelector("#compose");
    if (other && compose.dataset.state !== other.dataset.state) swapCompose(compose, other);
  }

  // swapCompose changes what one may do here, and keeps what was being written.
  function swapCompose(compose, other) {
    const words = [...compose.querySelectorAll("textarea:not([readonly])")].filter(field => field.value);
    for (const field of words) {
      const next = other.querySelector(`textarea[name="${field.name}"]`);
      if (next) { next.value = field.value; continue; }
      field.readOnly = true; // no place to send it from now: leave it to be copied
      field.removeAttribute("name");
      other.prepend(document.adoptNode(field));
    }
    const before = compose.querySelector("[name=seen]"), after = other.querySelector("[name=seen]");
    if (before && after) after.value = before.value; // what has not been looked at is not seen
    const chosen = compose.querySelector("input[type=file]"), empty = other.querySelector("input[type=file]");
    if (chosen && empty) empty.replaceWith(chosen);
    const focused = compose.contains(document.activeElement) && document.activeElement.name;
    const noting = find("mode-note")?.checked, note = other.querySelector("#mode-note");
    const language = other.querySelector("#" + compose.querySelector("[name=inlang]:checked")?.id);
    compose.replaceWith(document.adoptNode(other));
    if (language) language.checked = true;
    if (noting && note) note.checked = true;
    if (focused) other.querySelector(`[name="${focused}"]`)?.focus();
  }

  // replace puts in the newer of a part of the page, with the keyboard where
  // it was.
  function replace(id, fresh) {
    const now = find(id), next = fresh.getElementById(id);
    if (!now || !next || now.isEqualNode(next)) return;
    const focused = now.contains(document.activeElement) && document.activeElement.id;
    now.replaceWith(document.adoptNode(next));
    if (focused) find(focused)?.focus();
  }

  // fill changes what is in a part of the page and leaves the part itself, so
  // that the change is read out.
  function fill(id, fresh) {
    const now = find(id), next = fresh.getElementById(id);
    if (now && next && !now.isEqualNode(next)) now.replaceChildren(...document.adoptNode(next).childNodes);
  }

  // merge makes the children of one list those of another, by their ids. A
  // child that has not changed stays: a voice note goes on playing.
  function merge(list, next) {
    const kept = new Map([...list.children].map(child => [child.id, child]));
    const focused = document.activeElement?.closest?.("[id^=r]")?.id;
    const children = [...next.children].map(child => {
      const now = kept.get(child.id);
      if (child.dataset.same !== undefined && now) return now; // no more than its place
      if (child.dataset.same !== undefined) wanted = true; // it has left the page meanwhile: ask for it again
      return now && child.id && now.isEqualNode(child) ? now : document.adoptNode(child);
    });
    const wantedNow = new Set(children);
    for (const child of [...list.children]) if (!wantedNow.has(child)) child.remove();
    children.forEach((child, i) => { if (list.children[i] !== child) list.insertBefore(child, list.children[i] ?? null); });
    if (focused && list.querySelector("#" + focused)) find(focused).querySelector("a")?.focus();
  }

  function newest() { return [...document.querySelectorAll("#thread .entry")].pop()?.id; }

  // showNewest goes to the end of the thread, and stays there while pictures
  // come in, until the officer scrolls up.
  function showNewest() {
    const thread = find("thread");
    if (!thread || find("newest")) return;
    let atEnd = true;
    const toEnd = () => { thread.scrollTop = thread.scrollHeight; };
    thread.addEventListener("scroll", () => { atEnd = isLow(thread); markSeen(); });
    thread.addEventListener("load", () => { if (atEnd) toEnd(); }, true);
    toEnd();
  }

  function isLow(thread) { return thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80; }

  // markSeen tells that the officer has looked at the newest messages: they have
  // been on the screen for a moment. Until then an answer is refused, as one to
  // what has not been read.
  function markSeen() {
    const open = find("conversation")?.dataset, thread = find("thread"), last = newest();
    if (looking || !open || !last || seen === last || find("newest") || document.hidden || !isLow(thread)) return;
    looking = setTimeout(() => {
      looking = 0;
      if (document.hidden || !isLow(thread) || newest() !== last) { markSeen(); return; }
      seen = last; // told once for each newest message, even if it fails
      const message = [...document.querySelectorAll("#thread .entry[id^=m]")].pop()?.id.slice(1);
      const field = document.querySelector(".write.reply [name=seen]");
      if (!message) return;
      if (field) field.value = message;
      if (find("compose")?.querySelector("form")) {
        fetch(`/conversations/${open.resident}/seen`, { method: "POST", body: new URLSearchParams({ message }) }).then(refresh);
      }
    }, lookTime);
  }

  // offerAnswers puts a message to answer above the words being written, or
  // takes it away, without loading the page.
  function offerAnswers() {
    document.addEventListener("click", async event => {
      const link = event.target.closest?.("a.answer");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      page.reload = link.getAttribute("href").split("#")[0];
      history.replaceState(null, "", page.reload);
      find("mode-reply")?.click();
      await refresh();
      document.querySelector(".write.reply textarea")?.focus();
    });
  }

  // tick lets the golden hours run down. A clock at zero stays, marked.
  function tick(root = document) {
    const now = Date.now() + skew;
    for (const clock of root.querySelectorAll("[data-until]")) {
      const left = Math.max(0, Math.floor((Number(clock.dataset.until) - now) / 1000));
      const text = [Math.floor(left / 60), left % 60].map(n => String(n).padStart(2, "0")).join(":");
      if (clock.textContent !== text) clock.textContent = text;
      clock.classList.toggle("late", left === 0);
    }
    for (const bar of root.querySelectorAll("[data-runs]")) {
      const left = Math.max(0, Math.floor((Number(bar.dataset.runs) - now) / 1000));
      if (bar.value !== left) bar.value = left;
    }
  }

  // guardForms lets a form be sent once, by Ctrl+Enter from its field, too, and
  // not with a file that would be refused.
  function guardForms() {
    document.addEventListener("submit", event => {
      if (event.target.dataset.sent) { event.preventDefault(); return; }
      event.target.dataset.sent = "yes";
    });
    window.addEventListener("pageshow", () => {
      for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    });
    document.addEventListener("keydown", event => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches?.("textarea[name]")) {
        event.target.form?.requestSubmit();
      }
    });
    document.addEventListener("change", event => {
      const field = event.target, most = Number(field.dataset?.most);
      if (!most) return;
      field.setCustomValidity([...field.files].some(file => file.size > most) ? field.dataset.large : "");
      field.reportValidity();
    });
  }
})();
