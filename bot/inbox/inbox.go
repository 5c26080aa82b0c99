// Package inbox is the officers' web inbox: the queue, the conversation, and
// what an officer does in it.
//
// Start at routes.go, which names every address with the least role that may
// use it; each handler has a file of its own. Pages are made on the server
// from templates/ and work with scripts off; static/live.js only keeps an open
// page up to date. Words are in words/, one file a language.
//
// The inbox reads from a [Store] and acts through a [Desk]: it never writes a
// resident's data itself.
package inbox

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"

	"mitan/bot"
	"mitan/locales"
)

// A Desk does what officers ask for, checking their role. [*bot.Bot] is one.
type Desk interface {
	Claim(ctx context.Context, o bot.Officer, resident int64, takeOver bool) error
	Reply(ctx context.Context, o bot.Officer, resident int64, a bot.Answer) (id int64, err error)
	Note(ctx context.Context, o bot.Officer, resident int64, text string) error
	CloseConversation(ctx context.Context, o bot.Officer, resident int64) error
	ConfirmIdentity(ctx context.Context, o bot.Officer, resident int64) error
	Seen(ctx context.Context, o bot.Officer, resident int64) error
	Watch() (changes <-chan bot.Change, stop func())

	AmendCase(ctx context.Context, o bot.Officer, id, revision int64, what string, change ...bot.DraftEffect) error
	MergeCases(ctx context.Context, o bot.Officer, from, into int64) error
	SplitCase(ctx context.Context, o bot.Officer, s bot.Split) (int64, error)
	TickStep(ctx context.Context, o bot.Officer, id int64, step string, done bool) error

	Undo(ctx context.Context, o bot.Officer, resident, message int64) error
	SaveUnsent(ctx context.Context, o bot.Officer, resident int64, form bot.UnsentForm, text string) error
	Looked(ctx context.Context, o bot.Officer, resident, message int64) error
	Transfer(ctx context.Context, o bot.Officer, resident, officer int64, thana, reason string) error
	Handover(ctx context.Context, o bot.Officer, officer int64, thana, reason string) (int, error)
	AcceptTransfer(ctx context.Context, o bot.Officer, resident int64) error
	EndTransfer(ctx context.Context, o bot.Officer, resident int64) error
	SaveReadyReply(ctx context.Context, o bot.Officer, r bot.ReadyReply) error
	RemoveReadyReply(ctx context.Context, o bot.Officer, id int64) error
}

// A Store is what the inbox reads, with the officers' web sessions and the
// audit. Any [bot.Store] is one.
type Store interface {
	Conversations(ctx context.Context, f bot.ConversationFilter) ([]bot.Conversation, error)
	Conversation(ctx context.Context, resident int64) (bot.Conversation, error)
	Thread(ctx context.Context, resident, before int64, limit int) ([]bot.Message, error)
	MessageOf(ctx context.Context, resident int64, externalID string) (bot.Message, error)
	Notes(ctx context.Context, resident int64) ([]bot.Note, error)
	CasesOf(ctx context.Context, resident int64) ([]bot.Case, error)
	StoryOf(ctx context.Context, caseID int64) ([]bot.Message, error)
	Media(ctx context.Context, id int64) (bot.Media, error)
	OpenMedia(ctx context.Context, id int64) (io.ReadSeekCloser, error)

	UnsentOf(ctx context.Context, officer, resident int64) ([]bot.Unsent, error)
	UnreadOf(ctx context.Context, officer int64, residents []int64) (map[int64]int, error)
	ClaimedAt(ctx context.Context, resident int64) (time.Time, error)
	Transfers(ctx context.Context) ([]bot.Transfer, error)
	ReadyReplies(ctx context.Context) ([]bot.ReadyReply, error)
	Officers(ctx context.Context) ([]bot.Officer, error)
	MediaResident(ctx context.Context, media int64) (int64, error)

	LinkEvents(ctx context.Context, limit int) ([]bot.LinkEvent, error)
	LinkCounts(ctx context.Context, since time.Time) (map[bot.LinkState]int, error)
	Undelivered(ctx context.Context, before time.Time) (int, error)

	OfficerByLogin(ctx context.Context, login string) (bot.Officer, error)
	OfficerByID(ctx context.Context, id int64) (bot.Officer, error)
	Audit(ctx context.Context, e bot.AuditEntry) error
	bot.TrustStore
	AddOfficer(ctx context.Context, o bot.Officer) (int64, error)
	SetPassword(ctx context.Context, login, hash string, now time.Time) error

	bot.RecordReader
	SearchMessages(ctx context.Context, words string, limit int) ([]bot.Message, error)
	FindIdentifier(ctx context.Context, part string, limit int) ([]int64, error)

	scs.Store // Find, Commit and Delete of web sessions
}

