package handset

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// Patience with a slow machine: for a whole test, and for one thing to show.
const (
	browserPatience = 2 * time.Minute
	patience        = 30 * time.Second
)

// tab is the page in a real browser, with what the browser complained of.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu         sync.Mutex
	complaints []string
}

// newTab starts a browser with a profile of its own, or skips the test where
// there is none. A complaint of the browser fails the test at its end.
func newTab(t *testing.T) *tab {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed: the page is not tried in a browser")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.Headless,
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
	}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	ctx, cancel := context.WithTimeout(context.Background(), browserPatience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return listenTo(t, ctx)
}

// another opens a second tab of the same browser.
func (b *tab) another() *tab {
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.t.Cleanup(cancel)
	return listenTo(b.t, ctx)
}

func listenTo(t *testing.T, ctx context.Context) *tab {
	b := &tab{t: t, ctx: ctx}
	require.NoError(t, chromedp.Listen(ctx, b.listen))
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, log.Enable, cdp.Empty{})
		return err
	}))
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		assert.Empty(t, b.complaints, "what the browser complained of")
	})
	return b
}

func (b *tab) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		expected := strings.Contains(e.Entry.Text, "503") || strings.HasSuffix(e.Entry.URL, "/favicon.ico")
		if !expected {
			b.complaints = append(b.complaints, e.Entry.Text+" "+e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, fmt.Sprint(e.ExceptionDetails.Text, e.ExceptionDetails.Exception))
	}
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Do(b.ctx, actions...))
}

func (b *tab) open(address string)   { b.t.Helper(); b.do(chromedp.Navigate(address)) }
func (b *tab) click(selector string) { b.t.Helper(); b.do(chromedp.Click(chromedp.CSS(selector))) }

func (b *tab) write(words string) {
	b.t.Helper()
	b.do(chromedp.SendKeys(chromedp.CSS("#text"), words))
}

func (b *tab) size(width, height int64) { b.t.Helper(); b.do(chromedp.EmulateViewport(width, height)) }

// until waits until an expression is true, over page loads too.
func (b *tab) until(expression string) {
	b.t.Helper()
	require.Eventually(b.t, func() bool {
		holds, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		return err == nil && holds
	}, patience, 30*time.Millisecond, "%s", expression)
}

// shows waits until something is visible, and hides until nothing is.
func (b *tab) shows(selector string) { b.t.Helper(); b.until(visible(selector)) }
func (b *tab) hides(selector string) { b.t.Helper(); b.until("!" + visible(selector)) }

func visible(selector string) string {
	return fmt.Sprintf("[...document.querySelectorAll(%q)].some((e) => e.checkVisibility())", selector)
}

// theme chooses light or dark.
func (b *tab) theme(name string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
		})
		return err
	}))
}

// shoot writes a screenshot into the folder that HANDSET_SHOTS names, if any.
func (b *tab) shoot(name string) {
	b.t.Helper()
	folder := os.Getenv("HANDSET_SHOTS")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	require.NoError(b.t, err)
	require.NoError(b.t, os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o600))
}

// menuScript is a helpline with a menu.
func menuScript(in bot.Incoming) []string {
	switch {
	case in.Kind == bot.Voice, in.Kind == bot.Image, in.Kind == bot.Document:
		return []string{"मिल गया। और कुछ बताना हो तो लिखिए।\nसब बता चुके हों तो *1* लिखिए।"}
	case in.Text == "1":
		return []string{"घबराइए मत, आपकी गलती नहीं है। अभी ये दो काम कीजिए:\n*1.* *1930* पर फ़ोन कीजिए।\n*2.* अपने बैंक को फ़ोन करके कहिए: \"ठगी हुई है, मेरा पैसा रोकिए।\"\nअफ़सर को ख़बर कर दी है।", "कितना पैसा गया? जैसे: 25000"}
	default:
		return []string{"बताइए, क्या मदद चाहिए? नंबर लिखिए:\n*1* ठगी हुई, या किसी ने कोशिश की\n*2* यह मैसेज असली है या नकली?\n*3* ठगी से बचने की बातें\n*4* साइबर मितान बनना है\n*5* और बातें\nपुलिस से बात करनी हो तो कभी भी *9* लिखिए।"}
	}
}

// open starts a helpline with its page, and the bot.
func open(t *testing.T) (*fakeLine, string) {
	t.Helper()
	f := newFake(t, bot.SystemClock{}, menuScript)
	server := serve(t, f)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- f.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		assert.NoError(t, <-done)
	})
	return f, server.URL
}

// number asks the page for a number.
func (b *tab) number(expression string) float64 {
	b.t.Helper()
	n, err := chromedp.Run(b.ctx, chromedp.Evaluate[float64](expression, chromedp.EvalAwaitPromise))
	require.NoError(b.t, err)
	return n
}

const (
	recordingLength = `new Promise((done, fail) => {
		const audio = new Audio(document.querySelector(".player").dataset.audio);
		audio.onloadedmetadata = () => done(audio.duration);
		audio.onerror = () => fail("the recording cannot be played");
	})`
	pictureSize = `new Promise((done) => {
		const img = document.querySelector(".picture img");
		if (img.complete) done(img.naturalWidth); else img.onload = () => done(img.naturalWidth);
	})`
)

