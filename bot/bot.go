package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"mitan/locales"
)

// Options are what a Bot is made of. All but Channels, Tips, Linker, Alert, Poster
// and Reader are needed.
type Options struct {
	Store    Store
	Dialogue Dialogue
	Clock    Clock
	Unit     *Unit
	Catalog  *locales.Catalog
	Tips     []Tip // the weekly tips, in their order
	Log      *slog.Logger
	Channels []Channel
	Linker   Linker  // the channel that is linked to a telephone number; nil if none is
	Alert    Alerter // told when that link is down; nil for nobody
	Poster   Poster  // writes to the officers' group; nil for none
	Reader   Reader  // reads the words in pictures; nil for none
}

// Bot answers residents and serves the officers' desk. Its methods are safe
// for concurrent use.
type Bot struct {
	store    Store
	dialogue Dialogue
	clock    Clock
	unit     *Unit
	catalog  *locales.Catalog
	tips     []Tip
	log      *slog.Logger
	channels map[string]Channel
	linker   Linker
	alerter  Alerter
	poster   Poster
	reader   Reader

	lanes    lanes
	recent   recent
	changes  changes
	wakeup   chan struct{}
	hurry    chan struct{} // timers have been made due
	outbox   outbox
	rests    rests
	fetching fetching
	reading  sync.Mutex // held while a picture is read
	watch    linkWatch
	// linkChanges are states of the link that are to be written down.
	linkChanges chan Link
	notices     notices
}

// New makes a Bot. It does nothing on its own until Run.
func New(o Options) *Bot {
	b := &Bot{
		store: o.Store, dialogue: o.Dialogue, clock: o.Clock, unit: o.Unit,
		catalog: o.Catalog, tips: o.Tips, log: o.Log,
		channels: map[string]Channel{}, linker: o.Linker, alerter: o.Alert, poster: o.Poster, reader: o.Reader,
		lanes:  lanes{waiting: map[string]*lane{}},
		recent: newRecent(),
		outbox: outbox{slow: map[int64]*sending{}},
		rests:  newRests(),
		wakeup: make(chan struct{}, 1),

		fetching:    fetching{beside: make(chan struct{}, maxSlowMedia)},
		linkChanges: make(chan Link, linkQueue),
		hurry:       make(chan struct{}, 1),
	}
	for _, c := range o.Channels {
		b.channels[c.Name()] = c
	}
	return b
}

// Run sends the outbox, wakes timers, fetches media and reads pictures, queues the weekly tips,
// watches the link and tells the officers' group until ctx ends. It returns nil then.
func (b *Bot) Run(ctx context.Context) error {
	var work sync.WaitGroup
	work.Go(func() { b.runOutbox(ctx) })
	work.Go(func() { b.runSchedule(ctx) })
	work.Go(func() { b.runMedia(ctx) })
	work.Go(func() { b.runReading(ctx) })
	work.Go(func() { b.runLink(ctx) })
	work.Go(func() { b.runNotices(ctx) })
	work.Wait()
	return nil
}

// wake tells the workers that there may be something to do.
func (b *Bot) wake() {
	select {
	case b.wakeup <- struct{}{}:
	default:
	}
}

// ended tells an error that only says that the program stops.
func ended(ctx context.Context, err error) bool {
	return ctx.Err() != nil && errors.Is(err, ctx.Err())
}
