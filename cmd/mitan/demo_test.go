package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// Patience with a slow machine: for the whole test, and for one thing to show.
const (
	demoPatience = 4 * time.Minute
	showPatience = 30 * time.Second
)

// The demo, as a newcomer meets it: the built program, a resident's phone and
// the officers' inbox in a browser; an officer answers, and the answer is on
// the phone. Ctrl-C leaves nothing behind. DEMO_SHOTS names a folder for
// pictures.
func TestDemoInABrowser(t *testing.T) {
	tab := newTab(t)
	demo := startDemo(t)

	tab.open(demo.phone)
	tab.until(`document.body.innerText.includes("Bijli_Bill_Update.apk")`)
	tab.shoot("phone")

	tab.open(demo.inbox)
	tab.do(chromedp.SendKeys(chromedp.CSS(`input[name=login]`), "meena"))
	tab.do(chromedp.SendKeys(chromedp.CSS(`input[name=password]`), demo.password))
	tab.do(chromedp.Click(chromedp.CSS(`form[action="/sign-in"] button`)))
	tab.until(`document.querySelector("#queue")`)
	tab.shoot("queue")
	tab.open(demo.inbox + conversationOf(tab, "90000 00001"))
	tab.shoot("inbox")
	tab.do(chromedp.Click(chromedp.CSS(`form[action*="/claim"] button`)))
	tab.until(`document.querySelector("textarea[name=text]")`)
	tab.do(chromedp.SendKeys(chromedp.CSS(`textarea[name=text]`), "बैंक को ख़बर कर दी है।"))
	tab.do(chromedp.Click(chromedp.CSS(`form[action*="/reply"] button`)))
	tab.until(`document.querySelector("#thread").innerText.includes("बैंक को ख़बर कर दी है")`)

	tab.open(demo.phone)
	tab.until(`document.body.innerText.includes("बैंक को ख़बर कर दी है")`)
	demo.stop()
}

// conversationOf is the address of the queue's row with a name.
func conversationOf(tab *demoTab, name string) string {
	tab.t.Helper()
	address, err := chromedp.Run(tab.ctx, chromedp.Evaluate[string](fmt.Sprintf(
		`[...document.querySelectorAll('a[href^="/conversations/"]')].find(a => a.innerText.includes(%q)).getAttribute("href")`, name)))
	require.NoError(tab.t, err)
	return address
}

// A demo is the running program.
type runningDemo struct {
	t                      *testing.T
	cmd                    *exec.Cmd
	dir                    string
	phone, inbox, password string
}

func startDemo(t *testing.T) *runningDemo {
	t.Helper()
	dir := t.TempDir()
	program := filepath.Join(dir, "mitan")
	built, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput()
	require.NoError(t, err, string(built))
	d := &runningDemo{t: t, dir: filepath.Join(dir, "tmp")}
	require.NoError(t, os.Mkdir(d.dir, 0o700))
	d.cmd = exec.Command(program, "demo", "--phone", "127.0.0.1:0", "--inbox", "127.0.0.1:0")
	d.cmd.Env = append(os.Environ(), "TMPDIR="+d.dir)
	d.cmd.Stderr = os.Stderr
	out, err := d.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, d.cmd.Start())
	t.Cleanup(func() { _ = d.cmd.Process.Kill() })
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.Contains(lines.Text(), "Ctrl-C") {
		d.read(lines.Text())
	}
	require.NotEmpty(t, d.phone)
	require.NotEmpty(t, d.inbox)
	require.NotEmpty(t, d.password)
	return d
}

func (d *runningDemo) read(line string) {
	address := regexp.MustCompile(`http://\S+`).FindString(line)
	switch {
	case strings.Contains(line, "phone"):
		d.phone = address
	case strings.Contains(line, "inbox"):
		d.inbox = address
	case strings.Contains(line, "password"):
		d.password = line[strings.LastIndex(line, " ")+1:]
	}
}

// stop is Ctrl-C.
func (d *runningDemo) stop() {
	d.t.Helper()
	require.NoError(d.t, d.cmd.Process.Signal(syscall.SIGINT))
	require.NoError(d.t, d.cmd.Wait())
	left, err := os.ReadDir(d.dir)
	require.NoError(d.t, err)
	require.Empty(d.t, left, "the demo leaves nothing behind")
}

// demoTab is a page in a real browser.
type demoTab struct {
	t   *testing.T
	ctx context.Context
}

func newTab(t *testing.T) *demoTab {
	t.Helper()
	const chromium = "/usr/bin/chromium"
	if _, err := os.Stat(chromium); err != nil {
		t.Skip("there is no Chromium here, so the demo was not tried in a browser (Debian: apt install chromium)")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.ExecPath(chromium),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
	}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	ctx, cancel := context.WithTimeout(context.Background(), demoPatience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	require.NoError(t, chromedp.Do(ctx, chromedp.EmulateViewport(1366, 768))) // starts the browser, which lives as long as ctx
	return &demoTab{t, ctx}
}

func (tab *demoTab) do(actions ...chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, showPatience)
	defer cancel()
	require.NoError(tab.t, chromedp.Do(ctx, actions...))
}

// open opens an address. A page that is just going on by itself, after a form
// or a live update, may abort it: then once more.
func (tab *demoTab) open(url string) {
	tab.t.Helper()
	require.Eventually(tab.t, func() bool {
		ctx, cancel := context.WithTimeout(tab.ctx, showPatience)
		defer cancel()
		return chromedp.Do(ctx, chromedp.Navigate(url)) == nil
	}, 4*showPatience, 200*time.Millisecond, "%s", url)
}

// until waits until a JavaScript expression is true.
func (tab *demoTab) until(expression string) {
	tab.t.Helper()
	require.Eventually(tab.t, func() bool {
		holds, err := chromedp.Run(tab.ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		return err == nil && holds
	}, showPatience, 50*time.Millisecond, "%s", expression)
}

// shoot takes pictures at two sizes in two themes, if they are wanted.
func (tab *demoTab) shoot(name string) {
	tab.t.Helper()
	dir := os.Getenv("DEMO_SHOTS")
	if dir == "" {
		return
	}
	for _, scheme := range []string{"dark", "light"} {
		tab.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			return err
		}))
		for _, size := range [][2]int64{{390, 844}, {1366, 768}} {
			tab.do(chromedp.EmulateViewport(size[0], size[1]), chromedp.Sleep(time.Second))
			picture, err := chromedp.Run(tab.ctx, chromedp.CaptureScreenshot())
			require.NoError(tab.t, err)
			file := fmt.Sprintf("%s-%d-%s.png", name, size[0], scheme)
			require.NoError(tab.t, os.WriteFile(filepath.Join(dir, file), picture, 0o644))
		}
	}
}
