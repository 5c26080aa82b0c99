package whatsapp_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
	"go.uber.org/goleak"

	"mitan/bot"
	"mitan/bot/whatsapp"
	"mitan/bot/whatsapp/fakewa"
	"mitan/store"
)

func init() {
	// Pings as often as a test can wait for three of them.
	whatsmeow.KeepAliveIntervalMin, whatsmeow.KeepAliveIntervalMax = 300*time.Millisecond, 400*time.Millisecond
	whatsmeow.KeepAliveResponseDeadline = 300 * time.Millisecond
}

// A line is the channel with a helpline that a test can make fail.
type line struct {
	*testing.T
	*whatsapp.WhatsApp
	server *fakewa.Server
	phone  *fakewa.Phone
	device types.JID

	devices *sql.DB

	mu       sync.Mutex
	arrived  []string // ids of ours
	received []bot.Incoming
	fail     func(bot.Incoming) error
	woken    atomic.Int64
	released atomic.Int64
}

func newLine(t *testing.T) *line {
	t.Helper()
	server, err := fakewa.NewServer(fakewa.Options{})
	require.NoError(t, err)
	t.Cleanup(server.Close)
	l := &line{T: t, server: server, phone: server.AddPhone(helplineNumber, "Helpline")}
	dir := t.TempDir()
	kept, err := store.Open(t.Context(), dir)
	require.NoError(t, err)
	devices, err := store.OpenDevices(t.Context(), dir)
	require.NoError(t, err)
	key := server.RootKey()
	loopback, err := whatsapp.NewLoopback(server.Addr(), hexKey(key))
	require.NoError(t, err)
	l.WhatsApp, err = whatsapp.New(t.Context(), whatsapp.Options{
		Devices: devices, Store: kept, Unit: bot.DefaultUnit(), Clock: bot.SystemClock{},
		Log: slog.New(slog.DiscardHandler), Dir: filepath.Join(dir, "whatsapp"), Loopback: loopback,
	})
	require.NoError(t, err)
	l.devices = devices
	l.WhatsApp.Connect(l)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- l.WhatsApp.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
		require.NoError(t, devices.Close())
		require.NoError(t, kept.Close())
	})
	require.NoError(t, l.StartLinking(t.Context()))
	l.until("a code", func() bool { return l.Link().Code != "" })
	l.device, err = l.phone.Scan(l.Link().Code)
	require.NoError(t, err)
	l.until("online", l.isOnline)
	return l
}

func (l *line) isOnline() bool { return l.Link().State == bot.LinkOnline }

func (l *line) until(what string, ok func() bool) {
	l.Helper()
	require.Eventually(l, ok, patience, 5*time.Millisecond, what)
}

// texts are the words received so far, in their order.
func (l *line) texts() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var texts []string
	for _, in := range l.received {
		texts = append(texts, in.Text)
	}
	return texts
}

func (l *line) failing(fail func(bot.Incoming) error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fail = fail
}

