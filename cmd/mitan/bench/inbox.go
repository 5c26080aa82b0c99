package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/alexedwards/argon2id"

	"mitan/bot"
	"mitan/bot/inbox"
	"mitan/flows"
	"mitan/flows/fraud"
	"mitan/locales"
	"mitan/store"
)

// InboxOptions say what of the inbox to measure.
type InboxOptions struct {
	Data      string // folder on the disk; "" for the system's temporary one
	Tabs      int    // open pages of officers that are kept up to date
	Residents int
	Messages  int     // in the log before, spread over the residents
	PerSecond float64 // turns of residents a second meanwhile
	Time      time.Duration
}

// tabsEach is how many of the open pages are one officer's: an address may sign
// in thirty officers at once.
const tabsEach = 10

// officerPassword is of the officers of the bench, who are gone with its folder.
const officerPassword = "sunny-gate-42"

// An InboxResult is what was measured. Its JSON is what `mitan bench inbox
// --json` prints.
type InboxResult struct {
	Tabs      int                   `json:"tabs"`
	Residents int                   `json:"residents"`
	Messages  int                   `json:"messages"`
	PerSec    float64               `json:"turns_per_s"`   // that were written meanwhile
	Updates   float64               `json:"updates_per_s"` // that the tabs asked for and got
	Pages     map[string]PageResult `json:"pages"`
	Cold      int                   `json:"first_load_bytes"` // over the wire
	Warm      int                   `json:"warm_load_bytes"`
	Update    int                   `json:"live_update_bytes"`
}

// A PageResult is how long a page took, beside a bare handler that writes the
// same bytes on the same machine at the same time.
type PageResult struct {
	P50   int64   `json:"p50_us"`
	P95   int64   `json:"p95_us"`
	Bare  int64   `json:"bare_p95_us"`
	Ratio float64 `json:"ratio"` // of the two p95
	Bytes int     `json:"bytes"` // of the page, unpacked
	Times int     `json:"times"`
}

