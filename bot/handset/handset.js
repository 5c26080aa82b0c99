// The practice phone. The server draws the page; this script sends, looks again
// when something has changed, and takes over what differs.
"use strict";

const $ = (id) => document.getElementById(id);
const page = document.body.dataset;
const scroll = $("scroll"), log = $("log"), text = $("text"), notice = $("notice");

// --- Looking again -----------------------------------------------------------

let looking = false, lookAgain = false;
const drawn = new Map(); // key -> HTML as the server gave it

function keep(list) {
	for (const item of list.children) drawn.set(item.dataset.key, item.outerHTML);
}

// merge brings a list to what the server now draws, leaving what is the same
// alone, so that a voice note plays on and the focus stays.
function merge(list, fresh) {
	const have = new Map([...list.children].map((item) => [item.dataset.key, item]));
	const wanted = [...fresh.children];
	const keys = new Set(wanted.map((item) => item.dataset.key));
	for (const [key, item] of have) if (!keys.has(key)) { item.remove(); drawn.delete(key); }
	let at = list.firstElementChild;
	for (const item of wanted) {
		const key = item.dataset.key, html = item.outerHTML;
		let here = have.get(key);
		if (here && drawn.get(key) !== html) {
			if (at === here) at = here.nextElementSibling;
			here.remove();
			here = null;
		}
		if (here && here === at) { at = at.nextElementSibling; continue; }
		list.insertBefore(here || document.adoptNode(item), at);
		drawn.set(key, html);
	}
}

async function look() {
	if (looking) { lookAgain = true; return; }
	looking = true;
	do {
		lookAgain = false;
		try {
			const answer = await fetch(`?as=${page.as}&lang=${page.lang}`);
			if (answer.ok) draw(new DOMParser().parseFromString(await answer.text(), "text/html"));
		} catch { /* the stream of events comes back, and looks again */ }
	} while (lookAgain);
	looking = false;
}

function draw(fresh) {
	const low = atEnd(), newest = log.querySelector(".theirs:last-of-type")?.dataset.key;
	for (const item of log.querySelectorAll(".pending")) item.remove();
	merge(log, fresh.getElementById("log"));
	const stored = new Set([...log.children].map((item) => item.dataset.key));
	for (const m of outbox) if (!stored.has(m.id)) log.append(m.bubble);
	merge($("choices"), fresh.getElementById("choices"));
	if (outbox.length) $("choices").replaceChildren();
	if ($("list").innerHTML !== fresh.getElementById("list").innerHTML) $("list").replaceChildren(...fresh.getElementById("list").childNodes);
	if (low) toEnd();
	else if (log.querySelector(".theirs:last-of-type")?.dataset.key !== newest) $("latest").hidden = false;
	receipts();
}

const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
function toEnd() {
	scroll.scrollTop = scroll.scrollHeight;
	$("latest").hidden = true;
}

// receipts tells the helpline which messages have arrived, and which could be read.
const told = new Map();
function receipts() {
	const state = document.visibilityState === "visible" ? "read" : "delivered";
	const form = new URLSearchParams({ as: page.as, state });
	const keys = [...log.querySelectorAll("[data-unread]")].map((item) => item.dataset.key).filter((key) => told.get(key) !== state);
	if (!keys.length) return;
	for (const key of keys) { form.append("id", key); told.set(key, state); }
	fetch("seen", { method: "POST", body: form }).then((answer) => { if (!answer.ok) throw answer; })
		.catch(() => { for (const key of keys) told.delete(key); });
}

function listen() {
	const events = new EventSource("events");
	events.addEventListener("change", look);
	events.addEventListener("open", look);
}

// --- Sending -------------------------------------------------------------------

const outbox = []; // what is not yet stored, the oldest first
const store = `outbox ${page.as}`;
let sending = false;

// enqueue takes a message: words, a sample or a file. Its id and time are
// fixed here, however often it is sent.
function enqueue(fields, preview, file) {
	const m = { id: newID(), at: Date.now(), fields, preview, file };
	m.bubble = pendingBubble(m);
	outbox.push(m);
	remember();
	log.append(m.bubble);
	$("choices").replaceChildren();
	toEnd();
	deliver();
}

