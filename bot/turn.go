package bot

import (
	"context"
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

// joinTries is how often the sender of a message is looked up, because the
// resident was joined with another at the same moment.
const joinTries = 3

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

	var err error
	for range joinTries {
		var c Conversation
		if c, err = b.sender(ctx, lane, in); err != nil {
			return fmt.Errorf("receive: %w", err)
		}
		message := in.message(c.Resident.ID)
		err = b.turn(ctx, lane, c, &message, "")
		if !errors.Is(err, ErrNotFound) {
			break
		}
	}
	return err
}

// sender is the conversation of the resident who sent a message, remembered or
// unread.
func (b *Bot) sender(ctx context.Context, lane string, in Incoming) (Conversation, error) {
	c, _ := b.recent.take(lane)
	if in.Alias != "" && in.Alias != in.Address {
		resident, joined, err := b.store.Join(ctx, in.Channel, in.Address, in.Alias, b.clock.Now())
		if err != nil {
			return c, err
		}
		if joined != 0 {
			b.forgetJoined(resident, joined)
		}
		if joined != 0 || c.Resident.ID != resident {
			c = unread(resident)
		}
	}
	if c.Resident.ID != 0 && (in.Phone == "" || c.Resident.Phone != "") {
		return c, nil
	}
	resident, err := b.store.EnsureResident(ctx, in.Channel, in.Address, in.Phone, b.clock.Now())
	return unread(resident), err
}

// forgetJoined tells everybody that two residents have been found to be one.
func (b *Bot) forgetJoined(resident, joined int64) {
	b.log.Info("two addresses are one resident's", "resident", resident, "joined", joined)
	for _, id := range []int64{resident, joined} {
		b.recent.forget(id)
		b.changes.tell(Change{Resident: id})
	}
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
		Again: in.Again, Held: kind == Unreadable || (in.Backlog && kind.answered()),
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
// conversation that is remembered or unread. What is held is answered before
// the message. The caller holds the lane.
func (b *Bot) turn(ctx context.Context, lane string, c Conversation, in *Message, timer TimerKind) (err error) {
	resident := c.Resident.ID
	for range staleTries {
		if c.Version == 0 {
			if c, err = b.store.Conversation(ctx, resident); err != nil {
				return fmt.Errorf("turn of resident %d: %w", resident, err)
			}
		}
		t, err := b.next(ctx, c, in, timer)
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
		if !duplicate {
			b.committed(lane, c, t)
		}
		if in == nil || t.In != nil {
			return nil
		}
		c = unread(resident) // what was held is answered; now the message
	}
	return fmt.Errorf("turn of resident %d: %w", resident, ErrStale)
}

// next computes the turn that is due: of a timer, of what is held, or of the
// message.
func (b *Bot) next(ctx context.Context, c Conversation, in *Message, timer TimerKind) (*Turn, error) {
	now := b.clock.Now()
	switch timer {
	case TimerSilence:
		return b.silenceTurn(c, now), nil
	case TimerBacklog:
		return b.backlogTurn(ctx, c, now)
	case TimerUnreadable:
		return b.unreadableTurn(ctx, c, now)
	case TimerWords:
		return b.wordsTurn(ctx, c, now)
	}
	if in == nil {
		return b.compute(ctx, c, nil, now)
	}
	if in.Held || in.quiet() {
		return b.keepTurn(c, in, now)
	}
	if c.Held > 0 && in.Kind.answered() {
		if held, err := b.heldOf(ctx, c, false); err != nil {
			return nil, err
		} else if len(held) > 0 {
			return b.heldTurn(ctx, c, held, now)
		}
	}
	return b.compute(ctx, c, in, now)
}

// committed does what follows from a turn that is durable.
func (b *Bot) committed(lane string, c Conversation, t *Turn) {
	if now, known := c.after(t); known {
		b.recent.keep(lane, now)
	}
	if len(t.Out) > 0 && !t.Out[0].Due.IsZero() {
		if messenger, ok := b.channels[t.Out[0].Channel].(Messenger); ok {
			messenger.Typing(t.Out[0].Address)
		}
	}
	b.wake()
	b.changes.tell(Change{Resident: t.Resident})
}

// compute decides what follows from a message, or from the talk's timer where
// it is nil. It writes nothing.
func (b *Bot) compute(ctx context.Context, c Conversation, in *Message, now time.Time) (*Turn, error) {
	asked, err := b.asAnswer(ctx, c, in)
	if err != nil {
		return nil, err
	}
	t, outcome, err := b.step(ctx, c, asked, now)
	if err != nil {
		return nil, err
	}
	if in == nil {
		t.Timer = TimerTalk
		return t, nil
	}
	t.In = maskedMessage(in, outcome)
	return t, nil
}

// step is the turn that the talk makes of a message, or of its own timer, for
// a Conversation of which it may or may not be the log entry.
func (b *Bot) step(ctx context.Context, c Conversation, asked *Message, now time.Time) (*Turn, Outcome, error) {
	return b.stepWith(c, Situation{Now: now, Conversation: c, Message: asked, Recall: b.recallFor(ctx, c)})
}

// recallFor reads for a step in a conversation.
func (b *Bot) recallFor(ctx context.Context, c Conversation) Recall {
	return recall{ctx: ctx, store: b.store, resident: c.Resident.ID, since: c.Resident.Changed}
}

// stepWith is the turn that the talk makes of a situation.
func (b *Bot) stepWith(c Conversation, s Situation) (*Turn, Outcome, error) {
	s.Reads = b.reader != nil
	asked, now := s.Message, s.Now
	outcome, err := b.dialogue.Step(s)
	if err != nil {
		return nil, outcome, err
	}
	if outcome.Broken != "" {
		b.log.Error("a flow failed; an officer answers", "resident", c.Resident.ID, "where", outcome.Broken)
	}
	t := &Turn{
		Resident: c.Resident.ID, Version: c.Version, At: now,
		Session: outcome.Session, Effects: outcome.Effects, Wake: outcome.Wake,
	}
	if asked != nil {
		c.Channel, c.Address = asked.Channel, asked.Address
		if c.State == Claimed {
			t.Silence = b.silence(now)
		}
	}
	b.answer(t, c, outcome.Replies, outcome.Choices)
	return t, outcome, nil
}

// asAnswer is a message as the talk reads it: a vote in the poll that stands
// is the number that was tapped.
func (b *Bot) asAnswer(ctx context.Context, c Conversation, in *Message) (*Message, error) {
	if in == nil || in.Kind != Vote || c.State == Claimed {
		return in, nil
	}
	_, newest, err := b.store.PollOf(ctx, c.Resident.ID, in.QuoteID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, err
	}
	if !newest {
		return in, nil
	}
	typed := *in
	typed.Kind = Text
	return &typed, nil
}

// maskedMessage is a message as it is kept, without the secrets that the talk
// has found in it.
func maskedMessage(in *Message, outcome Outcome) *Message {
	kept := *in
	kept.Text, kept.Masked = outcome.Text, outcome.Masked
	kept.Media = maskName(in.Media)
	return &kept
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
