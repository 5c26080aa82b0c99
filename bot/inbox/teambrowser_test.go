package inbox_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

const replyField = `.write.reply textarea[name=text]`

// replies are the words that officers have sent to a resident, but for those
// that were taken back.
func (w *world) replies(resident int64) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := []string{}
	for _, m := range w.messages[resident] {
		if m.By == bot.ByOfficer && m.Delivery != bot.Withdrawn {
			all = append(all, m.Text)
		}
	}
	return all
}

// press gives keys to the page, wherever the keyboard is; as a real keyboard
// does, where a key that a page takes for itself writes no letter.
func (b *tab) press(keys string) {
	b.t.Helper()
	for _, key := range keys {
		stroke := input.DispatchKeyEventParams{Key: string(key), Text: string(key)}
		switch key {
		case '\r':
			stroke.Key, stroke.Code, stroke.WindowsVirtualKeyCode = "Enter", "Enter", 13
		case '\x1b':
			stroke.Key, stroke.Code, stroke.WindowsVirtualKeyCode, stroke.Text = "Escape", "Escape", 27, ""
		}
		b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
				stroke.Type = kind
				if _, err := cdp.Call(ctx, target, input.DispatchKeyEvent, stroke); err != nil {
					return err
				}
			}
			return nil
		}))
	}
}

// left is what an officer has left unsent of a reply.
func (w *world) left(who int, resident int64) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.team.unsent[unsentKey{int64(who), resident, bot.UnsentReply}]
}

