package inbox_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// sameWindow puts a tab before the others of the window, which are hidden then.
var sameWindow = chromedp.WithNewWindow(false)

const lastWords = `[...document.querySelectorAll(".entry.in")].pop().innerText`

// front brings the tab before the others of its window.
func (b *tab) front() {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.BringToFront, cdp.Empty{})
		return err
	}))
	b.until(`!document.hidden`)
}

// offline cuts the tab from the network, or gives it back.
func (b *tab) offline(off bool) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		if _, err := cdp.Call(ctx, target, network.OverrideNetworkState,
			network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}},
		})
		return err
	}))
}

// A browser has six connections to a server without TLS, and an open page holds
// one for its stream. Seven pages answer all the same, and each shows what came
// while it was hidden as soon as it is seen.
func TestSevenTabsOfOneBrowser(t *testing.T) {
	w := newWorld(t)
	first := newTab(t, 1366, 768, "light")
	first.signIn(w, officer)
	tabs := []*tab{first}
	for range 6 {
		b := first.another(sameWindow)
		b.front()
		b.open(w.url + "/conversations/2")
		b.until(isLive)
		tabs = append(tabs, b)
	}
	first.until(`document.hidden`)
	w.says(ramesh, morning, "सातों के लिए")
	tabs[6].until(lastWords + `.includes("सातों के लिए")`)
	first.open(w.url + "/conversations/2")
	for _, b := range tabs {
		b.front()
		b.until(lastWords + `.includes("सातों के लिए")`)
		b.until(isLive)
		assert.Empty(t, b.complained())
	}
}

// A hidden page goes on ringing, though another is looked at that does not.
func TestAHiddenPageRings(t *testing.T) {
	w := newWorld(t)
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	other := b.another(sameWindow)
	other.front()
	other.open(w.url + "/account")
	b.front()
	b.until(isLive)
	b.click(`#bell`)
	b.until(`document.querySelector("#bell").getAttribute("aria-pressed") === "true"`)
	require.NoError(t, w.Claim(t.Context(), w.officers[second], sunita, false))
	b.until(`!document.querySelector("#golden [data-ring]")`)
	rung := b.value(`document.body.dataset.rung || "0"`)
	other.front()
	b.until(`document.hidden`)
	w.amend(sunita, func(c *bot.Conversation) { c.State, c.Officer, c.OfficerName = bot.Waiting, 0, "" })
	b.until(`Number(document.body.dataset.rung || 0) > ` + rung)
}

// offlineFor is how long a page is offline.
func offlineFor(t *testing.T) time.Duration {
	t.Helper()
	set := os.Getenv("MITAN_OFFLINE")
	if set == "" {
		return 5 * time.Second
	}
	length, err := time.ParseDuration(set)
	require.NoError(t, err, "MITAN_OFFLINE")
	return length
}

// A page that was cut off from the network for a time (five seconds, or what
// MITAN_OFFLINE says; the CI says 5m) says so, keeps what is being written, and shows afterwards
// what came meanwhile.
func TestAPageThatWasOffline(t *testing.T) {
	length := offlineFor(t)
	w, _ := held(t)
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.open(w.url + "/conversations/2")
	b.until(isLive)
	b.offline(true)
	b.until(`document.querySelector("#live").classList.contains("lost")`)
	b.write(replyField, "लिखते-लिखते कट गया")
	w.says(ramesh, morning, "कटे रहते आया")
	time.Sleep(length)
	assert.NotContains(t, b.value(lastWords), "कटे रहते आया")
	b.offline(false)
	b.until(isLive)
	b.until(lastWords + `.includes("कटे रहते आया")`)
	b.until(`document.querySelector("` + replyField + `").value === "लिखते-लिखते कट गया"`)
}