function newID() {
	return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
}

// remember keeps words over a reload of this tab; a file is lost with it.
function remember() {
	const plain = outbox.filter((m) => !m.file).map(({ id, at, fields, preview }) => ({ id, at, fields, preview }));
	try { sessionStorage.setItem(store, JSON.stringify(plain)); } catch { /* no room: they are in memory */ }
}

function recall() {
	try {
		for (const m of JSON.parse(sessionStorage.getItem(store) || "[]")) {
			m.bubble = pendingBubble(m);
			outbox.push(m);
			log.append(m.bubble);
		}
	} catch { sessionStorage.removeItem(store); }
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// deliver sends the outbox in its order, each message until it is stored.
async function deliver() {
	if (sending) return;
	sending = true;
	for (let wait = 500; outbox.length;) {
		const m = outbox[0];
		const answer = await post(m);
		if (answer && answer.status < 500) {
			outbox.shift();
			remember();
			if (answer.ok) say("");
			else refused(m, answer);
			await look();
			wait = 500;
			continue;
		}
		say(page.offline);
		await pause(wait);
		wait = Math.min(wait * 2, 10000);
	}
	sending = false;
}

async function post(m) {
	const form = new FormData();
	for (const [name, value] of Object.entries({ as: page.as, id: m.id, at: m.at, ...m.fields })) form.append(name, value);
	if (m.file) form.append("file", m.file, m.file.name || "recording");
	try { return await fetch("send", { method: "POST", body: form }); } catch { return null; }
}

async function refused(m, answer) {
	say(answer.status === 413 ? page.tooLarge : `${page.refused} ${await answer.text()}`);
	if (!text.value && m.fields.text && !m.fields.forwarded) write(m.fields.text);
}

function say(words) {
	notice.textContent = words;
	notice.hidden = !words;
}

function element(name, className, words) {
	const e = document.createElement(name);
	if (className) e.className = className;
	if (words) e.textContent = words;
	return e;
}

function icon(name, label) {
	const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
	const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
	use.setAttribute("href", `#i-${name}`);
	svg.append(use);
	svg.setAttribute("class", "ticks");
	svg.setAttribute("role", "img");
	svg.setAttribute("aria-label", label);
	return svg;
}

function pendingBubble(m) {
	const item = element("li", "own pending");
	const bubble = element("div", "bubble");
	if (m.fields.forwarded || m.fields.sample) bubble.append(element("p", "mark", page.forwarded));
	const words = element("p", "words", m.preview);
	words.dir = "auto";
	const foot = element("p", "foot");
	foot.append(element("time", "", new Date(m.at).toLocaleTimeString("en-IN", { hour: "numeric", minute: "2-digit", timeZone: "Asia/Kolkata" })), icon("clock", page.waiting));
	bubble.append(words, foot);
	item.append(bubble);
	item.dataset.key = m.id;
	return item;
}

function sendFile(file, kind, duration) {
	if (file.size > Number(page.maxUpload)) { say(page.tooLarge); return; }
	const fields = { kind };
	if (duration) fields.duration = Math.round(duration);
	const label = { image: "📷", voice: "🎤", video: "🎬", document: "📄" }[kind];
	enqueue(fields, `${label} ${file.name || ""}`.trim(), file);
}

// --- The composer --------------------------------------------------------------

function write(words) {
	text.value = words;
	text.focus();
	which();
}

// which shows the microphone where there is nothing to send yet.
const canRecord = Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
function which() {
	const empty = !text.value.trim();
	$("record").hidden = !(empty && canRecord);
	$("send").hidden = empty && canRecord;
}

function attach(open) {
	const low = atEnd();
	$("attach").hidden = !open;
	if (low) toEnd();
	$("open-attach").setAttribute("aria-expanded", String(open));
	if (open) $("attach").querySelector("input").focus();
}

$("composer").addEventListener("submit", (event) => {
	event.preventDefault();
	if (!text.value.trim()) return;
	enqueue({ text: text.value }, text.value);
	text.value = "";
	which();
	text.focus();
});
text.addEventListener("input", which);
text.addEventListener("keydown", (event) => {
	if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
		event.preventDefault();
		$("composer").requestSubmit();
	}
});
text.addEventListener("keypress", (event) => { if (event.key === "Enter" && !event.shiftKey) event.preventDefault(); });
$("open-attach").addEventListener("click", () => attach($("attach").hidden));
$("latest").addEventListener("click", toEnd);
scroll.addEventListener("scroll", () => { if (atEnd()) $("latest").hidden = true; });

