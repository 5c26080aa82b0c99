package bot

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"mitan/locales"
)

// MaxText is how many bytes of a message's text are kept: 1 MiB, sixteen times
// what WhatsApp carries. What is longer is cut at a character.
const MaxText = 1 << 20

// staleTries is how often a turn is computed anew because an officer changed
// the conversation at the same moment.
const staleTries = 5

// ErrNoSender means that an incoming message does not say whom it is from or
// which one it is.
var ErrNoSender = errors.New("a message needs a channel, an address, an id and a time")

// Receive answers a message: it computes the talk's next step and commits the
// message, the step's effects and the replies at once. When it returns nil the
// message is durable and the channel may ack it; a message that is given twice
// changes nothing the second time. On an error nothing was written, and the
// channel must give the message again.
func (b *Bot) Receive(ctx context.Context, in Incoming) error {
	if in.Channel == "" || in.Address == "" || in.ID == "" || in.SentAt.IsZero() {
		return ErrNoSender
	}
	// The lane is entered before the resident is known, and one resident's
	// addresses on a channel are rarely used at the same moment; the version
	// check holds order even then.
	lane := laneOf(in.Channel, in.Address)
	leave := b.lanes.enter(lane)
	defer leave()

	c, known := b.recent.take(lane)
	if !known || (in.Phone != "" && c.Resident.Phone == "") {
		resident, err := b.store.EnsureResident(ctx, in.Channel, in.Address, in.Phone, b.clock.Now())
		if err != nil {
			return fmt.Errorf("receive: %w", err)
		}
		c = unread(resident)
	}
	message := in.message(c.Resident.ID)
	return b.turn(ctx, lane, c, &message, "")
}

// laneOf is the lane of an address on a channel.
func laneOf(channel, address string) string { return channel + " " + address }

// unread is a conversation that a turn has yet to read.
func unread(resident int64) Conversation { return Conversation{Resident: Resident{ID: resident}} }

// message is the log entry of an incoming message.
func (in Incoming) message(resident int64) Message {
	kind := in.Kind
	if kind == "" {
		kind = Text
	}
	media := in.Media
	if media != nil {
		pending := *media
		pending.Channel, pending.State = in.Channel, MediaPending
		media = &pending
	}
	return Message{
		Resident: resident, By: ByResident, Channel: in.Channel, Address: in.Address,
		ExternalID: in.ID, Kind: kind, Text: cleanText(in.Text), Forwarded: in.Forwarded,
		QuoteID: in.QuoteID, Media: media, At: in.SentAt.UTC().Truncate(time.Millisecond),
	}
}

// cleanText is valid UTF-8 without NUL, at most MaxText bytes.
func cleanText(s string) string {
	return cut(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", ""), MaxText)
}

// cut is the text up to n bytes, without splitting a character.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return strings.Clone(text[:n])
}

// turn computes and commits one turn, for a message or a timer, in a
// conversation that is remembered or unread. The caller holds the lane.
func (b *Bot) turn(ctx context.Context, lane string, c Conversation, in *Message, timer TimerKind) (err error) {
	resident := c.Resident.ID
	for range staleTries {
		if c.Version == 0 {
			if c, err = b.store.Conversation(ctx, resident); err != nil {
				return fmt.Errorf("turn of resident %d: %w", resident, err)
			}
		}
		t, err := b.compute(ctx, c, in, timer)
		if err != nil {
			return fmt.Errorf("turn of resident %d: %w", resident, err)
		}
		duplicate, err := b.store.CommitTurn(ctx, t)
		if errors.Is(err, ErrStale) {
			c = unread(resident)
			continue
		}
		if err != nil {
			return fmt.Errorf("turn of resident %d: %w", resident, err)
		}
		b.log.Debug("turn", "resident", resident, "timer", timer, "duplicate", duplicate, "replies", len(t.Out), "effects", len(t.Effects))
		if duplicate {
			return nil
		}
		if now, known := c.after(t); known {
			b.recent.keep(lane, now)
		}
		b.wake()
		b.changes.tell(Change{Resident: resident})
		return nil
	}
	return fmt.Errorf("turn of resident %d: %w", resident, ErrStale)
}

