package handset

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// noon is a Monday in November, 2:30 pm in India.
var noon = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// fakeLine is a helpline in memory. It answers each message by its script and
// has one timer that wakes after an hour.
type fakeLine struct {
	phone  *Handset
	clock  bot.Clock
	script func(in bot.Incoming) []string

	mu       sync.Mutex
	broken   int // so many calls of Receive fail
	received []bot.Incoming
	seen     map[string]bool
	messages []bot.Message
	kept     map[int64][]byte
	wake     time.Time
	runs     chan struct{}
}

var (
	_ Helpline = (*fakeLine)(nil)
	_ Helpline = (*bot.Bot)(nil)
	_ Records  = (*fakeLine)(nil)
	_ Records  = bot.Store(nil)
)

// newFake connects a new handset to a new helpline.
func newFake(t *testing.T, clock bot.Clock, script func(bot.Incoming) []string) *fakeLine {
	t.Helper()
	phone, err := New(Options{Dir: t.TempDir(), Clock: clock})
	require.NoError(t, err)
	f := &fakeLine{phone: phone, clock: clock, script: script, seen: map[string]bool{}, kept: map[int64][]byte{}, runs: make(chan struct{}, 1)}
	phone.Connect(f)
	return f
}

// echo answers with what kind of message came and its words.
func echo(in bot.Incoming) []string { return []string{string(in.Kind) + ": " + in.Text} }

var errDisk = errors.New("the disk is full")

func (f *fakeLine) Receive(_ context.Context, in bot.Incoming) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken > 0 {
		f.broken--
		return errDisk
	}
	if f.seen[in.Address+in.ID] {
		return nil
	}
	f.seen[in.Address+in.ID] = true
	f.received = append(f.received, in)
	m := bot.Message{
		By: bot.ByResident, Channel: in.Channel, Address: in.Address, ExternalID: in.ID,
		Kind: in.Kind, Text: in.Text, Forwarded: in.Forwarded, At: in.SentAt, Media: in.Media,
	}
	if m.Media != nil {
		medium := *m.Media
		medium.Channel, medium.State = in.Channel, bot.MediaPending
		m.Media = &medium
	}
	f.add(m)
	for _, reply := range f.script(in) {
		f.reply(in.Address, reply)
	}
	f.wake = f.clock.Now().Add(time.Hour)
	select {
	case f.runs <- struct{}{}:
	default:
	}
	return nil
}

func (f *fakeLine) add(m bot.Message) {
	m.ID, m.Resident = int64(len(f.messages)+1), resident(m.Address)
	if m.Media != nil {
		m.Media.ID = m.ID
	}
	f.messages = append(f.messages, m)
}

func (f *fakeLine) reply(address, text string) {
	f.add(bot.Message{
		By: bot.ByBot, Channel: ChannelName, Address: address, ExternalID: fmt.Sprintf("R%d", len(f.messages)),
		Kind: bot.Text, Text: text, At: f.clock.Now(), Delivery: bot.Queued,
	})
}

// resident is the id of a phone: its last digit and one.
func resident(address string) int64 { return int64(address[len(address)-1]-'0') + 1 }

func (f *fakeLine) Drain(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.wake.IsZero() && !f.wake.After(f.clock.Now()) {
		f.wake = time.Time{}
		f.reply("9000000001", "still there?")
	}
	for i := range f.messages {
		m := &f.messages[i]
		if m.Delivery == bot.Queued {
			if err := f.phone.Send(ctx, *m); err != nil {
				return err
			}
			m.Delivery = bot.Sent
		}
		if m.Media != nil && m.Media.State == bot.MediaPending {
			var content bytes.Buffer
			if err := f.phone.Fetch(ctx, *m.Media, &content); err != nil {
				return err
			}
			m.Media.State, f.kept[m.Media.ID] = bot.MediaKept, content.Bytes()
		}
	}
	return nil
}

func (f *fakeLine) Run(ctx context.Context) error {
	for {
		if err := f.Drain(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-f.runs:
		}
	}
}

func (f *fakeLine) Advance(ctx context.Context, clock *bot.ManualClock, to time.Time) error {
	clock.Set(to)
	return f.Drain(ctx)
}

func (f *fakeLine) SetDelivery(_ context.Context, _, externalID string, to bot.Delivery) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.messages {
		if f.messages[i].ExternalID == externalID && f.messages[i].By != bot.ByResident {
			f.messages[i].Delivery = to
			return nil
		}
	}
	return bot.ErrNotFound
}

func (f *fakeLine) FindIdentifier(_ context.Context, part string, _ int) ([]int64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range f.messages {
		if strings.Contains(m.Address, part) {
			return []int64{m.Resident}, nil
		}
	}
	return nil, nil
}

func (f *fakeLine) Conversation(_ context.Context, id int64) (bot.Conversation, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range f.messages {
		if m.Resident == id {
			return bot.Conversation{Channel: m.Channel, Address: m.Address}, nil
		}
	}
	return bot.Conversation{}, bot.ErrNotFound
}

func (f *fakeLine) Thread(_ context.Context, id, _ int64, limit int) ([]bot.Message, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []bot.Message
	for _, m := range f.messages {
		if m.Resident == id {
			out = append(out, m)
		}
	}
	return out[max(0, len(out)-limit):], nil
}

func (f *fakeLine) Media(_ context.Context, id int64) (bot.Media, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if id < 1 || id > int64(len(f.messages)) || f.messages[id-1].Media == nil {
		return bot.Media{}, bot.ErrNotFound
	}
	return *f.messages[id-1].Media, nil
}

func (f *fakeLine) OpenMedia(_ context.Context, id int64) (io.ReadSeekCloser, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return content{bytes.NewReader(f.kept[id])}, nil
}

// content is a file in memory.
type content struct{ *bytes.Reader }

func (content) Close() error { return nil }

// all is what has been received so far.
func (f *fakeLine) all() []bot.Incoming {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]bot.Incoming(nil), f.received...)
}

// count tells how many messages there are, and how many of the helpline's have
// not been read.
func (f *fakeLine) count() (all, unread int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range f.messages {
		if m.By != bot.ByResident && m.Delivery != bot.Read {
			unread++
		}
	}
	return len(f.messages), unread
}