document.addEventListener("click", (event) => {
	const button = event.target.closest("button");
	if (!button) return;
	const { say: number, sample, write: words } = button.dataset;
	if (number) { enqueue({ text: number }, number); text.focus({ preventScroll: true }); }
	if (sample) {
		const label = { image: "📷 ", document: "📄 " }[button.dataset.kind] || "";
		enqueue({ sample }, button.dataset.kind === "image" ? label : label + button.dataset.text);
		attach(false);
	}
	if (words) write(words);
	if ("openList" in button.dataset) { $("residents").classList.add("open"); $("list").querySelector("a").focus(); }
	if ("closeList" in button.dataset) closeList();
	if (button.classList.contains("play")) play(button);
});

function closeList() {
	$("residents").classList.remove("open");
	document.querySelector("[data-open-list]").focus();
}

document.addEventListener("keydown", (event) => {
	if (event.key !== "Escape") return;
	if (!$("attach").hidden) { attach(false); $("open-attach").focus(); }
	if ($("residents").classList.contains("open")) closeList();
});

for (const input of document.querySelectorAll("#attach input[type=file]")) {
	input.addEventListener("change", () => {
		for (const file of input.files) sendFile(file, input.dataset.kind);
		input.value = "";
		attach(false);
	});
}

// --- Voice notes ---------------------------------------------------------------

let playing = null;

function play(button) {
	const voice = button.closest(".player");
	if (playing && playing.voice === voice) { playing.audio.paused ? playing.audio.play() : playing.audio.pause(); return; }
	playing?.audio.pause();
	const audio = new Audio(voice.dataset.audio);
	playing = { voice, audio };
	const bar = voice.querySelector("progress");
	const show = (name, label) => {
		button.querySelector("use").setAttribute("href", `#i-${name}`);
		button.setAttribute("aria-label", label);
	};
	audio.addEventListener("play", () => show("pause", page.pause));
	audio.addEventListener("pause", () => show("play", page.play));
	audio.addEventListener("timeupdate", () => { if (audio.duration) bar.value = 1000 * audio.currentTime / audio.duration; });
	audio.addEventListener("ended", () => { bar.value = 0; });
	audio.play().catch(() => show("play", page.play));
}

let recorder = null;
$("record").addEventListener("click", async () => {
	let stream;
	try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch { say(page.noMic); return; }
	const parts = [], started = Date.now();
	recorder = new MediaRecorder(stream);
	const tick = setInterval(() => {
		const s = Math.floor((Date.now() - started) / 1000);
		$("recorded").textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
	}, 250);
	recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
	recorder.addEventListener("stop", () => {
		clearInterval(tick);
		for (const track of stream.getTracks()) track.stop();
		$("recorder").hidden = true;
		$("composer").hidden = false;
		$("recorded").textContent = "0:00";
		if (recorder.wanted && parts.length) sendFile(new Blob(parts, { type: recorder.mimeType }), "voice", Date.now() - started);
		recorder = null;
		text.focus();
	});
	recorder.start();
	$("composer").hidden = true;
	$("recorder").hidden = false;
	$("record-send").focus();
});
$("record-send").addEventListener("click", () => { recorder.wanted = true; recorder.stop(); });
$("record-cancel").addEventListener("click", () => recorder.stop());

// --- Start ---------------------------------------------------------------------

keep(log);
keep($("choices"));
recall();
which();
toEnd();
receipts();
listen();
deliver();
document.addEventListener("visibilitychange", () => { receipts(); look(); });