// compute decides what follows from a message or a timer. It writes nothing.
func (b *Bot) compute(ctx context.Context, c Conversation, in *Message, timer TimerKind) (*Turn, error) {
	now := b.clock.Now()
	if timer == TimerSilence {
		return b.silenceTurn(c, now), nil
	}
	outcome, err := b.dialogue.Step(Situation{
		Now: now, Conversation: c, Message: in,
		Recall: recall{ctx: ctx, store: b.store, resident: c.Resident.ID},
	})
	if err != nil {
		return nil, err
	}
	if outcome.Broken != "" {
		b.log.Error("a flow failed; an officer answers", "resident", c.Resident.ID, "where", outcome.Broken)
	}
	t := &Turn{
		Resident: c.Resident.ID, Version: c.Version, At: now, Timer: timer,
		Session: outcome.Session, Effects: outcome.Effects, Wake: outcome.Wake,
	}
	channel, address := c.Channel, c.Address
	if in != nil {
		kept := *in
		kept.Text, kept.Masked = outcome.Text, outcome.Masked
		kept.Media = maskName(in.Media)
		t.In = &kept
		channel, address = in.Channel, in.Address
		if c.State == Claimed {
			t.Silence = b.silence(now)
		}
	}
	for _, text := range outcome.Replies {
		t.Out = append(t.Out, b.outgoing(c.Resident.ID, channel, address, text, now))
	}
	return t, nil
}

// maskName is the medium with the secrets in its file's name masked.
func maskName(m *Media) *Media {
	if m == nil {
		return nil
	}
	masked := *m
	masked.Name, _ = locales.Mask(m.Name)
	return &masked
}

// silenceTurn gives a conversation back to the queue because the officer who
// holds it has not answered, and tells the resident.
func (b *Bot) silenceTurn(c Conversation, now time.Time) *Turn {
	t := &Turn{Resident: c.Resident.ID, Version: c.Version, At: now, Timer: TimerSilence, Session: c.Session}
	if c.State == Claimed {
		text := b.catalog.Text(c.Resident.Lang, "officer.silent", nil)
		t.Out = []Message{b.outgoing(c.Resident.ID, c.Channel, c.Address, text, now)}
	}
	return t
}

// outgoing is a reply of the bot, with its final id.
func (b *Bot) outgoing(resident int64, channel, address, text string, now time.Time) Message {
	m := Message{
		Resident: resident, By: ByBot, Channel: channel, Address: address, ExternalID: newID(),
		Kind: Text, Text: text, At: now.Truncate(time.Millisecond), Delivery: Queued,
	}
	m.Payload = b.encode(m)
	return m
}

// encode is the final bytes of a message, where its channel fixes them before
// it is queued.
func (b *Bot) encode(m Message) []byte {
	if messenger, ok := b.channels[m.Channel].(Messenger); ok {
		return messenger.Encode(m)
	}
	return nil
}

// newID is an id in the form that WhatsApp's own clients use.
func newID() string {
	var random [9]byte
	_, _ = rand.Read(random[:]) // never fails: crypto/rand ends the program first
	return "3EB0" + strings.ToUpper(hex.EncodeToString(random[:]))
}

// recall is the store, as far as a step may read it.
type recall struct {
	ctx      context.Context
	store    TurnStore
	resident int64
}

func (r recall) Cases() ([]Case, error)            { return r.store.CasesOf(r.ctx, r.resident) }
func (r recall) Story(id int64) ([]Message, error) { return r.store.StoryOf(r.ctx, id) }
func (r recall) Volunteer() (Volunteer, error)     { return r.store.VolunteerOf(r.ctx, r.resident) }
func (r recall) Subscribed() (bool, error)         { return r.store.Subscribed(r.ctx, r.resident) }
func (r recall) Ahead() (int, error)               { return r.store.Ahead(r.ctx, r.resident) }
func (r recall) Next(series string) (int64, error) {
	return r.store.NextNumber(r.ctx, series)
}
