package bench

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"time"
)

// A browser is an officer's: it keeps cookies and connections.
type browser struct {
	url    string
	client *http.Client
}

func newBrowser(address string) (*browser, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	// Nothing is unpacked by itself, so that what goes over the wire can be counted.
	transport := &http.Transport{MaxIdleConnsPerHost: 2 * tabsEach, DisableCompression: true}
	return &browser{url: address, client: &http.Client{Jar: jar, Transport: transport}}, nil
}

func (b *browser) signIn(ctx context.Context, login string) error {
	form := url.Values{"login": {login}, "password": {officerPassword}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.url+"/sign-in", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	page, _, err := b.do(r)
	if err == nil && !strings.Contains(page, `id="queue"`) {
		err = fmt.Errorf("%s could not sign in", login)
	}
	return err
}

// get is a page, and how many bytes came over the wire for it.
func (b *browser) get(ctx context.Context, path string) (page string, wire int, err error) {
	return b.getParts(ctx, path, nil)
}

// parts are the marks of what an open page has, by their ids, as in the inbox's
// static/live.js.
type parts map[string]string

func (p parts) add(list string) {
	for one := range strings.SplitSeq(list, ",") {
		if id, mark, ok := strings.Cut(one, "="); ok {
			p[id] = mark
		}
	}
}

func (p parts) String() string {
	var list []string
	for id, mark := range p {
		list = append(list, id+"="+mark)
	}
	return strings.Join(list, ",")
}

// getParts is get of what the page does not have, and notes what it then has.
func (b *browser) getParts(ctx context.Context, path string, had parts) (page string, wire int, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.url+path, http.NoBody)
	if err != nil {
		return "", 0, err
	}
	r.Header.Set("Accept-Encoding", "gzip")
	r.Header.Set("Accept-Language", "hi")
	if had != nil {
		r.Header.Set("Mitan-Parts", had.String())
	}
	return b.doParts(r, had)
}

func (b *browser) do(r *http.Request) (page string, wire int, err error) { return b.doParts(r, nil) }

func (b *browser) doParts(r *http.Request, had parts) (page string, wire int, err error) {
	response, err := b.client.Do(r)
	if err != nil {
		return "", 0, err
	}
	if had != nil {
		had.add(response.Header.Get("Mitan-Parts"))
	}
	defer response.Body.Close() //nolint:errcheck // read only
	counted := &countingReader{in: response.Body}
	var body io.Reader = counted
	if response.Header.Get("Content-Encoding") == "gzip" {
		if body, err = gzip.NewReader(counted); err != nil {
			return "", 0, err
		}
	}
	data, err := io.ReadAll(body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered %s", r.URL.Path, response.Status)
	}
	return string(data), counted.n, err
}

type countingReader struct {
	in io.Reader
	n  int
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += n
	return n, err
}

var (
	inPage  = regexp.MustCompile(`(?:href|src)="(/static/[^"#]+)`)
	inMarks = regexp.MustCompile(`data-marks="([^"]*)"`)
	inStyle = regexp.MustCompile(`url\(["']?([^"')]+)`)
)

// weigh counts the bytes of a first visit to the queue, and of a later one.
func (b *browser) weigh(ctx context.Context) (cold, warm int, err error) {
	page, warm, err := b.get(ctx, "/")
	if err != nil {
		return 0, 0, err
	}
	cold = warm
	fetched := map[string]bool{}
	var fetch func(path string) error
	fetch = func(path string) error {
		if fetched[path] {
			return nil
		}
		fetched[path] = true
		text, wire, err := b.get(ctx, path)
		if err != nil {
			return err
		}
		cold += wire
		if !strings.Contains(path, ".css") {
			return nil
		}
		for _, found := range inStyle.FindAllStringSubmatch(text, -1) {
			at, err := url.Parse(path)
			if err != nil {
				return err
			}
			if at, err = at.Parse(found[1]); err != nil {
				return err
			}
			if err := fetch(at.RequestURI()); err != nil {
				return err
			}
		}
		return nil
	}
	for _, found := range inPage.FindAllStringSubmatch(page, -1) {
		if err := fetch(found[1]); err != nil {
			return 0, 0, err
		}
	}
	return cold, warm, nil
}

// tabPause is how long a tab waits after a question that took so long.
func tabPause(took time.Duration) time.Duration {
	return min(max(time.Second, 5*took), 10*time.Second) - took
}