// Two officers press at the same time: one has it, the other reads who and since
// when, without having loaded the page again.
func TestTwoOfficersRaceForAClaim(t *testing.T) {
	w := newWorld(t)
	one, two := newTab(t, 1366, 768, "light"), newTab(t, 1366, 768, "light")
	one.signIn(w, officer)
	two.signIn(w, second)
	for _, b := range []*tab{one, two} {
		b.open(w.url + "/conversations/1")
		b.until(isLive)
	}
	// Both are shown the button; the second's page must not hear of the first's
	// claim before it presses, so both press by script, at once.
	press := func(b *tab, done chan<- error) {
		_, err := chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("#claim").requestSubmit()`))
		done <- err
	}
	done := make(chan error, 2)
	go press(one, done)
	go press(two, done)
	require.NoError(t, <-done)
	require.NoError(t, <-done)
	const settled = `document.querySelector(".state.mine") || document.querySelector(".notice.bad") || document.querySelector(".state span")`
	one.until(settled)
	two.until(settled)
	winner, loser, name := one, two, "SI मीना ठाकुर"
	c, err := w.Conversation(t.Context(), sunita)
	require.NoError(t, err)
	if c.Officer == second {
		winner, loser, name = two, one, "HC राकेश यादव"
	}
	winner.shows(`.state.mine`)
	loser.until(`document.querySelector("#conversation").innerText.includes("` + name + `")`)
	loser.until(`!document.querySelector(".write.reply")`)
}

// What has come meanwhile and was not looked at holds the answer back; the words
// stay in the field.
func TestAStaleAnswerIsRefusedInABrowser(t *testing.T) {
	w, _ := held(t)
	for i := range 30 {
		w.says(ramesh, morning, fmt.Sprintf("मैसेज %d", i))
	}
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.open(w.url + "/conversations/2")
	b.until(isLive)
	b.write(replyField, "SBI को फ़ोन कीजिए")
	b.value(`document.querySelector("#thread").scrollTop = 0, ""`)
	w.says(ramesh, morning, "रुकिए, वो दूसरा बैंक था")
	b.until(`[...document.querySelectorAll(".entry.in")].pop().innerText.includes("दूसरा बैंक")`)
	b.click(`.write.reply .send`)
	b.until(`document.querySelector(".notice.bad")?.innerText.includes("has written meanwhile")`)
	assert.Empty(t, w.replies(ramesh))
	b.until(`document.querySelector("` + replyField + `").value === "SBI को फ़ोन कीजिए"`)
	b.click(`.write.reply .send`)
	b.shows(`form.undo`)
	assert.Equal(t, []string{"SBI को फ़ोन कीजिए"}, w.replies(ramesh))

	// What has been on the screen for a moment is read.
	b.until(isLive)
	w.says(ramesh, morning, "ठीक है")
	b.until(`[...document.querySelectorAll(".entry.in")].pop().innerText.includes("ठीक है")`)
	last := w.last(ramesh).ID
	b.until(fmt.Sprintf(`document.querySelector(".write.reply [name=seen]").value === "%d"`, last))
	b.write(replyField, "शाबाश")
	b.click(`.write.reply .send`)
	b.until(`document.querySelectorAll(".entry.out").length === 2`)
}

// What is typed is kept by the server as it is typed: through a transfer, the
// loss of the page, and a restart.
func TestADraftThroughTransferAndRestart(t *testing.T) {
	w, _ := held(t)
	b := newTab(t, 390, 844, "dark")
	b.signIn(w, officer)
	b.open(w.url + "/conversations/2")
	b.until(isLiveOnPhone)
	b.write(replyField, "पहले बैंक को")
	require.Eventually(t, func() bool { return w.left(officer, ramesh) == "पहले बैंक को" }, patience, 50*time.Millisecond)

	// The form of the transfer waits until the last letters are kept.
	b.write(replyField, " फ़ोन")
	b.click(`#ask-transfer summary`)
	b.do(chromedp.SetValue(chromedp.CSS(`#ask-transfer select`), "officer 5"))
	b.write(`#ask-transfer input[name=reason]`, "ड्यूटी बदली")
	b.click(`#ask-transfer button[type=submit]`)
	b.until(`document.querySelector("#offer").innerText.includes("Offered to")`)
	assert.Equal(t, "पहले बैंक को फ़ोन", w.left(officer, ramesh))
	b.until(`document.querySelector("` + replyField + `").value === "पहले बैंक को फ़ोन"`)

	require.NoError(t, w.AcceptTransfer(t.Context(), w.officers[second], ramesh))
	b.until(`!document.querySelector(".write.reply")`)
	b.until(`[...document.querySelectorAll("textarea[readonly]")].some(field => field.value === "पहले बैंक को फ़ोन")`)

	// The program starts again: another inbox over what the first has kept.
	again := w.newInbox(t)
	server := httptest.NewServer(again.Handler())
	t.Cleanup(func() { again.Close(); server.Close() }) // in this order: a stream holds a server open
	require.NoError(t, w.Claim(t.Context(), w.officers[charge], ramesh, true))
	w.amend(ramesh, func(c *bot.Conversation) { c.Officer = officer })
	b.open(server.URL + "/conversations/2")
	b.until(`document.querySelector("` + replyField + `")?.value === "पहले बैंक को फ़ोन"`)
	assert.Empty(t, b.complained())
}

// again is a second inbox over the same data, as after a restart.
func (w *world) again(t *testing.T) http.Handler {
	t.Helper()
	in := w.newInbox(t)
	t.Cleanup(in.Close)
	return in.Handler()
}

func TestUndoAndDoubleClickInABrowser(t *testing.T) {
	w, _ := held(t)
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.open(w.url + "/conversations/2")
	b.until(isLive)
	b.write(replyField, "जल्दी में")
	b.value(`(() => { const send = document.querySelector(".write.reply .send"); send.click(); send.click(); return "" })()`)
	b.shows(`form.undo`)
	assert.Equal(t, []string{"जल्दी में"}, w.replies(ramesh), "a double click sends once")
	b.value(`document.querySelector("form.undo button").click(), ""`) // an update may put in another just then
	b.until(`document.querySelector("` + replyField + `").value === "जल्दी में"`)
	assert.Empty(t, w.replies(ramesh))
	b.click(`.write.reply .send`)
	b.shows(`form.undo`)
	w.clock.Set(w.clock.Now().Add(bot.UndoTime)) // the page's own clock goes on by itself
	b.until(`[...document.querySelectorAll("form.undo")].every(form => form.hidden)`)
	assert.Equal(t, []string{"जल्दी में"}, w.replies(ramesh))
	assert.Empty(t, b.complained())
}

// From the list to the close without a mouse.
func TestTheKeyboardAlone(t *testing.T) {
	w := newWorld(t)
	w.readies(bot.ReadyReply{Name: "otp", Hi: "ओटीपी किसी को न बताएँ", En: "Tell nobody the OTP"})
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.until(isLive)
	b.press("j")
	b.press("j")
	b.until(`document.activeElement.closest(".row")?.id === "r1"`)
	b.press("\r")
	b.shows(`#claim`)
	b.until(isLive)
	b.press("c")
	b.shows(`.state.mine`)
	b.until(isLive)
	b.press("r")
	b.until(`document.activeElement.matches("` + replyField + `")`)
	b.press("/")
	b.until(`document.activeElement.matches("#ready a.pick")`)
	b.press("\r")
	b.until(`document.querySelector("` + replyField + `").value === "ओटीपी किसी को न बताएँ"`)
	b.ctrlEnter()
	b.shows(`form.undo`)
	b.until(isLive)
	b.press("n")
	b.until(`document.activeElement.matches(".write.note textarea")`)
	b.press("call the nodal officer, c r j")
	b.ctrlEnter()
	b.until(`document.querySelectorAll(".entry.note").length === 2`)
	b.until(isLive)
	b.press("?")
	b.until(`document.querySelector("#keys").open`)
	b.press("\x1b")
	b.until(`!document.querySelector("#keys").open`)
	b.press("e")
	b.until(`document.activeElement.matches("#ask-close button")`)
	b.press("\r")
	b.until(`!document.querySelector(".state.mine") && document.querySelector("#claim")`)
	assert.Equal(t, []string{"sign_in", "claim", "reply", "note", "close"}, w.actions())
	assert.Equal(t, []string{"ओटीपी किसी को न बताएँ"}, w.replies(sunita))
	assert.Empty(t, b.complained())
}

func (w *world) readies(all ...bot.ReadyReply) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range all {
		all[i].ID = int64(i + 1)
	}
	w.team.readies = all
}

