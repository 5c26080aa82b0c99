package bot

import (
	"context"
	"errors"
	"strings"

	"mitan/locales"
)

// Limits of ready replies.
const (
	MaxReadyReplies = 200 // of a unit and all its thanas
	MaxReadyName    = 40  // bytes
)

// ErrUnfilled means that a place of a ready reply has not been filled in.
var ErrUnfilled = errors.New("a place in the text is not filled in")

// A ReadyReply is an answer that is often needed, in both languages. {name} and
// {case} in it stand for the resident's name and the number of their case.
type ReadyReply struct {
	ID    int64
	Thana string // as it is stored; "" for the whole unit
	Name  string // short; how it is found
	Hi    string
	En    string
}

// In is the text in a language: Hindi, unless English is asked for.
func (r ReadyReply) In(lang locales.Lang) string {
	if lang == locales.English {
		return r.En
	}
	return r.Hi
}

// Places are what a text may leave open, to be filled in before it is sent.
var Places = []string{"{name}", "{case}"}

// unfilled tells whether a text still has an open place.
func unfilled(text string) bool {
	for _, place := range Places {
		if strings.Contains(text, place) {
			return true
		}
	}
	return false
}

// SaveReadyReply adds a ready reply, or with an id changes one. One of the
// whole unit is for administrators and those in charge who have no thana; who
// is in charge of a thana manages its own. ErrExists if the name is taken.
func (b *Bot) SaveReadyReply(ctx context.Context, o Officer, r ReadyReply) error {
	r.Name, r.Hi, r.En = strings.TrimSpace(cleanText(r.Name)), strings.TrimSpace(cleanText(r.Hi)), strings.TrimSpace(cleanText(r.En))
	switch {
	case !o.mayManage(r.Thana):
		return ErrForbiddenRole
	case r.Name == "" || r.Hi == "" || r.En == "":
		return ErrEmpty
	case len(r.Name) > MaxReadyName || len(r.Hi) > MaxReply || len(r.En) > MaxReply:
		return ErrTooLong
	}
	if err := b.ownReadyReply(ctx, o, r.ID); err != nil {
		return err
	}
	return b.store.SaveReadyReply(ctx, r, o.ID, b.clock.Now())
}

// RemoveReadyReply removes a ready reply.
func (b *Bot) RemoveReadyReply(ctx context.Context, o Officer, id int64) error {
	if err := b.ownReadyReply(ctx, o, id); err != nil {
		return err
	}
	return b.store.RemoveReadyReply(ctx, id, o.ID, b.clock.Now())
}

// ownReadyReply refuses a ready reply that is not the officer's to change.
func (b *Bot) ownReadyReply(ctx context.Context, o Officer, id int64) error {
	if !o.Role.May(RoleCharge) {
		return ErrForbiddenRole
	}
	if id == 0 {
		return nil
	}
	all, err := b.store.ReadyReplies(ctx)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.ID == id {
			if !o.mayManage(r.Thana) {
				return ErrForbiddenRole
			}
			return nil
		}
	}
	return ErrNotFound
}

func (o Officer) mayManage(thana string) bool {
	return o.Role.May(RoleCharge) && (o.Role == RoleAdmin || o.Thana == "" || o.Thana == thana)
}
