package inbox_test

import (
	"bytes"
	"fmt"
	"image/png"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/inbox"
)

const (
	startButton     = `action="/link/start"`
	reconnectButton = `action="/link/reconnect"`
)

// What the officer in charge is told in each state, and what there is to press.
func TestThePageOfTheLinkInEachState(t *testing.T) {
	links := outages()
	links[bot.LinkOnline] = online()
	links[bot.LinkConnecting] = bot.Link{State: bot.LinkConnecting, Since: ago(2)}
	tests := []struct {
		state      bot.LinkState
		says       []string
		start, try bool
	}{
		{bot.LinkNone, []string{"no phone linked yet", "None is linked", "Press “Link a phone”.", "“Linked devices”"}, true, false},
		{bot.LinkConnecting, []string{"connecting", "today 01:25", "Wait a moment."}, false, true},
		{bot.LinkOnline, []string{"connected", "yesterday 20:27", "+91 90000 00100", "Is this the helpline&#39;s number?", "once a week"}, false, false},
		{bot.LinkOffline, []string{"cut off", "It tries again by itself.", "has internet", "call 1930"}, false, true},
		{bot.LinkLoggedOut, []string{"logged out", "The phone or WhatsApp has ended the link (401)", "“Linked devices”", "call 1930"}, true, false},
		{bot.LinkBanned, []string{"our number is stopped for now", "(101)", "Stopped until", "today 10:27", "Wait until the time above.", "call 1930"}, false, false},
		{bot.LinkReplaced, []string{"another program uses the link", "Stop it.", "Press “Connect again”."}, false, true},
		{bot.LinkOutdated, []string{"this program is too old", "README", "call 1930"}, false, true},
	}
	require.Len(t, tests, len(links))
	w := newWorld(t)
	b := w.signedIn(t, charge)
	for _, test := range tests {
		t.Run(string(test.state), func(t *testing.T) {
			w.link.set(links[test.state])
			body := b.get("/link").body
			for _, says := range test.says {
				assert.Contains(t, body, says)
			}
			assert.Equal(t, test.start, strings.Contains(body, startButton), "to link a phone")
			assert.Equal(t, test.try, strings.Contains(body, reconnectButton), "to connect again")
			assert.Contains(t, b.get("/link?part=live").body, test.says[0])
		})
	}
}

func TestEachStateOfTheLinkSaysWhatToDo(t *testing.T) {
	en := words(t, "en")
	for _, state := range append(downStates(), bot.LinkOnline, bot.LinkConnecting) {
		for _, key := range []string{"linkstate." + string(state), "linkevent." + string(state), "linkdo." + string(state) + ".1"} {
			assert.Contains(t, en, key)
		}
		if state.Down() {
			assert.Contains(t, en, "linkdo."+string(state)+".2")
		}
	}
	assert.Contains(t, en, "linkevent."+string(bot.LinkAlerted))
}

func downStates() []bot.LinkState {
	var states []bot.LinkState
	for state := range outages() {
		states = append(states, state)
	}
	return states
}

func TestLinkingAPhone(t *testing.T) {
	w := newWorld(t)
	w.link.set(outages()[bot.LinkLoggedOut])
	b := w.signedIn(t, charge)
	assert.NotContains(t, b.get("/link").body, "/link/code.png")
	assert.Equal(t, http.StatusNotFound, b.get("/link/code.png").StatusCode)

	assert.Equal(t, "/link", b.post("/link/start").Header.Get("Location"))
	page := b.get("/link").body
	assert.Contains(t, page, `src="/link/code.png?c=`)
	assert.Contains(t, page, ">00:20</b>", "the seconds that the code has left")
	assert.Contains(t, page, "a wrong phone that scans it")
	assert.NotContains(t, page, startButton, "a code is on offer already")
	assert.Contains(t, page, `<noscript><meta http-equiv="refresh" content="10">`)
	assert.NotContains(t, page, "2@first", "the code is for the camera alone")

	got := b.get("/link/code.png")
	assert.Equal(t, "image/png", got.Header.Get("Content-Type"))
	assert.Equal(t, "no-store", got.Header.Get("Cache-Control"))
	first, err := png.Decode(strings.NewReader(got.body))
	require.NoError(t, err)
	assert.Equal(t, first.Bounds().Dx(), first.Bounds().Dy())
	assert.GreaterOrEqual(t, first.Bounds().Dx(), 150)

	link := w.link.Link()
	link.Code = "2@second"
	w.link.set(link)
	assert.NotEqual(t, got.body, b.get("/link/code.png").body)
	assert.NotContains(t, b.get("/link").body, codeAddress(page), "another code has another address")
	assert.Equal(t, []string{"sign_in", "link_start"}, w.actions())
}

func codeAddress(page string) string {
	_, rest, _ := strings.Cut(page, `src="/link/code.png`)
	address, _, _ := strings.Cut(rest, `"`)
	return address
}

func TestConnectingAgain(t *testing.T) {
	w := newWorld(t)
	w.link.set(outages()[bot.LinkReplaced])
	b := w.signedIn(t, charge)
	assert.Equal(t, "/link", b.post("/link/reconnect").Header.Get("Location"))
	w.link.fail(errDisk)
	for _, path := range []string{"/link/reconnect", "/link/start"} {
		got := b.post(path)
		assert.Equal(t, http.StatusBadGateway, got.StatusCode)
		assert.Contains(t, got.body, "This could not be done just now.")
		assert.NotContains(t, got.body, "disk", "the cause is for the log")
	}
	assert.Equal(t, []string{"reconnect", "reconnect", "start"}, w.link.asked)
	assert.Equal(t, []string{"sign_in", "link_reconnect", "link_reconnect", "link_start"}, w.actions())
	w.office.fail(errDisk)
	assert.Equal(t, http.StatusInternalServerError, b.post("/link/reconnect").StatusCode)
	assert.Len(t, w.link.asked, 3, "nothing is done that cannot be written into the audit")
}