// tab is an open page: it hears of changes and asks for its parts again, once
// at a time, as static/live.js does.
func (d *desk) tab(ctx context.Context, b *browser, n int) {
	path := "/"
	if n%2 == 1 { // half of them look at a conversation
		path = fmt.Sprintf("/conversations/%d", 1+n%queueLength)
	}
	page, _, err := b.get(ctx, path)
	if err != nil {
		return
	}
	had := parts{}
	if found := inMarks.FindStringSubmatch(page); found != nil {
		had.add(found[1])
	}
	for ctx.Err() == nil {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.url+"/events", http.NoBody)
		if err != nil {
			return
		}
		response, err := b.client.Do(r)
		if err != nil {
			return
		}
		var wanted atomic.Bool
		heard := make(chan struct{}, 1)
		go func() {
			defer close(heard)
			for lines := bufio.NewScanner(response.Body); lines.Scan(); {
				if strings.HasPrefix(lines.Text(), "event: change") && wanted.CompareAndSwap(false, true) {
					heard <- struct{}{}
				}
			}
		}()
		for range heard {
			wanted.Store(false)
			start := time.Now()
			if _, wire, err := b.getParts(ctx, path+"?part=live", had); err == nil {
				d.updates.Add(1)
				d.updateBytes.Add(int64(wire))
			}
			select {
			case <-ctx.Done():
			case <-time.After(tabPause(time.Since(start))):
			}
		}
		_ = response.Body.Close()
	}
}

// A bare handler writes the bytes that it was given, and does nothing else.
type bare struct{ page atomic.Pointer[string] }

// ServeHTTP implements http.Handler.
func (b *bare) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, *b.page.Load())
}

// searches are what officers look for.
var searches = []string{"पैसा", "बैंक", "सुनीता", "9000000", "000777", "मेरे+खाते", "Kavita", "BSP-26"}

// pages asks for the queue, conversations and searches in turn until the time
// is over, each followed by the bare handler with the same bytes.
func (d *desk) pages(ctx context.Context, b *browser) (map[string]PageResult, error) {
	kinds := []string{"queue", "conversation", "search"}
	took, plain := map[string][]time.Duration{}, map[string][]time.Duration{}
	found := map[string]PageResult{}
	path := map[string]func(i int) string{
		"queue":        func(int) string { return "/" },
		"conversation": func(i int) string { return fmt.Sprintf("/conversations/%d", 1+i*37%d.o.Residents) },
		"search":       func(i int) string { return "/search?q=" + searches[i%len(searches)] },
	}
	for i, until := 0, time.Now().Add(d.o.Time); time.Now().Before(until); i++ {
		for _, kind := range kinds {
			start := time.Now()
			page, _, err := b.get(ctx, path[kind](i))
			if err != nil {
				return nil, err
			}
			took[kind] = append(took[kind], time.Since(start))
			d.bare.page.Store(&page)
			start = time.Now()
			if _, _, err := b.get(ctx, "/bare"); err != nil {
				return nil, err
			}
			plain[kind] = append(plain[kind], time.Since(start))
			one := found[kind]
			one.Bytes = max(one.Bytes, len(page))
			found[kind] = one
		}
	}
	for _, kind := range kinds {
		one := found[kind]
		one.Times = len(took[kind])
		one.P50, one.P95 = percentile(took[kind], 50).Microseconds(), percentile(took[kind], 95).Microseconds()
		one.Bare = percentile(plain[kind], 95).Microseconds()
		one.Ratio = float64(one.P95) / float64(max(one.Bare, 1))
		found[kind] = one
	}
	return found, nil
}

// Print prints the result for people.
func (r InboxResult) Print(w io.Writer) error {
	fmt.Fprintf(w, "%d open tabs, %d conversations, %d messages, %.0f turns a second, %.0f live updates a second\n",
		r.Tabs, r.Residents, r.Messages, r.PerSec, r.Updates)
	fmt.Fprintf(w, "%-13s %8s %9s %9s %9s %7s %9s\n", "page", "times", "p50", "p95", "bare p95", "ratio", "bytes")
	for _, kind := range []string{"queue", "conversation", "search"} {
		p := r.Pages[kind]
		fmt.Fprintf(w, "%-13s %8d %6.1f ms %6.1f ms %6.1f ms %7.1f %9d\n", kind, p.Times,
			float64(p.P50)/1000, float64(p.P95)/1000, float64(p.Bare)/1000, p.Ratio, p.Bytes)
	}
	_, err := fmt.Fprintf(w, "over the wire: first load %d bytes, later %d, a live update %d\n", r.Cold, r.Warm, r.Update)
	return err
}