// Inbox measures in a folder of its own, which it removes.
func Inbox(ctx context.Context, o InboxOptions) (r InboxResult, err error) {
	if o.Tabs < 1 || o.Residents < 100 || o.Messages < 0 || o.Time <= 0 {
		return r, errors.New("bench: there must be a tab, a hundred residents, and a time above 0")
	}
	dir, err := os.MkdirTemp(o.Data, "mitan-bench-")
	if err != nil {
		return r, fmt.Errorf("bench: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := prepare(ctx, dir, Options{Residents: o.Residents, Messages: o.Messages})
	if err != nil {
		return r, fmt.Errorf("bench: %w", err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if r, err = measureInbox(ctx, s, o); err != nil {
		return r, fmt.Errorf("bench: %w", err)
	}
	return r, nil
}

// A desk is a running helpline with its inbox on loopback.
type desk struct {
	o     InboxOptions
	store *store.Store
	bot   *bot.Bot
	url   string // of the inbox
	bare  *bare

	turns, updates, updateBytes atomic.Int64
}

func measureInbox(ctx context.Context, s *store.Store, o InboxOptions) (r InboxResult, err error) {
	d, stop, err := openDesk(ctx, s, o)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	officers := (o.Tabs + tabsEach - 1) / tabsEach
	browsers := make([]*browser, officers)
	for i := range browsers {
		if browsers[i], err = d.signIn(ctx, i); err != nil {
			return r, err
		}
	}
	r = InboxResult{Tabs: o.Tabs, Residents: o.Residents, Messages: o.Messages}
	if err := d.fillQueue(ctx); err != nil {
		return r, err
	}
	if r.Cold, r.Warm, err = browsers[0].weigh(ctx); err != nil {
		return r, err
	}
	working, end := context.WithCancel(ctx)
	var work sync.WaitGroup
	for i := range o.Tabs {
		work.Go(func() { d.tab(working, browsers[i/tabsEach], i) })
	}
	work.Go(func() { d.residentsWrite(working) })
	start := time.Now()
	r.Pages, err = d.pages(ctx, browsers[0])
	took := time.Since(start).Seconds()
	r.PerSec, r.Updates = float64(d.turns.Load())/took, float64(d.updates.Load())/took
	r.Update = int(d.updateBytes.Load() / max(d.updates.Load(), 1))
	end()
	work.Wait()
	return r, err
}

// openDesk starts the bot, the inbox and the bare handler.
func openDesk(ctx context.Context, s *store.Store, o InboxOptions) (*desk, func() error, error) {
	catalog, err := locales.Load(nil)
	if err != nil {
		return nil, nil, err
	}
	unit, log := bot.DefaultUnit(), slog.New(slog.DiscardHandler)
	b := bot.New(bot.Options{
		Store: s, Dialogue: flows.Dialogue(catalog, unit), Clock: bot.SystemClock{}, Unit: unit,
		Catalog: catalog, Log: log, Channels: []bot.Channel{nowhere{}},
	})
	io := inbox.Options{
		Bot: b, Store: s, Unit: unit, Clock: bot.SystemClock{}, Log: log,
		Kind: func(lang locales.Lang, key string) string { return catalog.Text(lang, "kind."+key, nil) },
	}
	for _, k := range fraud.Kinds() {
		io.Kinds = append(io.Kinds, k.Key)
	}
	web, err := inbox.New(io)
	if err != nil {
		return nil, nil, err
	}
	d := &desk{o: o, store: s, bot: b, bare: &bare{}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	d.url = "http://" + listener.Addr().String()
	mux := http.NewServeMux()
	mux.Handle("/bare", d.bare)
	mux.Handle("/", web.Handler())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	running, cancel := context.WithCancel(ctx)
	stopped := make(chan error, 1)
	go func() { stopped <- b.Run(running) }()
	go func() { _ = server.Serve(listener) }()
	return d, func() error {
		web.Close()
		cancel()
		return errors.Join(server.Close(), <-stopped)
	}, nil
}

// signIn adds an officer and opens a browser for them.
func (d *desk) signIn(ctx context.Context, n int) (*browser, error) {
	hash, err := argon2id.CreateHash(officerPassword, &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		return nil, err
	}
	login := fmt.Sprintf("officer%d", n)
	_, err = d.store.AddOfficer(ctx, bot.Officer{Login: login, Name: "SI " + login, Role: bot.RoleCharge, Password: hash, Since: time.Now()})
	if err != nil {
		return nil, err
	}
	b, err := newBrowser(d.url)
	if err != nil {
		return nil, err
	}
	return b, b.signIn(ctx, login)
}

// queueLength is how many wait in the queue when the measurement begins.
const queueLength = 60

// fillQueue lets some residents lose money and tell of it, as far as the bank.
func (d *desk) fillQueue(ctx context.Context) error {
	for resident := 1; resident <= queueLength; resident++ {
		for n, text := range []string{"1", "पैसा कट गया", "25000", "आज"} {
			if err := d.say(ctx, resident, n, text); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *desk) say(ctx context.Context, resident, n int, text string) error {
	in := bot.Incoming{
		Channel: channelName, Address: store.PrefilledAddress(resident),
		ID: fmt.Sprintf("%016X", resident<<20+n), SentAt: time.Now(), Kind: bot.Text, Text: text,
	}
	if err := d.bot.Receive(ctx, in); err != nil {
		return fmt.Errorf("a message of resident %d: %w", resident, err)
	}
	d.turns.Add(1)
	return nil
}

// residentsWrite keeps residents writing, each a report, one after the other.
func (d *desk) residentsWrite(ctx context.Context) {
	d.turns.Store(0)
	tick := time.NewTicker(time.Duration(float64(time.Second) / d.o.PerSecond))
	defer tick.Stop()
	const together = 50 // of them write at a time
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		resident := queueLength + 1 + (n%together+n/(together*len(report))*together)%(d.o.Residents-queueLength)
		if d.say(ctx, resident, 100+n, report[n/together%len(report)]) != nil {
			return
		}
	}
}