// ctrlEnter sends what stands in the field.
func (b *tab) ctrlEnter() {
	b.t.Helper()
	b.do(chromedp.KeyEvent("\r", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
}

// Claiming, drafts, sending, undo, ready replies and a transfer need no script.
func TestMannersWithScriptsOff(t *testing.T) {
	w := newWorld(t)
	w.readies(bot.ReadyReply{Name: "otp", Hi: "ओटीपी किसी को न बताएँ", En: "Tell nobody the OTP"})
	b := newTab(t, 390, 844, "light")
	b.scriptsOff()
	b.signIn(w, officer)
	b.open(w.url + "/conversations/2")
	b.click(`#claim button`)
	b.shows(`.state.mine`)
	b.write(replyField, "नमस्ते")
	b.click(`.write.reply button[formaction]`)
	require.Eventually(t, func() bool { return w.left(officer, ramesh) == "नमस्ते" }, patience, 50*time.Millisecond)
	b.until(`document.querySelector("` + replyField + `").value === "नमस्ते"`)
	b.click(`#ready summary`)
	b.click(`#ready a.pick`)
	b.until(`document.querySelector("` + replyField + `").value === "नमस्ते\nओटीपी किसी को न बताएँ"`)
	b.click(`.write.reply .send`)
	b.shows(`form.undo`)
	b.value(`document.querySelector("form.undo button").click(), ""`) // an update may put in another just then
	b.until(`document.querySelector("` + replyField + `").value.startsWith("नमस्ते")`)
	assert.Empty(t, w.replies(ramesh))
	b.click(`#ask-transfer summary`)
	b.do(chromedp.SetValue(chromedp.CSS(`#ask-transfer select`), "officer 5"))
	b.write(`#ask-transfer input[name=reason]`, "ड्यूटी बदली")
	b.click(`#ask-transfer button[type=submit]`)
	b.until(`document.querySelector("#offer").innerText.includes("Offered to")`)
}

// A note's words reach no resident, whatever is clicked.
func TestANotesWordsNeverReachTheOutbox(t *testing.T) {
	w, _ := held(t)
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.open(w.url + "/conversations/2")
	b.until(isLive)
	b.click(`label.of-note`)
	b.write(`textarea[name=note]`, "सिर्फ़ हमारे लिए")
	b.click(`label:has(#mode-reply)`)
	b.until(`document.querySelector("` + replyField + `").value === ""`)
	b.value(`document.querySelector(".write.reply").requestSubmit(), ""`)
	b.until(`document.querySelector(".notice.bad")?.innerText.includes("nothing written")`)
	b.until(isLive)
	b.until(`document.querySelector("textarea[name=note]").value === "सिर्फ़ हमारे लिए"`)
	b.click(`label.of-note`)
	b.click(`.write.note .send`)
	b.shows(`.entry.note`)
	for _, m := range w.messages[ramesh] {
		assert.NotContains(t, m.Text, "सिर्फ़ हमारे लिए")
	}
	assert.Len(t, w.notes[ramesh], 1)
}

// Officers see each other: who has a conversation open, and who is typing, in
// the list and in the chat.
func TestOfficersSeeEachOther(t *testing.T) {
	w, _ := held(t)
	one, two := newTab(t, 1366, 768, "light"), newTab(t, 1366, 768, "light")
	one.signIn(w, officer)
	two.signIn(w, second)
	two.until(isLive)
	one.open(w.url + "/conversations/2")
	one.until(isLive)
	two.until(`document.querySelector("#r2 .presence").textContent === "SI मीना ठाकुर is looking"`)
	one.write(replyField, "लिख")
	two.until(`document.querySelector("#r2 .presence").textContent === "SI मीना ठाकुर is typing…"`)
	two.open(w.url + "/conversations/2")
	two.until(`document.querySelector("#presence").textContent.includes("SI मीना ठाकुर")`)
	one.until(`document.querySelector("#presence").textContent === "HC राकेश यादव is looking"`)
	two.open(w.url + "/conversations/1")
	one.until(`document.querySelector("#presence").hidden`)
}

// A front is the address of a program that is stopped and started again.
type front struct {
	t       *testing.T
	address string
	server  *http.Server
}

func newFront(t *testing.T, handler http.Handler) *front {
	t.Helper()
	f := &front{t: t, address: "127.0.0.1:0"}
	f.start(handler)
	t.Cleanup(f.stop)
	return f
}

func (f *front) url() string { return "http://" + f.address }

func (f *front) start(handler http.Handler) {
	f.t.Helper()
	listener, err := net.Listen("tcp", f.address)
	require.NoError(f.t, err)
	f.address = listener.Addr().String()
	f.server = &http.Server{Handler: handler, ReadHeaderTimeout: patience}
	go func(server *http.Server) { _ = server.Serve(listener) }(f.server)
}

func (f *front) stop() { _ = f.server.Close() }

// A page finds the program again after a restart, and what came meanwhile.
func TestALivePageThroughARestart(t *testing.T) {
	w := newWorld(t)
	front := newFront(t, w.inbox.Handler())
	b := newTab(t, 1366, 768, "light")
	b.signInAt(front.url(), officer)
	b.open(front.url() + "/conversations/2")
	b.until(isLive)
	front.stop()
	w.inbox.Close()
	b.until(`document.querySelector("#live").classList.contains("lost")`)
	w.says(ramesh, morning, "बंद रहते आया")
	front.start(w.again(t))
	b.until(isLive)
	b.until(`[...document.querySelectorAll(".entry.in")].pop().innerText.includes("बंद रहते आया")`)
	w.says(ramesh, morning, "और इसके बाद")
	b.until(`[...document.querySelectorAll(".entry.in")].pop().innerText.includes("और इसके बाद")`)
}

// A shift begins with a click. Then an unclaimed golden hour rings again and
// again until somebody claims it.
func TestOnlyAnUnclaimedGoldenHourGoesOnRinging(t *testing.T) {
	w := newWorld(t)
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.until(isLive)
	rung := func() string { return b.value(`document.body.dataset.rung || "0"`) }
	assert.Equal(t, "0", rung(), "silent until the click")
	b.click(`#bell`)
	b.until(`document.querySelector("#bell").getAttribute("aria-pressed") === "true"`)
	b.until(`Number(document.body.dataset.rung) >= 2`)
	require.NoError(t, w.Claim(t.Context(), w.officers[second], sunita, false))
	b.until(`!document.querySelector("#golden [data-ring]")`)
	after := rung()
	time.Sleep(9 * time.Second) // longer than from one ring to the next
	assert.Equal(t, after, rung())
	assert.False(t, strings.Contains(b.value(`document.querySelector("#bell").outerHTML`), "सुनीता"))
}

// shootTeam takes what officers do among themselves.
func shootTeam(t *testing.T, b *tab, w *world, shoot func(page string)) {
	t.Helper()
	w.readies(
		bot.ReadyReply{Name: "otp", Hi: "पुलिस कभी OTP, PIN या पैसे नहीं माँगती।", En: "Police never ask for OTP, PIN or money."},
		bot.ReadyReply{Name: "पावती", Hi: "{name} जी, आपका केस नंबर {case} है। इसे सँभालकर रखिए।", En: "{name}, your case number is {case}. Please keep it."},
		bot.ReadyReply{Name: "ऐप", Hi: "ऐप मत खोलिए। दूसरे फ़ोन से बैंक को फ़ोन करके UPI बंद करवाइए।", En: "Don't open the app. Call the bank from another phone and have UPI blocked."},
	)
	_, err := w.Reply(t.Context(), w.officers[officer], sunita, bot.Answer{Text: "ऐप को अभी मत खोलिए।", Undoable: true})
	require.NoError(t, err)
	require.NoError(t, w.SaveUnsent(t.Context(), w.officers[officer], sunita, bot.UnsentReply, "दूसरे फ़ोन से बैंक को"))
	b.open(w.url + "/conversations/1")
	b.value(`document.querySelector("#ready").open = true, ""`)
	shoot("ready")
	require.NoError(t, w.Transfer(t.Context(), w.officers[officer], sunita, second, "", "मेरी ड्यूटी ख़त्म, बैंक से जवाब बाक़ी"))
	w.amend(kavita, func(c *bot.Conversation) { c.Officer, c.OfficerName = second, "HC राकेश यादव" })
	require.NoError(t, w.Transfer(t.Context(), w.officers[second], kavita, officer, "", "अंग्रेज़ी में बात करनी है"))
	b.open(w.url + "/conversations/1")
	shoot("offered")
	b.value(`document.querySelector("#ask-transfer").open = true, ""`)
	shoot("transfer")
	b.open(w.url + "/conversations/4")
	shoot("accept")
	b.open(w.url + "/handover")
	shoot("handover")
	b.value(`document.querySelector("#keys")?.showModal(), ""`)
	b.open(w.url + "/")
	b.value(`document.querySelector("#keys").showModal(), ""`)
	shoot("keys")
}
