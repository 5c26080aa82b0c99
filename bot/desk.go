package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// MaxReply is how many bytes an officer's reply or note may have: what fits
// into one WhatsApp message.
const MaxReply = 4000

// What the desk refuses, to be tested with errors.Is.
var (
	ErrForbiddenRole = errors.New("this role may not do that")
	ErrEmpty         = errors.New("there is nothing written")
	ErrTooLong       = fmt.Errorf("at most %d bytes", MaxReply)
)

// Claim gives a conversation to the officer; the bot falls silent in it.
// ErrTaken if another holds it; taking over needs RoleCharge.
func (b *Bot) Claim(ctx context.Context, o Officer, resident int64, takeOver bool) error {
	least := RoleOfficer
	if takeOver {
		least = RoleCharge
	}
	if !o.Role.May(least) {
		return ErrForbiddenRole
	}
	now := b.clock.Now()
	return b.desk(resident, b.store.Claim(ctx, resident, o.ID, takeOver, now, b.silence(now)))
}

// silence is by when an officer must have answered.
func (b *Bot) silence(now time.Time) time.Time {
	return now.Add(time.Duration(b.unit.Hours.SilenceMinutes) * time.Minute)
}

// Reply queues the officer's words for the resident. ErrNotYours unless the
// officer holds the conversation.
func (b *Bot) Reply(ctx context.Context, o Officer, resident int64, text string) (int64, error) {
	text, err := written(o, text)
	if err != nil {
		return 0, err
	}
	c, err := b.store.Conversation(ctx, resident)
	if err != nil {
		return 0, err
	}
	m := b.outgoing(resident, c.Channel, c.Address, text, b.clock.Now())
	m.By, m.Officer = ByOfficer, o.ID
	id, err := b.store.Reply(ctx, m)
	return id, b.desk(resident, err)
}

// Note writes down the officer's words for other officers. It is never sent.
func (b *Bot) Note(ctx context.Context, o Officer, resident int64, text string) error {
	text, err := written(o, text)
	if err != nil {
		return err
	}
	note := Note{Resident: resident, Officer: o.ID, Text: text, At: b.clock.Now().Truncate(time.Millisecond)}
	return b.desk(resident, b.store.AddNote(ctx, note))
}

// CloseConversation ends a conversation that the officer holds and tells the
// resident, to whom the bot answers from then on.
func (b *Bot) CloseConversation(ctx context.Context, o Officer, resident int64) error {
	if !o.Role.May(RoleOfficer) {
		return ErrForbiddenRole
	}
	c, err := b.store.Conversation(ctx, resident)
	if err != nil {
		return err
	}
	text := b.catalog.Text(c.Resident.Lang, "officer.closed", nil)
	farewell := b.outgoing(resident, c.Channel, c.Address, text, b.clock.Now())
	return b.desk(resident, b.store.CloseConversation(ctx, resident, o.ID, farewell))
}

// Seen says that the officer who holds the conversation has read it.
func (b *Bot) Seen(ctx context.Context, o Officer, resident int64) error {
	if !o.Role.May(RoleOfficer) {
		return nil
	}
	return b.store.Seen(ctx, resident, o.ID)
}

// written checks what an officer has written.
func written(o Officer, text string) (string, error) {
	text = strings.TrimSpace(cleanText(text))
	switch {
	case !o.Role.May(RoleOfficer):
		return "", ErrForbiddenRole
	case text == "":
		return "", ErrEmpty
	case len(text) > MaxReply:
		return "", ErrTooLong
	}
	return text, nil
}

// desk tells watchers of what an officer has done.
func (b *Bot) desk(resident int64, err error) error {
	b.recent.forget(resident)
	if err == nil {
		b.wake()
		b.changes.tell(Change{Resident: resident})
	}
	return err
}
