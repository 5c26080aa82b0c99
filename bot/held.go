package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// How long what is held waits at most.
const (
	// BacklogWait is for a channel that does not say when it has caught up.
	BacklogWait = 60 * time.Second
	// UnreadableWait is for a message to come once more, readable.
	UnreadableWait = 60 * time.Second
)

// answered tells whether a message of the kind is something said or sent, to be
// answered with the resident's others after an outage. What is about an earlier
// message, or cannot wait, is handled as it comes.
func (k MessageKind) answered() bool {
	switch k {
	case Call, Deletion, Reaction, Vote, Unreadable:
		return false
	}
	return true
}

// quiet tells whether nobody needs to answer the message: it is only written
// down.
func (m *Message) quiet() bool {
	switch m.Kind {
	case Deletion, Reaction:
		return true
	case Vote:
		return m.Text == ""
	}
	return false
}

// Release says that a channel has caught up: what was held is answered now.
func (b *Bot) Release(ctx context.Context) error {
	if err := b.store.HurryTimers(ctx, TimerBacklog, b.clock.Now()); err != nil {
		return fmt.Errorf("release what was held: %w", err)
	}
	b.hurryTimers()
	return nil
}

// hurryTimers says that timers have been made due.
func (b *Bot) hurryTimers() {
	select {
	case b.hurry <- struct{}{}:
	default:
	}
}

// keepTurn writes a message down and answers nothing. What is held has a timer
// by which it is answered.
func (b *Bot) keepTurn(c Conversation, in *Message, now time.Time) (*Turn, error) {
	outcome, err := b.dialogue.Step(Situation{Now: now, Conversation: c, Message: in, Keep: true})
	if err != nil {
		return nil, err
	}
	t := keptTurn(c, now)
	t.In = maskedMessage(in, outcome)
	switch {
	case in.Held && in.Kind == Unreadable:
		t.Set = []Timer{{Resident: t.Resident, Kind: TimerUnreadable, Due: now.Add(UnreadableWait)}}
	case in.Held:
		t.Set = []Timer{{Resident: t.Resident, Kind: TimerBacklog, Due: now.Add(BacklogWait)}}
	}
	return t, nil
}

// keptTurn is a turn that leaves the talk as it is.
func keptTurn(c Conversation, now time.Time) *Turn {
	return &Turn{Resident: c.Resident.ID, Version: c.Version, At: now, Session: c.Session, Kept: true}
}

// heldOf are the held messages that could be read, or those that could not.
func (b *Bot) heldOf(ctx context.Context, c Conversation, unreadable bool) ([]Message, error) {
	held, err := b.store.HeldOf(ctx, c.Resident.ID)
	return slices.DeleteFunc(held, func(m Message) bool { return (m.Kind == Unreadable) != unreadable }), err
}

// backlogTurn answers what came while the channel was catching up.
func (b *Bot) backlogTurn(ctx context.Context, c Conversation, now time.Time) (*Turn, error) {
	held, err := b.heldOf(ctx, c, false)
	if err != nil {
		return nil, err
	}
	t := keptTurn(c, now)
	if len(held) > 0 {
		if t, err = b.heldTurn(ctx, c, held, now); err != nil {
			return nil, err
		}
	}
	t.Timer = TimerBacklog
	return t, nil
}

// heldTurn answers held messages together.
func (b *Bot) heldTurn(ctx context.Context, c Conversation, held []Message, now time.Time) (*Turn, error) {
	whole := together(withEdits(held))
	t, _, err := b.step(ctx, c, &whole, now)
	if err != nil {
		return nil, err
	}
	t.Answers = ids(held)
	return t, nil
}

// unreadableTurn asks the resident to send again what has not come once more
// in a form that can be read, and calls an officer.
func (b *Bot) unreadableTurn(ctx context.Context, c Conversation, now time.Time) (*Turn, error) {
	held, err := b.heldOf(ctx, c, true)
	if err != nil {
		return nil, err
	}
	t := keptTurn(c, now)
	t.Timer, t.Answers = TimerUnreadable, ids(held)
	switch {
	case len(held) == 0:
	case c.State == Claimed: // the officer sees it
		t.Silence = b.silence(now)
	default:
		t.Effects = []Effect{Escalate{Reason: ReasonUnread}}
		b.answer(t, c, []string{b.ownWords(c.Resident.Lang, "talk.unreadable", "\n\n")}, nil)
	}
	return t, nil
}

func ids(messages []Message) []int64 {
	var list []int64
	for _, m := range messages {
		list = append(list, m.ID)
	}
	return list
}

// withEdits are held messages as their writers have changed them since: an edit
// takes the place of the words that it is about, where they are held too.
func withEdits(held []Message) []Message {
	var changed []Message
	for _, m := range held {
		i := slices.IndexFunc(changed, func(o Message) bool { return m.Kind == Edit && o.ExternalID == m.QuoteID })
		if i >= 0 {
			changed[i].Text, changed[i].Masked = m.Text, changed[i].Masked || m.Masked
			continue
		}
		changed = append(changed, m)
	}
	return changed
}

// tellingKinds are the kinds of message by how much they tell the talk, the
// most first: a voice must be heard by a person.
var tellingKinds = []MessageKind{Voice, Video, Image, Document, Contact, Location, Sticker, ViewOnce, Other}

// together makes one message of several: the words of all, a line each, under
// the id of the newest. It is forwarded if all are, and masked if any was.
func together(held []Message) Message {
	whole := held[len(held)-1]
	if len(held) == 1 {
		return whole
	}
	whole.Kind, whole.Media, whole.Forwarded = Text, nil, true
	var words []string
	rank := len(tellingKinds)
	for _, m := range held {
		whole.Forwarded = whole.Forwarded && m.Forwarded
		whole.Masked = whole.Masked || m.Masked
		if m.Text != "" {
			words = append(words, m.Text)
		}
		if r := slices.Index(tellingKinds, m.Kind); r >= 0 && r < rank {
			rank, whole.Kind, whole.Media = r, m.Kind, m.Media
		}
	}
	whole.Text = cut(strings.Join(words, "\n"), MaxText)
	return whole
}
