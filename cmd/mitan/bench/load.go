package bench

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"mitan/bot"
	"mitan/store"
)

const (
	// channelName is the channel that the residents write on.
	channelName = "bench"
	// windowAlone and window are how many residents a caller leads at a time:
	// each writes in turn, until all their reports are filed.
	windowAlone = 64
	window      = 8
	// betweenMessages is how long a resident takes for an answer, on the
	// bench's clock: well within what one is answered (talk.BurstLimit).
	betweenMessages = 5 * time.Second
	// sampled says of how many residents one is recorded for the ceiling, where
	// there are enough; maxRecorded bounds the turns that are kept in memory.
	sampled     = 16
	maxRecorded = 10_000
	// drained is how often the end of the outbox is looked for.
	drained = 5 * time.Millisecond
)

// report is a loss in six steps, then how and by whom, to its case number and
// the offer of a text for the portal.
var report = []string{
	"पैसा कट गया", "25000", "कल सुबह 9 बजे", "SBI", "123456789012", "2",
	"1", "पता नहीं", "एक आदमी का फ़ोन आया, बोला बिजली कट जाएगी", "1", "1", "1", "2",
}

// load is what residents write, and what it led to.
type load struct {
	o       Options
	store   *store.Store
	clock   *steadyClock
	elapsed time.Duration

	mu       sync.Mutex
	took     []time.Duration // of each turn
	recorded []*bot.Turn     // of some residents, in the order of the commits
}

func newLoad(s *store.Store, o Options) *load {
	active := min(o.Residents, o.Conc*perCaller(o))
	return &load{o: o, store: s, clock: &steadyClock{start: time.Now(), step: betweenMessages / time.Duration(active)}}
}

// perCaller is how many residents a caller leads at a time.
func perCaller(o Options) int {
	if o.Conc == 1 {
		return min(windowAlone, o.Residents)
	}
	return min(window, o.Residents/o.Conc)
}

// steadyClock moves by the same step with each message.
type steadyClock struct {
	start time.Time
	step  time.Duration
	n     atomic.Int64
}

// Now is the time of the newest message.
func (c *steadyClock) Now() time.Time {
	return c.start.Add(time.Duration(c.n.Load()) * c.step).UTC()
}

// run lets as many callers as Conc write until the time is over, and waits
// until all replies are sent.
func (l *load) run(ctx context.Context, b *bot.Bot) error {
	start := time.Now()
	var work sync.WaitGroup
	errs := make(chan error, l.o.Conc)
	for n := range l.o.Conc {
		work.Go(func() {
			c := caller{load: l, bot: b, until: start.Add(l.o.Time)}
			err := c.run(ctx, n)
			l.mu.Lock()
			l.took = append(l.took, c.took...)
			l.mu.Unlock()
			if err != nil {
				errs <- err
			}
		})
	}
	work.Wait()
	select {
	case err := <-errs:
		return err
	default:
	}
	if err := l.drain(ctx); err != nil {
		return err
	}
	l.elapsed = time.Since(start)
	slices.SortFunc(l.recorded, func(a, b *bot.Turn) int { return int(a.In.ID - b.In.ID) })
	return nil
}

// drain waits until the outbox is empty.
func (l *load) drain(ctx context.Context) error {
	for {
		queued, err := l.store.Outbox(ctx, l.clock.Now().Add(time.Hour), 1)
		if err != nil || len(queued) == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(drained):
		}
	}
}

// caller writes for residents of its own, one message after the other.
type caller struct {
	load  *load
	bot   *bot.Bot
	until time.Time
	took  []time.Duration
	sent  int
}

// run leads the residents n+1, n+1+conc and so on, again and again.
func (c *caller) run(ctx context.Context, n int) error {
	o := c.load.o
	var mine []int
	for resident := n + 1; resident <= o.Residents; resident += o.Conc {
		mine = append(mine, resident)
	}
	for round := 0; o.Rounds == 0 || round < o.Rounds; round++ {
		for some := range slices.Chunk(mine, perCaller(o)) {
			if over, err := c.reports(ctx, some); over || err != nil {
				return err
			}
		}
	}
	return nil
}

// reports leads some residents through a report, and tells whether the time is over.
func (c *caller) reports(ctx context.Context, residents []int) (over bool, err error) {
	for _, text := range report {
		for _, resident := range residents {
			if !time.Now().Before(c.until) {
				return true, nil
			}
			if err := c.say(ctx, resident, text); err != nil {
				return false, err
			}
		}
	}
	return false, nil
}

func (c *caller) say(ctx context.Context, resident int, text string) error {
	c.load.clock.n.Add(1)
	c.sent++
	in := bot.Incoming{
		Channel: channelName, Address: store.PrefilledAddress(resident), Phone: "",
		ID: fmt.Sprintf("%016X", resident<<20+c.sent), SentAt: c.load.clock.Now(), Text: text,
	}
	start := time.Now()
	if err := c.bot.Receive(ctx, in); err != nil {
		return fmt.Errorf("a message of resident %s: %w", strconv.Itoa(resident), err)
	}
	c.took = append(c.took, time.Since(start))
	return nil
}

// recorder is the store, keeping some residents' turns for the ceiling.
type recorder struct {
	*store.Store
	load *load
}

// CommitTurn implements bot.TurnStore.
func (r *recorder) CommitTurn(ctx context.Context, t *bot.Turn) (bool, error) {
	duplicate, err := r.Store.CommitTurn(ctx, t)
	if err == nil && t.In != nil && (t.Resident-1)%int64(copies(r.load.o.Residents)) == 0 {
		r.load.mu.Lock()
		defer r.load.mu.Unlock()
		if len(r.load.recorded) < maxRecorded {
			r.load.recorded = append(r.load.recorded, t)
		}
	}
	return duplicate, err
}

// copies is for how many residents a recorded turn stands.
func copies(residents int) int {
	if residents < 100*sampled {
		return 1
	}
	return sampled
}

// nowhere is a channel that takes everything at once.
type nowhere struct{}

// Name implements bot.Channel.
func (nowhere) Name() string { return channelName }

// Send implements bot.Channel.
func (nowhere) Send(context.Context, bot.Message) error { return nil }

// Fetch implements bot.Channel.
func (nowhere) Fetch(context.Context, bot.Media, io.Writer) error { return bot.ErrGone }