// Options are what an Inbox is made of.
type Options struct {
	Bot   Desk
	Store Store
	Unit  *bot.Unit
	Clock bot.Clock
	Log   *slog.Logger
	// Secure says that browsers reach the inbox by TLS, here or at a proxy in
	// front. Cookies are then Secure and bound to the host, and a proxy on a
	// loopback or private address is believed about the browser's address.
	Secure bool
	// Kind names a kind of fraud for people. Nil shows its key.
	Kind func(lang locales.Lang, key string) string
	// Kinds are the keys of the kinds of fraud, for officers to choose from.
	Kinds []string
	// Texts are what the talk says, for the preview. Nil shows none.
	Texts Texts
	// Link is the link to the helpline's telephone number. Nil says that no
	// channel has one.
	Link bot.Linker
	// Strict asks officers in charge and administrators for a second factor, a
	// code or a passkey, before they see anything.
	Strict bool
	// Machine looks at the machine for the page of its health. Nil shows nothing
	// of it.
	Machine func() Machine
}

// Inbox serves the officers' pages. It is safe for concurrent use.
type Inbox struct {
	desk     Desk
	store    Store
	unit     *bot.Unit
	clock    bot.Clock
	log      *slog.Logger
	secure   bool
	kind     func(lang locales.Lang, key string) string
	kinds    []string
	texts    Texts      // nil if there is no talk
	link     bot.Linker // nil if no channel has one
	strict   bool
	machine  func() Machine // nil if nothing is known
	started  time.Time
	look     chainLook
	sessions *scs.SessionManager
	views    *views
	door     *door
	streams  *streams
	presence *presence

	closing sync.Once
	closed  chan struct{}
}

// New makes an Inbox. The error says what is wrong with its templates or words.
func New(o Options) (*Inbox, error) {
	views, err := loadViews()
	if err != nil {
		return nil, fmt.Errorf("load the inbox's pages: %w", err)
	}
	door, err := newDoor()
	if err != nil {
		return nil, fmt.Errorf("prepare signing in: %w", err)
	}
	in := &Inbox{
		desk: o.Bot, store: o.Store, unit: o.Unit, clock: o.Clock, log: o.Log,
		secure: o.Secure, kind: o.Kind, kinds: o.Kinds, texts: o.Texts, link: o.Link, views: views, door: door,
		strict: o.Strict, machine: o.Machine, started: o.Clock.Now(),
		streams: newStreams(), presence: newPresence(), closed: make(chan struct{}),
	}
	if in.kind == nil {
		in.kind = func(_ locales.Lang, key string) string { return key }
	}
	in.sessions = in.newSessions()
	return in, nil
}

// Handler serves every page of the inbox.
func (in *Inbox) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, route := range routes() {
		mux.Handle(route.Method+" "+route.Pattern, in.serve(route))
	}
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(in.crossOrigin))
	return in.headers(origin.Handler(mux))
}

// Close ends the open live streams, so that a server can shut down in peace.
func (in *Inbox) Close() { in.closing.Do(func() { close(in.closed) }) }

// timeout bounds what one request may wait for the store.
const timeout = 20 * time.Second
