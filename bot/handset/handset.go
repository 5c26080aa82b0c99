// Package handset is a pretend phone: a channel of the helpline for which no
// telephone is needed, in the terminal ([Handset.Chat]) and as a web page
// ([Handset.Web]). It speaks to the bot through the very interface that
// WhatsApp uses: a message is handed over with its id and stamp until it is
// committed, and only then shown as sent.
//
// It is for demonstrations, practice and tests. It asks for no password and
// shows the talk of each of its invented residents to whoever opens the page,
// so bind it to loopback and never put a real resident on it.
package handset

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"

	"mitan/bot"
)

// ChannelName is the handset's name as a channel.
const ChannelName = "handset"

// rememberSent is how many outgoing messages the handset remembers, to show
// none of them twice.
const rememberSent = 4096

// Helpline is what the handset needs of the bot.
type Helpline interface {
	Receive(ctx context.Context, in bot.Incoming) error
	Run(ctx context.Context) error
	Drain(ctx context.Context) error
	Advance(ctx context.Context, clock *bot.ManualClock, to time.Time) error
	SetDelivery(ctx context.Context, channel, externalID string, to bot.Delivery) error
}

// Options are what a handset is made of.
type Options struct {
	// Dir is the folder where what residents send waits until it is fetched.
	// It is made if it is not there.
	Dir   string
	Clock bot.Clock // nil for the machine's
	Log   *slog.Logger
}

// Handset is any number of pretend phones, each known by its ten digits. It is
// a [bot.Channel] and safe for concurrent use.
type Handset struct {
	uploads  uploads
	clock    bot.Clock
	log      *slog.Logger
	patience time.Duration // see receivePatience

	mu       sync.Mutex
	line     Helpline
	sent     map[string]bool             // external ids of messages that have arrived
	order    []string                    // the same, the oldest first
	newest   map[about]map[string]string // ids of the last messages, by phone
	display  func(bot.Message)
	watchers map[chan string]bool
}

var _ bot.Channel = (*Handset)(nil)

// New makes a handset. Connect it to a helpline before it is used.
func New(o Options) (*Handset, error) {
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the handset's folder: %w", err)
	}
	h := &Handset{
		uploads:  uploads(o.Dir),
		clock:    o.Clock,
		log:      o.Log,
		patience: receivePatience,
		sent:     map[string]bool{},
		newest:   map[about]map[string]string{aboutOwn: {}, aboutPoll: {}},
		watchers: map[chan string]bool{},
	}
	if h.clock == nil {
		h.clock = bot.SystemClock{}
	}
	if h.log == nil {
		h.log = slog.New(slog.DiscardHandler)
	}
	if err := h.uploads.sweep(time.Now()); err != nil {
		return nil, fmt.Errorf("sweep the handset's folder: %w", err)
	}
	return h, nil
}

// Connect says which helpline the phones write to.
func (h *Handset) Connect(line Helpline) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.line = line
}

// Name is [ChannelName].
func (h *Handset) Name() string { return ChannelName }

// Send shows a message of the helpline on the phone that it is addressed to.
// Sent again, it is not shown again.
func (h *Handset) Send(_ context.Context, m bot.Message) error {
	if !phoneRule.MatchString(m.Address) {
		return fmt.Errorf("send to a handset: %w: its address is no phone number", bot.ErrForbidden)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.sent[m.ExternalID] {
		return nil
	}
	h.sent[m.ExternalID] = true
	h.order = append(h.order, m.ExternalID)
	if len(h.order) > rememberSent {
		delete(h.sent, h.order[0])
		h.order = h.order[1:]
	}
	if m.Kind == bot.Poll {
		h.newest[aboutPoll][m.Address] = m.ExternalID
	}
	if h.display != nil {
		h.display(m)
	}
	h.tell(m.Address)
	return nil
}

// Fetch writes the bytes of what a phone has sent; [bot.ErrGone] if they are
// not there.
func (h *Handset) Fetch(_ context.Context, m bot.Media, w io.Writer) error {
	file, err := h.uploads.open(string(m.Ref))
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("fetch from a handset: %w", bot.ErrGone)
	}
	if err != nil {
		return fmt.Errorf("fetch from a handset: %w", err)
	}
	defer file.Close()
	if _, err := io.Copy(w, file); err != nil {
		return fmt.Errorf("fetch from a handset: %w", err)
	}
	return nil
}

// receive hands a message over once and tells the open pages of it.
func (h *Handset) receive(ctx context.Context, in bot.Incoming) error {
	if err := h.helpline().Receive(ctx, in); err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tell(in.Address)
	return nil
}

func (h *Handset) helpline() Helpline {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.line
}

// arrived tells whether a message has been shown since the start.
func (h *Handset) arrived(externalID string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sent[externalID]
}

// spoken is the id of the message that a new one of a phone is about; "" for
// none. What is about none is itself what the next one may be about.
func (h *Handset) spoken(phone string, what about, id string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if what == "" {
		h.newest[aboutOwn][phone] = id
	}
	return h.newest[what][phone]
}

// watch gives the numbers of phones on which something has changed. One who
// reads slowly loses some: each means no more than "look again".
func (h *Handset) watch() (changes <-chan string, stop func()) {
	c := make(chan string, 64)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.watchers[c] = true
	return c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.watchers, c)
	}
}

// tell wakes the open pages. The caller holds the lock.
func (h *Handset) tell(phone string) {
	for c := range h.watchers {
		select {
		case c <- phone:
		default:
		}
	}
}

var phoneRule = regexp.MustCompile(`^[6-9][0-9]{9}$`)

// ParsePhone reads an Indian mobile number, with or without +91 and spaces,
// and returns its ten digits. The error is fit for the one who typed it.
func ParsePhone(s string) (string, error) {
	digits := strings.NewReplacer(" ", "", "-", "").Replace(s)
	digits = strings.TrimPrefix(digits, "+91")
	if !phoneRule.MatchString(digits) {
		return "", fmt.Errorf("%q is no phone number: write ten digits such as 9000000001", s)
	}
	return digits, nil
}
