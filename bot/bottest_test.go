package bot_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"mitan/bot"
	"mitan/flows"
	"mitan/locales"
	"mitan/store"
)

func TestMain(m *testing.M) {
	// database/sql ends its opener a moment after Close has returned.
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

// noon is a Sunday in November, 12:00 in India.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, locales.IST)

var catalog = sync.OnceValue(func() *locales.Catalog {
	c, err := locales.Load(nil)
	if err != nil {
		panic(err)
	}
	return c
})

// house is a helpline for a test: the bot on a real store, with a phone that
// can fail and a clock that is moved by hand.
type house struct {
	*testing.T
	dir      string
	dialogue bot.Dialogue
	clock    *bot.ManualClock
	unit     *bot.Unit
	phone    *phone
	channels []bot.Channel // beside the phone
	linker   bot.Linker
	alerter  bot.Alerter
	poster   bot.Poster
	reader   bot.Reader
	faults   *faults
	store    *store.Store
	bot      *bot.Bot
	given    int
}

// newHouse has the dialogue of a test, or the helpline's own if it is nil.
func newHouse(t *testing.T, dialogue bot.Dialogue) *house {
	t.Helper()
	h := &house{
		T: t, dir: t.TempDir(), dialogue: dialogue, clock: bot.NewManualClock(noon), unit: bot.DefaultUnit(),
		phone: &phone{seen: map[string]bool{}},
	}
	if dialogue == nil {
		h.dialogue = flows.Dialogue(catalog(), h.unit)
	}
	h.open()
	t.Cleanup(func() { require.NoError(t, h.store.Close()) })
	return h
}

func (h *house) open() {
	h.Helper()
	var err error
	h.store, err = store.Open(h.Context(), h.dir)
	require.NoError(h, err)
	h.faults = &faults{Store: h.store}
	h.bot = h.another()
}

// another is a second bot on the same store, as a second process would be.
func (h *house) another() *bot.Bot {
	return bot.New(bot.Options{
		Store: h.faults, Dialogue: h.dialogue, Clock: h.clock, Unit: h.unit, Catalog: catalog(),
		Tips: flows.TipList, Log: slog.New(slog.DiscardHandler), Channels: append([]bot.Channel{h.phone}, h.channels...),
		Linker: h.linker, Alert: h.alerter, Poster: h.poster, Reader: h.reader,
	})
}

// reopen ends the program and starts it again.
func (h *house) reopen() {
	h.Helper()
	require.NoError(h, h.store.Close())
	h.open()
}

// message is a new message of the nth resident.
func (h *house) message(n int, text string) bot.Incoming {
	h.given++
	h.clock.Set(h.clock.Now().Add(time.Millisecond))
	address := number(n)
	return bot.Incoming{
		Channel: h.phone.Name(), Address: address, Phone: address, ID: fmt.Sprintf("M%d", h.given),
		SentAt: h.clock.Now(), Kind: bot.Text, Text: text,
	}
}

func number(n int) string { return fmt.Sprintf("90000%05d", n) }

// say gives a new message of the nth resident.
func (h *house) say(n int, texts ...string) {
	h.Helper()
	for _, text := range texts {
		require.NoError(h, h.bot.Receive(h.Context(), h.message(n, text)))
	}
}

func (h *house) drain() {
	h.Helper()
	require.NoError(h, h.bot.Drain(h.Context()))
}

// pass lets time go by.
func (h *house) pass(d time.Duration) {
	h.Helper()
	require.NoError(h, h.bot.Advance(h.Context(), h.clock, h.clock.Now().Add(d)))
}

func (h *house) resident(n int) int64 {
	h.Helper()
	id, err := h.store.EnsureResident(h.Context(), h.phone.Name(), number(n), "", noon)
	require.NoError(h, err)
	return id
}

func (h *house) conversation(n int) bot.Conversation {
	h.Helper()
	c, err := h.store.Conversation(h.Context(), h.resident(n))
	require.NoError(h, err)
	return c
}

// thread is the log of the nth resident, the oldest first.
func (h *house) thread(n int) []bot.Message {
	h.Helper()
	messages, err := h.store.Thread(h.Context(), h.resident(n), 0, 50_000)
	require.NoError(h, err)
	return messages
}

// told are the texts of the nth resident's messages, replies those to them.
func (h *house) told(n int) []string    { return h.texts(n, true) }
func (h *house) replies(n int) []string { return h.texts(n, false) }

func (h *house) texts(n int, incoming bool) (texts []string) {
	h.Helper()
	for _, m := range h.thread(n) {
		if (m.By == bot.ByResident) == incoming {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

func (h *house) cases() (cases []bot.Case) {
	h.Helper()
	require.NoError(h, h.store.EachCase(h.Context(), func(c bot.Case) error {
		cases = append(cases, c)
		return nil
	}))
	return cases
}

// officer adds an officer with a role.
func (h *house) officer(login string, role bot.Role) bot.Officer {
	h.Helper()
	o := bot.Officer{Login: login, Name: "SI " + login, Role: role, Since: noon}
	var err error
	o.ID, err = h.store.AddOfficer(h.Context(), o)
	require.NoError(h, err)
	return o
}

// counted is how many rows of a table a condition holds for: what the store's
// interface does not tell.
func (h *house) counted(from string, args ...any) (n int) {
	h.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(h.dir, store.File)+"?mode=ro")
	require.NoError(h, err)
	defer func() { require.NoError(h, db.Close()) }()
	require.NoError(h, db.QueryRowContext(h.Context(), "SELECT COUNT(*) FROM "+from, args...).Scan(&n))
	return n
}

// text is a text of the catalog in Hindi, up to its first variable.
func text(key string) string {
	begin, _, _ := strings.Cut(catalog().Text(locales.Hindi, key, nil), locales.NoValue)
	return begin
}

// count is how many texts begin with one of the catalog's.
func count(texts []string, key string) (n int) {
	for _, t := range texts {
		if strings.HasPrefix(t, text(key)) {
			n++
		}
	}
	return n
}

// phone is a channel. It shows a message once, whichever times it is sent.
type phone struct {
	mu    sync.Mutex
	calls []bot.Message // each call of Send
	shown []string      // what the residents see, in its order
	seen  map[string]bool
	// send decides about a message before it is shown; nil lets all pass.
	send  func(ctx context.Context, m bot.Message) error
	fetch func(m bot.Media, w io.Writer) error
}

func (p *phone) Name() string { return "phone" }

func (p *phone) Send(ctx context.Context, m bot.Message) error {
	p.mu.Lock()
	p.calls = append(p.calls, m)
	send := p.send
	p.mu.Unlock()
	if send != nil {
		if err := send(ctx, m); err != nil {
			return err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.seen[m.ExternalID] {
		p.seen[m.ExternalID] = true
		p.shown = append(p.shown, m.Text)
	}
	return nil
}

func (p *phone) Fetch(_ context.Context, m bot.Media, w io.Writer) error { return p.fetch(m, w) }

// screen is what residents have seen so far.
func (p *phone) screen() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.shown...)
}

func (p *phone) sends() []bot.Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]bot.Message(nil), p.calls...)
}

