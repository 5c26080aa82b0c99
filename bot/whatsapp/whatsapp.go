package whatsapp

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types/events"

	"mitan/bot"
	"mitan/bot/whatsapp/ratchet"
)

// ChannelName is the name of this channel.
const ChannelName = "whatsapp"

// Limits of a reply's pause, in which the resident sees "typing…".
const (
	leastPause = time.Second
	mostPause  = 3 * time.Second
)

// Helpline is what the channel needs of the bot.
type Helpline interface {
	Receive(ctx context.Context, in bot.Incoming) error
	Release(ctx context.Context) error
	FromGroup(ctx context.Context, m bot.GroupMessage) (reply string, err error)
	IdentityChanged(ctx context.Context, channel, address string) error
	SetDelivery(ctx context.Context, channel, externalID string, to bot.Delivery) error
	SetPayload(ctx context.Context, id int64, payload []byte) error
	SendAgain(ctx context.Context, channel, externalID string) (at bot.Delivery, fresh bool, err error)
	Payload(ctx context.Context, channel, address, externalID string) ([]byte, error)
	LinkChanged(l bot.Link)
	Wake()
}

// Store is what the channel reads and writes of what is kept.
type Store interface {
	OpenMedia(ctx context.Context, id int64) (io.ReadSeekCloser, error)
	AddLinkEvent(ctx context.Context, e bot.LinkEvent) error
	LinkEvents(ctx context.Context, limit int) ([]bot.LinkEvent, error)
	// LastHeard is the stamp of the newest message of a resident on a channel;
	// zero if there is none.
	LastHeard(ctx context.Context, channel string) (time.Time, error)
}

// Options are what a WhatsApp is made of.
type Options struct {
	Devices  *sql.DB // whatsmeow's own tables, with the settings of store.OpenDevices
	Store    Store
	Unit     *bot.Unit
	Clock    bot.Clock // for what is shown and stored; waiting goes by the machine's
	Log      *slog.Logger
	Dir      string    // for files on their way; emptied at the start
	Loopback *Loopback // nil for the real service
}

// WhatsApp is the linked device. It is a [bot.Messenger], a [bot.Linker] and a
// [bot.Poster], safe for concurrent use.
type WhatsApp struct {
	unit     *bot.Unit
	store    Store
	clock    bot.Clock
	log      *slog.Logger
	dir      string
	loopback *Loopback
	devices  *sqlstore.Container
	helpline Helpline
	patience time.Duration // with a login, see loginWait

	client   atomic.Pointer[whatsmeow.Client] // nil until the first connection
	signals  chan any                         // to the loop that holds the link up
	errands  chan func(context.Context)       // what may be late or lost: read marks, typing, calls refused
	catching atomic.Bool                      // a backlog is coming in
	heard    atomic.Int64                     // when its last message came, Unix nanoseconds
	arriving atomic.Int64                     // messages and receipts on their way into the store
	gate     ratchet.Gate                     // one message at a time is sealed or opened
	unread   newestIDs                        // of ours that a phone could not read once already
	aliases  sync.Map                         // address to the alias that the bot has been told of
	changed  sync.Map                         // people whose phones are not those that a message was sealed for
	expired  waiting                          // media that the phone was asked for again
	reads    reads                            // messages to be marked as read

	background sync.WaitGroup // what goes on beside and ends with ctx

	mu   sync.Mutex
	link bot.Link
}

var (
	_ bot.Messenger = (*WhatsApp)(nil)
	_ bot.Linker    = (*WhatsApp)(nil)
	_ bot.Poster    = (*WhatsApp)(nil)
)

// maxErrands is how many errands may wait; then they are left out.
const maxErrands = 4096

// New makes the channel and brings whatsmeow's tables up to date. Connect it to
// the helpline before it runs.
func New(ctx context.Context, o Options) (*WhatsApp, error) {
	w := &WhatsApp{
		unit: o.Unit, store: o.Store, clock: o.Clock, log: o.Log, dir: o.Dir, loopback: o.Loopback,
		signals: make(chan any, 64), errands: make(chan func(context.Context), maxErrands),
		patience: loginWait,
		gate:     ratchet.Gate{Unsynced: bot.Unsynced},
		expired:  waiting{answers: map[string]chan *events.MediaRetry{}},
	}
	if err := w.sweep(); err != nil {
		return nil, fmt.Errorf("the folder of files on their way: %w", err)
	}
	w.devices = sqlstore.NewWithDB(o.Devices, "sqlite3", w.library())
	if err := w.devices.Upgrade(ctx); err != nil {
		return nil, fmt.Errorf("open the linked device: %w", err)
	}
	// Else the first message to somebody after a start is sealed with the keys of
	// their phone for each of their devices: this version of whatsmeow forgets the
	// device where it reads the names of a person from the database.
	if err := w.devices.LIDMap.FillCache(ctx); err != nil {
		return nil, fmt.Errorf("read the names of people: %w", err)
	}
	muteSignal()
	w.loopback.trust()
	nameDevice()
	w.link = bot.Link{State: bot.LinkConnecting, Since: o.Clock.Now()}
	return w, nil
}

// sweep makes the folder of files on their way, without those that a killed
// program has left there.
func (w *WhatsApp) sweep() error {
	if err := os.RemoveAll(w.dir); err != nil {
		return err
	}
	return os.MkdirAll(w.dir, 0o700)
}

// Connect says which helpline the messages are for.
func (w *WhatsApp) Connect(h Helpline) { w.helpline = h }

// Name is [ChannelName].
func (w *WhatsApp) Name() string { return ChannelName }

// Polls tells whether menus are also sent as polls.
func (w *WhatsApp) Polls() bool { return w.unit.WhatsApp.Polls }

// Pause is one to three seconds where typing is shown, else 0.
func (w *WhatsApp) Pause() time.Duration {
	if !w.unit.WhatsApp.Typing {
		return 0
	}
	return leastPause + rand.N(mostPause-leastPause) //nolint:gosec // as a person's would be
}

// Run holds the link up until ctx ends.
func (w *WhatsApp) Run(ctx context.Context) error {
	var work sync.WaitGroup
	work.Go(func() { w.runErrands(ctx) })
	err := w.hold(ctx)
	work.Wait()
	w.background.Wait()
	return err
}

// errand does something beside the turns, if there is room for it.
func (w *WhatsApp) errand(do func(context.Context)) {
	select {
	case w.errands <- do:
	default:
		w.log.Warn("whatsapp: too much to do at once: a read mark or a typing mark is left out")
	}
}

// errandDeadline bounds one errand.
const errandDeadline = 20 * time.Second

func (w *WhatsApp) runErrands(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case do := <-w.errands:
			ctx, cancel := context.WithTimeout(ctx, errandDeadline)
			do(ctx)
			cancel()
		}
	}
}
