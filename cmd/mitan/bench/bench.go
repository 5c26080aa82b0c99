// Package bench measures the helpline's turns against what the disk allows.
//
// It runs the real thing: a store on disk, the flows in Hindi, a bot whose
// outbox is sent. What it compares with is measured in the same run, in the
// same database: the same rows, written by a bare loop of prepared statements
// ([store.Store.Ceiling]).
package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"slices"
	"time"

	"mitan/bot"
	"mitan/flows"
	"mitan/locales"
	"mitan/store"
)

// Options say what to measure.
type Options struct {
	Data      string // folder on the disk to measure; "" for the system's temporary one
	Conc      int    // turns at a time
	Residents int    // at least Conc
	Messages  int    // that are in the log before, spread over the residents
	Time      time.Duration
	Rounds    int // reports that each resident files, if the time does not end before; 0 for no end
}

// A Result is what was measured. Its JSON is what `mitan bench --json` prints.
type Result struct {
	Peer      string  `json:"peer"`
	Mode      string  `json:"mode"`
	Durable   bool    `json:"durable"` // each turn was on the disk before it was acked
	Conc      int     `json:"conc"`
	PerSec    float64 `json:"steps_per_s"` // until the last reply was sent
	P50       int64   `json:"p50_us"`
	P99       int64   `json:"p99_us"`
	RSS       float64 `json:"rss_mb"`
	Ratio     float64 `json:"ceiling_ratio"`           // of the bare loop's turns a second
	OneRow    float64 `json:"one_row_ratio,omitempty"` // the median turn's time to that of a commit of one row; alone only
	Turns     int     `json:"turns"`
	Residents int     `json:"residents"`
	Messages  int     `json:"messages"`
}

// Run measures in a folder of its own, which it removes.
func Run(ctx context.Context, o Options) (r Result, err error) {
	if o.Conc < 1 || o.Residents < o.Conc {
		return r, fmt.Errorf("bench: %d turns at a time need as many residents, not %d", o.Conc, o.Residents)
	}
	if o.Messages < 0 || o.Time <= 0 {
		return r, errors.New("bench: messages must be 0 or more, and the time above 0")
	}
	dir, err := os.MkdirTemp(o.Data, "mitan-bench-")
	if err != nil {
		return r, fmt.Errorf("bench: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	debug.FreeOSMemory() // of a measurement before, so that the memory is this one's
	if r, err = measure(ctx, dir, o); err != nil {
		return r, fmt.Errorf("bench: %w", err)
	}
	return r, nil
}

func measure(ctx context.Context, dir string, o Options) (r Result, err error) {
	s, err := prepare(ctx, dir, o)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	load, err := lead(ctx, s, o)
	if err != nil {
		return r, err
	}
	r = Result{
		Peer: "mitan", Mode: "report", Durable: true,
		Conc: o.Conc, Residents: o.Residents, Messages: o.Messages, Turns: len(load.took),
		PerSec: float64(len(load.took)) / load.elapsed.Seconds(),
		P50:    percentile(load.took, 50).Microseconds(), P99: percentile(load.took, 99).Microseconds(),
	}
	if r.RSS, err = memory(); err != nil {
		return r, err
	}
	ceiling, err := s.Ceiling(ctx, load.recorded, copies(o.Residents))
	if err != nil {
		return r, err
	}
	r.Ratio = r.PerSec / ceiling.PerSecond()
	if o.Conc == 1 {
		r.OneRow = float64(percentile(load.took, 50)) / float64(ceiling.OneRow)
	}
	return r, nil
}

// prepare makes the database with its residents.
func prepare(ctx context.Context, dir string, o Options) (*store.Store, error) {
	s, err := store.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	if err := s.Prefill(ctx, channelName, o.Residents, o.Messages, time.Now()); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// lead leads the residents' talks for the time that is set, until the last
// reply is sent.
func lead(ctx context.Context, s *store.Store, o Options) (*load, error) {
	catalog, err := locales.Load(nil)
	if err != nil {
		return nil, err
	}
	unit := bot.DefaultUnit()
	l := newLoad(s, o)
	b := bot.New(bot.Options{
		Store: &recorder{Store: s, load: l}, Dialogue: flows.Dialogue(catalog, unit), Clock: l.clock, Unit: unit,
		Catalog: catalog, Log: slog.New(slog.DiscardHandler), Channels: []bot.Channel{nowhere{}},
	})
	running, stop := context.WithCancel(ctx)
	stopped := make(chan error, 1)
	go func() { stopped <- b.Run(running) }()
	err = l.run(ctx, b)
	stop()
	return l, errors.Join(err, <-stopped)
}

// percentile is the time within which so many in a hundred were done. It sorts.
func percentile(took []time.Duration, percent int) time.Duration {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return took[min(len(took)*percent/100, len(took)-1)]
}