func TestWhatHasHappenedToTheLink(t *testing.T) {
	w := newWorld(t)
	for i := range 25 {
		w.happened = append(w.happened, bot.LinkEvent{At: ago(60 + i), State: bot.LinkOffline, Reason: fmt.Sprintf("cause %02d", i)})
	}
	w.happened = append(w.happened, bot.LinkEvent{At: ago(60 * 24 * 31), State: bot.LinkBanned})
	w.undelivered = 7
	body := w.signedIn(t, charge).get("/link").body
	assert.Contains(t, body, "cause 19")
	assert.NotContains(t, body, "cause 20", "the last 20")
	assert.Contains(t, body, `Cut off</dt><dd class="num">25</dd>`)
	assert.Contains(t, body, `Number stopped</dt><dd class="num">0</dd>`, "31 days ago does not count")
	assert.Contains(t, body, `<b class="num">7</b><span>replies sent more than an hour ago`)
}

func TestAHelplineWithoutAChannelThatIsLinked(t *testing.T) {
	w := newWorld(t)
	in, err := inbox.New(inbox.Options{Bot: w.office, Store: w.office, Unit: bot.DefaultUnit(), Clock: w.clock, Log: slog.New(slog.NewTextHandler(&bytes.Buffer{}, nil))})
	require.NoError(t, err)
	server := httptest.NewServer(in.Handler())
	t.Cleanup(func() { in.Close(); server.Close() })
	w.url = server.URL
	b := w.signedIn(t, charge)
	body := b.get("/link").body
	assert.Contains(t, body, "No WhatsApp is set up here.")
	assert.NotContains(t, body, startButton)
	assert.NotContains(t, body, `class="strip" id="strip" role="alert" aria-live="polite"><p>`)
	for _, path := range []string{"/link/start", "/link/reconnect"} {
		assert.Equal(t, http.StatusNotFound, b.post(path).StatusCode)
	}
	assert.Equal(t, http.StatusNotFound, b.get("/link/code.png").StatusCode)
}

// Every page says so while messages do not come and go.
func TestTheStripOnEveryPage(t *testing.T) {
	const waits = "What you write waits here and goes out by itself."
	tests := []struct {
		name  string
		link  bot.Link
		shown bool
	}{
		{"online", online(), false},
		{"connecting for 20 s", bot.Link{State: bot.LinkConnecting, Since: morning.Add(-20 * time.Second)}, false},
		{"connecting for longer", bot.Link{State: bot.LinkConnecting, Since: morning.Add(-21 * time.Second)}, true},
	}
	for state, link := range outages() {
		tests = append(tests, struct {
			name  string
			link  bot.Link
			shown bool
		}{string(state), link, true})
	}
	w := newWorld(t)
	viewers, charges := w.signedIn(t, viewer), w.signedIn(t, charge)
	for _, test := range tests {
		w.link.set(test.link)
		for _, path := range []string{"/", "/?part=live", "/conversations/1", "/conversations/1?part=live", "/conversations/99"} {
			for who, b := range map[string]*browser{"viewer": viewers, "charge": charges} {
				body := b.get(path).body
				assert.Equal(t, test.shown, strings.Contains(body, waits), "%s: %s for %s", test.name, path, who)
				assert.Equal(t, test.shown && who == "charge", strings.Contains(body, `<a href="/link">What to do</a>`), "%s: %s for %s", test.name, path, who)
			}
		}
		assert.Equal(t, test.shown, strings.Contains(charges.get("/link").body, waits), test.name)
	}
	w.link.set(outages()[bot.LinkOffline])
	assert.Contains(t, charges.get("/").body, "since today 01:12")
	assert.NotContains(t, w.browser(t).get("/sign-in").body, waits, "it is for officers")
	assert.NotContains(t, viewers.get("/").body, `href="/link"`, "no entry that would be refused")
	assert.Contains(t, charges.get("/").body, `href="/link"`)
}

// An open page hears of the link, and of its codes if it may see them.
func TestAStreamTellsOfTheLink(t *testing.T) {
	w := newWorld(t)
	ofViewer, _ := w.signedIn(t, viewer).stream()
	ofCharge, _ := w.signedIn(t, charge).stream()
	next(ofViewer, "hello")
	next(ofCharge, "hello")
	link := outages()[bot.LinkLoggedOut]
	w.link.set(link)
	assert.Empty(t, next(ofViewer, "link"))
	assert.Empty(t, next(ofCharge, "link"))
	link.Code = "2@first"
	w.link.set(link)
	assert.Empty(t, next(ofCharge, "link"), "a code has come")
	w.says(sunita, morning, "और")
	assert.Equal(t, " 1", nextOf(ofViewer), "which is nothing to a viewer")
}

// nextOf reads up to the data of the next event, whatever its name.
func nextOf(lines func() string) string {
	for line := lines(); line != "EOF"; line = lines() {
		if data, found := strings.CutPrefix(line, "data:"); found {
			return data
		}
	}
	return "the stream has ended"
}

func TestAStreamTellsThatTheLinkIsSlow(t *testing.T) {
	w := newWorld(t)
	w.link.set(bot.Link{State: bot.LinkConnecting, Since: morning})
	lines, _ := w.signedIn(t, viewer).stream()
	next(lines, "hello")
	w.clock.Set(morning.Add(21 * time.Second))
	assert.Empty(t, next(lines, "link"), "the strip comes up though the state is the same")
}