// Receive keeps each message once, as the bot does.
func (l *line) Receive(_ context.Context, in bot.Incoming) error {
	l.mu.Lock()
	fail := l.fail
	l.mu.Unlock()
	if fail != nil {
		if err := fail(in); err != nil {
			return err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !slices.ContainsFunc(l.received, func(have bot.Incoming) bool { return have.ID == in.ID }) {
		l.received = append(l.received, in)
	}
	return nil
}

func (l *line) Release(context.Context) error { l.released.Add(1); return nil }
func (l *line) LinkChanged(bot.Link)          {}
func (l *line) Wake()                         { l.woken.Add(1) }
func (l *line) FromGroup(context.Context, bot.GroupMessage) (string, error) {
	return "", nil
}
func (l *line) IdentityChanged(context.Context, string, string) error { return nil }
func (l *line) SetDelivery(_ context.Context, _, id string, _ bot.Delivery) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.arrived = append(l.arrived, id)
	return nil
}

func (l *line) SendAgain(context.Context, string, string) (bot.Delivery, bool, error) {
	return bot.Queued, true, nil
}
func (l *line) SetPayload(context.Context, int64, []byte) error { return nil }
func (l *line) Payload(context.Context, string, string, string) ([]byte, error) {
	return nil, bot.ErrNotFound
}

func (l *line) resident(n int) *fakewa.Resident {
	l.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	r, err := l.server.NewResident(ctx, residentNumber(n), "Resident")
	require.NoError(l, err)
	l.Cleanup(r.Close)
	return r
}

func (l *line) say(r *fakewa.Resident, text string) {
	l.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, err := r.Say(ctx, l.phone.Number(), text)
	require.NoError(l, err)
}

// A message that could not be stored, whether by an error or a panic, comes
// again, and those after it wait for it.
func TestWhatIsNotStoredComesAgainInOrder(t *testing.T) {
	for name, failure := range map[string]func(bot.Incoming) error{
		"an error": func(bot.Incoming) error { return errors.New("the disk is full") },
		"a panic":  func(bot.Incoming) error { panic("broken") },
	} {
		t.Run(name, func(t *testing.T) {
			l := newLine(t)
			r := l.resident(1)
			l.say(r, "one")
			l.until("one", func() bool { return len(l.texts()) == 1 })
			var failed atomic.Int64
			l.failing(func(in bot.Incoming) error {
				if in.Text == "two" && failed.Add(1) <= 2 {
					return failure(in)
				}
				return nil
			})
			l.say(r, "two")
			l.say(r, "three")
			l.until("all", func() bool { return len(l.texts()) == 3 })
			require.Equal(t, []string{"one", "two", "three"}, l.texts())
			l.until("acked", func() bool { return l.server.Pending(l.device) == 0 })
		})
	}
}

// The channel leaves nothing behind when it ends, whatever it has been through.
func TestNothingIsLeftBehind(t *testing.T) {
	var before goleak.Option
	t.Run("work", func(t *testing.T) {
		t.Run("warm up", func(t *testing.T) { newLine(t) }) // what a first use starts for good
		before = goleak.IgnoreCurrent()
		l := newLine(t)
		for _, harm := range []func(){
			func() { l.server.CutOff(l.device, fakewa.CutReset) },
			func() { require.NoError(t, l.server.Restart(0)) },
		} {
			woken := l.woken.Load()
			harm()
			l.until("online again", func() bool { return l.woken.Load() > woken })
		}
	})
	goleak.VerifyNone(t, before)
}

// A connection whose pings get no answer is made anew.
func TestSilentPings(t *testing.T) {
	l := newLine(t)
	r := l.resident(1)
	var silent, dropped atomic.Int64
	silent.Store(1)
	l.server.SetFault(func(d fakewa.Direction, who types.JID, n *binary.Node) (v fakewa.Verdict) {
		if silent.Load() == 1 && d == fakewa.FromClient && who == l.device && n.Tag == "iq" && n.Attrs["xmlns"] == "w:p" {
			dropped.Add(1)
			v.Drop = true
		}
		return v
	})
	l.until("offline", func() bool { return !l.isOnline() })
	require.GreaterOrEqual(t, dropped.Load(), int64(3))
	silent.Store(0)
	l.until("online", l.isOnline)
	l.say(r, "back")
	l.until("back", func() bool { return len(l.texts()) == 1 })
}

// A login that the service never answers, while pings work, is given up and
// tried again.
func TestLostLogin(t *testing.T) {
	l := newLine(t)
	l.SetPatience(500 * time.Millisecond)
	var lost atomic.Int64
	l.server.SetFault(func(d fakewa.Direction, who types.JID, n *binary.Node) (v fakewa.Verdict) {
		v.Drop = d == fakewa.ToClient && n.Tag == "success" && lost.Add(1) == 1
		return v
	})
	l.server.CutOff(l.device, fakewa.CutReset)
	l.until("the login is lost", func() bool { return lost.Load() >= 1 })
	l.until("another login", func() bool { return lost.Load() >= 2 && l.isOnline() })
}

// What comes after any kind of cut is what was sent, once; the outbox is woken
// each time.
func TestCuts(t *testing.T) {
	for name, cut := range map[string]fakewa.Cut{"clean": fakewa.CutClean, "reset": fakewa.CutReset, "torn": fakewa.CutTorn} {
		t.Run(name, func(t *testing.T) {
			l := newLine(t)
			r := l.resident(1)
			for i, text := range []string{"one", "two", "three"} {
				woken := l.woken.Load()
				l.server.CutOff(l.device, cut)
				l.say(r, text)
				l.until(text, func() bool { return len(l.texts()) == i+1 })
				l.until("woken", func() bool { return l.woken.Load() > woken })
			}
			require.Equal(t, []string{"one", "two", "three"}, l.texts())
		})
	}
}