func (p *phone) fail(send func(context.Context, bot.Message) error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.send = send
}

// faults is a store that fails where a test wants it to.
type faults struct {
	bot.Store
	mu   sync.Mutex
	fail func(op string, id int64) error
}

func (f *faults) set(fail func(op string, id int64) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fail = fail
}

// once makes the next call of an operation fail.
func (f *faults) once(op string, err error) {
	failed := false
	f.set(func(called string, _ int64) error {
		if called != op || failed {
			return nil
		}
		failed = true
		return err
	})
}

func (f *faults) try(op string, id int64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail == nil {
		return nil
	}
	return f.fail(op, id)
}

func (f *faults) EnsureResident(ctx context.Context, channel, address, phone string, now time.Time) (int64, error) {
	if err := f.try("EnsureResident", 0); err != nil {
		return 0, err
	}
	return f.Store.EnsureResident(ctx, channel, address, phone, now)
}

func (f *faults) Conversation(ctx context.Context, resident int64) (bot.Conversation, error) {
	if err := f.try("Conversation", resident); err != nil {
		return bot.Conversation{}, err
	}
	return f.Store.Conversation(ctx, resident)
}

func (f *faults) CommitTurn(ctx context.Context, t *bot.Turn) (bool, error) {
	if err := f.try("CommitTurn", t.Resident); err != nil {
		return false, err
	}
	return f.Store.CommitTurn(ctx, t)
}

func (f *faults) KeepWords(ctx context.Context, id int64, words string) (int64, error) {
	if err := f.try("KeepWords", id); err != nil {
		return 0, err
	}
	return f.Store.KeepWords(ctx, id, words)
}

func (f *faults) CasesOf(ctx context.Context, resident int64) ([]bot.Case, error) {
	if err := f.try("CasesOf", resident); err != nil {
		return nil, err
	}
	return f.Store.CasesOf(ctx, resident)
}

func (f *faults) NextNumber(ctx context.Context, series string) (int64, error) {
	if err := f.try("NextNumber", 0); err != nil {
		return 0, err
	}
	return f.Store.NextNumber(ctx, series)
}

func (f *faults) SetDelivery(ctx context.Context, id int64, to bot.Delivery, reason string) error {
	if err := f.try("SetDelivery", id); err != nil {
		return err
	}
	return f.Store.SetDelivery(ctx, id, to, reason)
}

func (f *faults) MarkSent(ctx context.Context, ids []int64) error {
	if err := f.try("MarkSent", ids[0]); err != nil {
		return err
	}
	return f.Store.MarkSent(ctx, ids)
}

func (f *faults) AddLinkEvent(ctx context.Context, e bot.LinkEvent) error {
	if err := f.try("AddLinkEvent "+string(e.State), 0); err != nil {
		return err
	}
	return f.Store.AddLinkEvent(ctx, e)
}

func (f *faults) NoticeSent(ctx context.Context, id int64) error {
	if err := f.try("NoticeSent", id); err != nil {
		return err
	}
	return f.Store.NoticeSent(ctx, id)
}

func (f *faults) OfficerByPhone(ctx context.Context, phone string) (bot.Officer, error) {
	if err := f.try("OfficerByPhone "+phone, 0); err != nil {
		return bot.Officer{}, err
	}
	return f.Store.OfficerByPhone(ctx, phone)
}

func (f *faults) NoticeByExternalID(ctx context.Context, externalID string) (bot.Notice, error) {
	if err := f.try("NoticeByExternalID", 0); err != nil {
		return bot.Notice{}, err
	}
	return f.Store.NoticeByExternalID(ctx, externalID)
}

// script is a dialogue that a test writes.
type script func(s bot.Situation) bot.Outcome

func (f script) Step(s bot.Situation) (bot.Outcome, error) {
	out := f(s)
	if s.Message != nil && out.Text == "" {
		out.Text = s.Message.Text
	}
	return out, nil
}

// echo answers each message with its words.
var echo = script(func(s bot.Situation) bot.Outcome {
	if s.Message == nil {
		return bot.Outcome{Replies: []string{"still there?"}}
	}
	if s.Conversation.State == bot.Claimed {
		return bot.Outcome{}
	}
	return bot.Outcome{Replies: []string{"re: " + s.Message.Text}}
})
