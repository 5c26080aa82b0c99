// The manners of the desk: drafts as they are typed, who is here, undo, ready
// replies, sound and notices of a shift, and the keyboard. live.js keeps the page
// up to date and tells of it ("mitan:updated", "mitan:presence"). With scripts
// off, drafts are kept by a button and ready replies load the page.
"use strict";
(() => {
  const page = document.body.dataset;
  const find = id => document.getElementById(id);
  const all = selector => [...document.querySelectorAll(selector)];
  const skew = Number(page.now || Date.now()) - Date.now();
  document.documentElement.classList.add("scripted");

  // Drafts. What is typed is kept a moment later, and before the page goes.
  const saveAfter = 700, typingAgain = 3000;
  const drafts = new WeakMap(); // by field

  function stateOf(field) {
    if (!drafts.has(field)) drafts.set(field, { timer: 0, kept: field.defaultValue, at: 0, busy: 0, saving: Promise.resolve() });
    return drafts.get(field);
  }

  function keep(field, leaving) {
    const state = stateOf(field), form = field.closest("[data-draft]");
    clearTimeout(state.timer);
    state.timer = 0;
    if (!form || state.gone || field.readOnly || field.value === state.kept) return state.saving;
    const words = state.kept = field.value;
    state.at = Date.now();
    const body = new URLSearchParams({ [field.name]: words });
    state.busy++;
    state.saving = fetch(form.dataset.draft, { method: "POST", body, keepalive: leaving && words.length < 15000 })
      .then(answer => { if (!answer.ok) throw new Error(answer.status); })
      .catch(() => { if (state.kept === words) state.kept = null; }); // it is tried again with the next key
    state.saving = state.saving.finally(() => { state.busy--; });
    return state.saving;
  }

  document.addEventListener("input", event => {
    const field = event.target;
    if (!field.matches?.(".write textarea[name]")) return;
    const state = stateOf(field);
    clearTimeout(state.timer);
    if (Date.now() - state.at > typingAgain) keep(field); // so that the others see the typing
    else state.timer = setTimeout(keep, saveAfter, field);
  });
  window.addEventListener("pagehide", () => { for (const field of all(".write textarea[name]")) keep(field, true); });
  // A form waits until what is typed is kept, its own words too: they are given
  // up only when the server has what became of them.
  const passing = new WeakSet();
  document.addEventListener("submit", async event => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog") return;
    const fields = all(".write textarea[name]"), own = fields.filter(field => field.form === form);
    const waits = fields.filter(field => field.value !== stateOf(field).kept || stateOf(field).busy);
    if (passing.delete(form) || waits.length === 0) {
      for (const field of own) stateOf(field).gone = true;
      return;
    }
    event.preventDefault();
    await Promise.race([Promise.all(waits.map(field => keep(field, true))), new Promise(done => setTimeout(done, 1500))]);
    await new Promise(done => setTimeout(done)); // not while this event is still under way
    passing.add(form);
    delete form.dataset.sent;
    form.requestSubmit(event.submitter);
  });
  const again = () => { for (const field of all(".write textarea[name]")) stateOf(field).gone = false; };
  window.addEventListener("pageshow", again);
  document.addEventListener("htmx:error", again); // the form is still there
  // Another conversation may be opened without leaving the page.
  document.addEventListener("click", event => {
    if (event.target.closest?.("a[href]")) for (const field of all(".write textarea[name]")) keep(field, true);
  }, true);

  // An open place of a ready reply is not sent: the field says so.
  document.addEventListener("submit", event => {
    const field = event.target.querySelector?.(".write.reply textarea[name=text]") || (event.target.matches(".write.reply") && event.target.elements.text);
    if (!field || event.submitter?.hasAttribute("formaction")) return;
    const place = ["{name}", "{case}"].find(one => field.value.includes(one));
    if (!place) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const at = field.value.indexOf(place);
    field.focus();
    field.setSelectionRange(at, at + place.length);
    field.setCustomValidity(page.unfilled);
    field.reportValidity();
    field.addEventListener("input", () => field.setCustomValidity(""), { once: true });
  }, true);

  // Undo. The button goes with its time.
  setInterval(() => {
    const now = Date.now() + skew;
    for (const form of all("form.undo")) form.hidden = now >= Number(form.dataset.ends);
  }, 250);

  // Who is here.
  let here = [];
  document.addEventListener("mitan:presence", event => { here = event.detail; showPresence(); });
  document.addEventListener("mitan:updated", () => { showPresence(); alarm(); });

  function showPresence() {
    for (const place of all(".presence")) {
      const at = here.filter(one => one.at === Number(place.dataset.of));
      const typing = at.filter(one => one.typing), shown = typing.length ? typing : at;
      const words = (typing.length ? page.typing : page.viewing) || "%s";
      const text = shown.length ? words.replace("%s", shown.map(one => one.name).join(", ")) : "";
      place.hidden = !text;
      place.classList.toggle("typing", typing.length > 0);
      if (place.textContent !== text) place.textContent = text;
    }
  }

  // Ready replies go in at the cursor.
  document.addEventListener("click", event => {
    const pick = event.target.closest?.("a.pick");
    const field = document.querySelector(".write.reply textarea[name=text]");
    if (!pick || !field || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    find("mode-reply")?.click();
    find("ready").open = false;
    field.focus();
    field.setRangeText(pick.dataset.text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // The ready replies that are shown: those in the language that is chosen.
  function readies() { return all("#ready a.pick").filter(link => link.checkVisibility()); }

  function openReady() {
    const ready = find("ready");
    if (!ready) return false;
    ready.open = true;
    readies()[0]?.focus();
    return true;
  }

  // Pictures open over the page.
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a.picture");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const viewer = document.createElement("dialog"), image = document.createElement("img");
    viewer.className = "viewer";
    image.src = link.href;
    image.alt = link.querySelector("img")?.alt || "";
    viewer.append(image);
    viewer.addEventListener("click", () => viewer.close());
    viewer.addEventListener("close", () => { viewer.remove(); link.focus(); });
    document.body.append(viewer);
    viewer.showModal();
  });

  // Voice notes. The server puts them into the container that WhatsApp takes. A
  // browser that records neither of these has no button.
  const voiceType = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus"].find(type => window.MediaRecorder?.isTypeSupported(type));
  let recorder = null;
  const showMic = () => { if (find("mic") && voiceType && navigator.mediaDevices) find("mic").hidden = false; };
  showMic();
  for (const event of ["mitan:opened", "mitan:updated"]) document.addEventListener(event, showMic);

  function sayMic(words, on) {
    const mic = find("mic");
    if (!mic) return;
    mic.querySelector("span").textContent = words;
    mic.classList.toggle("on", on);
    mic.classList.add("says"); // from now on its words matter: stop, ready, refused
  }

  document.addEventListener("click", async event => {
    const mic = event.target.closest?.("#mic");
    if (!mic) return;
    if (recorder) { recorder.stop(); return; }
    let microphone;
    try {
      microphone = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } });
    } catch { sayMic(mic.dataset.refused, false); return; }
    const parts = [], resident = find("conversation").dataset.resident;
    recorder = new MediaRecorder(microphone, { mimeType: voiceType, audioBitsPerSecond: 24000 });
    recorder.addEventListener("dataavailable", part => parts.push(part.data));
    recorder.addEventListener("stop", () => {
      recorder = null;
      for (const track of microphone.getTracks()) track.stop();
      const field = document.querySelector(".write.reply input[type=file]");
      if (!field || find("conversation").dataset.resident !== resident) return; // another conversation is open
      const type = voiceType.split(";")[0], files = new DataTransfer();
      files.items.add(new File(parts, "voice." + type.split("/")[1], { type }));
      field.files = files.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
      sayMic(mic.dataset.ready, false);
    });
    recorder.start();
    sayMic(mic.dataset.stop, true);
  });

  find("print")?.removeAttribute("hidden");
  find("print")?.addEventListener("click", () => print());

  // The shift: a click lets the page sound and show notices. Only an unclaimed
  // golden hour rings again and again; all else sounds once. Of several pages one
  // rings. A notice says what, never who.
  const bell = find("bell"), ringEvery = 8000;
  let sound = null, known = null;

  function onShift() { return localStorage.getItem("mitan.shift") === "on"; }

  function showBell() {
    if (!bell) return;
    const on = onShift(), silent = on && sound?.state !== "running";
    bell.hidden = false;
    bell.setAttribute("aria-pressed", String(on && !silent));
    bell.classList.toggle("asks", silent || !on);
    bell.title = on && !silent ? bell.dataset.on : bell.dataset.off;
    bell.querySelector("span").textContent = bell.title;
  }

  async function unlock() {
    sound ??= new AudioContext();
    await sound.resume();
    if (sound.state === "running") document.dispatchEvent(new Event("mitan:sounds")); // see live.js
    showBell();
  }

  bell?.addEventListener("click", async () => {
    if (onShift() && sound?.state === "running") {
      localStorage.removeItem("mitan.shift");
      await sound.suspend();
      showBell();
      return;
    }
    localStorage.setItem("mitan.shift", "on");
    await unlock();
    tone(660, 0, .12);
    if ("Notification" in window && Notification.permission === "default") await Notification.requestPermission();
    alarm();
  });
  // A page of the same shift needs a gesture of its own; any will do.
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => { if (onShift() && sound?.state !== "running") unlock(); });

  function tone(frequency, after, length) {
    const oscillator = sound.createOscillator(), volume = sound.createGain(), at = sound.currentTime + after;
    oscillator.frequency.value = frequency;
    volume.gain.setValueAtTime(.0001, at);
    volume.gain.exponentialRampToValueAtTime(.3, at + .02);
    volume.gain.exponentialRampToValueAtTime(.0001, at + length);
    oscillator.connect(volume).connect(sound.destination);
    oscillator.start(at);
    oscillator.stop(at + length);
  }

  // ring sounds unless another page has just done so.
  function ring(loud) {
    const last = Number(localStorage.getItem("mitan.rang"));
    if (!onShift() || sound?.state !== "running" || Date.now() - last < (loud ? ringEvery - 500 : 1500)) return;
    localStorage.setItem("mitan.rang", Date.now());
    page.rung = Number(page.rung || 0) + 1;
    if (loud) for (const i of [0, 1, 2]) { tone(880, i * .3, .16); tone(1175, i * .3 + .15, .14); }
    else tone(660, 0, .18);
  }

  function notify(words) {
    if (!onShift() || !document.hidden || !("Notification" in window) || Notification.permission !== "granted") return;
    new Notification(words, { tag: "mitan" }).onclick = event => { window.focus(); event.target.close(); };
  }

  // alarm looks at what has come into the list since the last look.
  function alarm() {
    if (!bell) return;
    const golden = all("#golden [data-ring]").length > 0;
    const now = new Map(all(".row").flatMap(row =>
      row.dataset.offered ? [[row.id + "o", bell.dataset.offered]]
        : row.dataset.free === "silence" && bell.dataset.charge ? [[row.id + "s", bell.dataset.silence]]
          : "free" in row.dataset ? [[row.id, bell.dataset.waiting]] : []));
    if (golden) now.set("golden", bell.dataset.golden);
    if (known) {
      const fresh = [...now].filter(([key]) => !known.has(key));
      if (fresh.length) {
        ring(golden);
        notify((fresh.find(([key]) => key === "golden") ?? fresh[0])[1]);
      }
    }
    known = now;
  }
  setInterval(() => { if (document.querySelector("#golden [data-ring]")) ring(true); }, ringEvery);
  if (onShift()) unlock().catch(() => {});
  showBell();
  alarm();

  // The keyboard. Keys are the letters that are printed on them, in whatever
  // script the officer types.
  const keysOff = find("keys-off");
  if (keysOff) {
    keysOff.checked = localStorage.getItem("mitan.keys") === "off";
    keysOff.addEventListener("change", () => localStorage.setItem("mitan.keys", keysOff.checked ? "off" : "on"));
  }

  function step(by) {
    const links = all(".rows .row > a");
    if (!links.length) return;
    let at = links.indexOf(document.activeElement);
    if (at < 0) at = links.findIndex(link => link.getAttribute("aria-current"));
    links[Math.min(links.length - 1, Math.max(0, at < 0 ? 0 : at + by))].focus();
  }

  function ask(id) {
    const question = find(id);
    if (!question) return;
    question.open = true;
    (question.querySelector("select, input") || question.querySelector("form button"))?.focus();
  }

  function write(mode) {
    find(mode)?.click();
    const field = document.querySelector(mode === "mode-note" ? ".write.note textarea" : ".write.reply textarea");
    if (!field) return;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  const keys = {
    j: () => step(1), k: () => step(-1),
    c: () => (find("accept") || document.querySelector("#claim button"))?.click(),
    r: () => write("mode-reply"), n: () => write("mode-note"),
    u: () => all("form.undo:not([hidden]) button").pop()?.click(),
    t: () => ask("ask-transfer"), e: () => ask("ask-close"),
    g: () => document.querySelector("#golden a")?.focus(),
    "/": () => (find("find") || find("q"))?.focus(),
    "?": () => { if (find("keys") && !find("keys").open) find("keys").showModal(); },
  };

  document.addEventListener("keydown", event => {
    const field = event.target.matches?.("input:not([type=radio], [type=checkbox], [type=file]), textarea, select");
    const ready = event.target.closest?.("#ready");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (ready && readyKey(event)) return;
    if (event.key === "Escape") { leave(event.target, field); return; }
    if (field) {
      if (event.key === "/" && event.target.value === "" && event.target.closest(".write.reply") && openReady()) event.preventDefault();
      return;
    }
    if (localStorage.getItem("mitan.keys") === "off" || document.querySelector("dialog[open]")) return;
    let key = event.key;
    if (/^Key[A-Z]$/.test(event.code) && !/^[a-z]$/i.test(key)) key = event.code[3].toLowerCase(); // another script
    const act = keys[key.length === 1 ? key.toLowerCase() : key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  function readyKey(event) {
    const links = readies(), at = links.indexOf(document.activeElement);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && links.length) {
      event.preventDefault();
      links[(at + by + links.length) % links.length].focus();
      return true;
    }
    if (event.key === "Enter" && at >= 0) { // the letter must not go on to the field
      event.preventDefault();
      links[at].click();
      return true;
    }
    if (event.key === "Escape") {
      find("ready").open = false;
      document.querySelector(".write.reply textarea")?.focus();
      return true;
    }
    return event.key.length === 1; // no single key acts in the list
  }

  function leave(target, field) {
    const question = target.closest?.("details.ask[open]");
    if (question) { question.open = false; question.querySelector("summary").focus(); return; }
    if (field) target.blur();
  }
})();