// record sends a made-up recording as if the microphone had made it.
func (b *tab) record(d time.Duration) {
	b.t.Helper()
	script := fmt.Sprintf(`sendFile(new Blob([Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))]), "voice", %d)`,
		base64.StdEncoding.EncodeToString(Recording(d, "")), d.Milliseconds())
	b.do(chromedp.Evaluate[chromedp.Void](script))
}

func TestAPersonTalksInTheBrowser(t *testing.T) {
	f, address := open(t)
	b := newTab(t)
	f.mu.Lock()
	f.broken = 1 // the first try of the first message fails
	f.mu.Unlock()
	photo := filepath.Join(t.TempDir(), "photo.png")
	require.NoError(t, os.WriteFile(photo, Picture("आपका बिजली कनेक्शन आज रात कट जाएगा। अधिकारी से बात कीजिए"), 0o600))

	b.size(1366, 768)
	b.theme("light")
	b.open(address + "/?as=9000000001")
	b.shoot("1366-empty")

	// What is typed shows at once, is sent until it is stored, and answered.
	b.write("नमस्ते\r")
	b.shows(".own.pending")
	b.shoot("1366-pending")
	b.shows(`#choices button[data-say="9"]`)
	b.hides(".own.pending")
	b.shows(".own .ticks.seen")
	b.hides("#notice")
	b.until(`document.querySelector("#text").value === ""`)
	b.shoot("1366-menu")

	// A number is tapped.
	b.click(`#choices button[data-say="1"]`)
	b.until(`document.querySelector("#log").textContent.includes("कितना पैसा")`)
	b.hides("#choices button")

	// A sample is forwarded; a picture and a recording are sent.
	b.click("#open-attach")
	b.shows(`[data-sample="electricity"]`)
	b.shoot("1366-attach")
	b.click(`[data-sample="electricity"]`)
	b.shows(".own:not(.pending) .mark")
	b.do(chromedp.SetUploadFiles(chromedp.CSS(`#attach input[data-kind="image"]`), []string{photo}, chromedp.NodeReady))
	b.shows(".own .picture img")
	assert.EqualValues(t, pictureWidth, b.number(pictureSize))
	b.record(32 * time.Second)
	b.shows(".own .player")
	assert.InDelta(t, 32, b.number(recordingLength), 0.1)
	b.until(`document.querySelectorAll(".theirs").length === 6`)
	b.shoot("1366-media")
	b.theme("dark")
	b.shoot("1366-media-dark")

	require.Len(t, f.all(), 5, "each message was stored once")
	assert.Equal(t, "नमस्ते", f.all()[0].Text)
	assert.Equal(t, "1", f.all()[1].Text)
	b.hides("[data-unread]") // all receipts are in
	_, unread := f.count()
	assert.Zero(t, unread)

	// Another resident's talk is their own; the first one's is still there.
	b.click(`a[href*="as=9000000002"]`)
	b.until(`document.body.dataset.as === "9000000002" && !document.querySelector("#log li")`)
	b.click(`a[href*="as=9000000001"]`)
	b.shows(".own .player")
}

func TestThePageFitsAPhone(t *testing.T) {
	_, address := open(t)
	b := newTab(t)
	b.size(390, 844)
	b.theme("light")
	b.open(address + "/?as=9000000001")
	b.write("नमस्ते\r")
	b.shows(`#choices button[data-say="9"]`)
	b.shoot("390-menu")
	b.theme("dark")
	b.shoot("390-menu-dark")
	b.theme("light")
	b.click("#open-attach")
	b.shows(`[data-sample="challan"]`)
	b.shoot("390-attach")
	b.click(`[data-sample="challan"]`)
	b.shows(".own .file")
	b.record(7 * time.Second)
	b.shows(".own .player")
	b.until(`document.querySelectorAll(".theirs").length === 3`)
	b.shoot("390-file")

	b.click("[data-open-list]")
	b.shows("#list a")
	b.shoot("390-list")
	b.do(chromedp.KeyEvent("\x1b"))
	b.hides("#list a")

	b.click("a.language")
	b.until(`document.documentElement.lang === "en"`)
	b.shows(".own .file")
	b.shoot("390-en")
	assert.Zero(t, b.number("document.documentElement.scrollWidth - innerWidth"), "nothing is wider than the screen")
}

func TestTwoTabsShowTheSame(t *testing.T) {
	_, address := open(t)
	first := newTab(t)
	first.open(address)
	second := first.another()
	second.open(address)
	second.write("नमस्ते\r")
	second.shows(".theirs")
	first.until(`document.querySelectorAll("#log .bubble").length === 2`)
}

func TestWhatIsNotSentOutlivesAReload(t *testing.T) {
	f, address := open(t)
	f.mu.Lock()
	f.broken = 1 << 20
	f.mu.Unlock()
	b := newTab(t)
	b.open(address)
	b.write("नमस्ते\r")
	b.shows(".own.pending")
	b.shows("#notice")
	b.do(chromedp.Reload())
	b.shows(".own.pending")
	f.mu.Lock()
	f.broken = 0
	f.mu.Unlock()
	b.shows(".theirs")
	b.hides(".own.pending")
	assert.Len(t, f.all(), 1)
}
