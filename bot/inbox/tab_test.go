package inbox_test

import (
	"context"
	"fmt"
	"os"
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
)

// Patience with a slow machine: for a whole test, and for one thing to show.
const (
	tabPatience = 3 * time.Minute
	patience    = 30 * time.Second
)

// A tab is a page in a real browser, with what the browser complained of.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu         sync.Mutex
	complaints []string
}

// newTab starts a Chromium with a profile of its own, or skips the test.
func newTab(t *testing.T, width, height int64, scheme string) *tab {
	t.Helper()
	return newTabWith(t, width, height, scheme)
}

// newTabWith is newTab with more of Chromium's own switches.
func newTabWith(t *testing.T, width, height int64, scheme string, flags ...string) *tab {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{
		chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.ExecPath(findChromium(t)),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(int(width), int(height)),
	}
	for _, flag := range append(flags, "disable-quic", "disable-background-networking", "disable-component-update", "disable-sync") {
		options = append(options, chromedp.Flag(flag, true))
	}
	ctx, cancel := context.WithTimeout(context.Background(), tabPatience+offlineFor(t))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx}
	require.NoError(t, chromedp.Listen(ctx, b.listen))
	b.do(chromedp.EmulateViewport(width, height), chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, log.Enable, cdp.Empty{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	}))
	return b
}

func findChromium(t *testing.T) string {
	t.Helper()
	for _, path := range []string{"/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"} {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	t.Skip("there is no Chromium here, so nothing was tried in a browser (Debian: apt install chromium)")
	return ""
}

// listen keeps violations of the policy, script errors and failed requests.
func (b *tab) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Source == log.EntrySourceSecurity {
			b.complaints = append(b.complaints, e.Entry.Text+" "+e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, fmt.Sprint(e.ExceptionDetails.Text, e.ExceptionDetails.Exception))
	}
}

func (b *tab) complained() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.complaints
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Do(b.ctx, actions...))
}

func (b *tab) open(url string) {
	b.t.Helper()
	b.do(chromedp.Navigate(url))
}

func (b *tab) click(selector string) {
	b.t.Helper()
	// An update may put another in its place just then.
	require.EventuallyWithT(b.t, func(c *assert.CollectT) {
		assert.NoError(c, chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(selector))))
	}, patience, 50*time.Millisecond, selector)
}

func (b *tab) write(selector, text string) {
	b.t.Helper()
	b.do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// upload chooses a file in a field.
func (b *tab) upload(selector, path string) {
	b.t.Helper()
	b.do(chromedp.SetUploadFiles(chromedp.CSS(selector), []string{path}))
}

func (b *tab) scriptsOff() {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
}

// value is what a JavaScript expression gives.
func (b *tab) value(expression string) string {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](expression))
	require.NoError(b.t, err)
	return value
}

func (b *tab) text(selector string) (text string) {
	b.t.Helper()
	// An update may put another in its place just then.
	require.EventuallyWithT(b.t, func(c *assert.CollectT) {
		var err error
		text, err = chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS(selector)))
		assert.NoError(c, err)
	}, patience, 50*time.Millisecond, selector)
	return text
}

// until waits until a JavaScript expression is true, over page loads too.
func (b *tab) until(expression string) {
	b.t.Helper()
	require.Eventually(b.t, func() bool {
		holds, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		return err == nil && holds
	}, patience, 50*time.Millisecond, "%s", expression)
}

func (b *tab) shows(selector string) {
	b.t.Helper()
	b.until(fmt.Sprintf("document.querySelector(%q)", selector))
}

func (b *tab) picture() []byte {
	b.t.Helper()
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	require.NoError(b.t, err)
	return picture
}

func (b *tab) signIn(w *world, who int) {
	b.t.Helper()
	b.signInAt(w.url, who)
}

func (b *tab) signInAt(url string, who int) {
	b.t.Helper()
	b.open(url + "/sign-in")
	b.write(`input[name=login]`, logins[who])
	b.write(`input[name=password]`, password)
	b.click(`form[action="/sign-in"] button`)
	b.shows(`#queue`)
}
