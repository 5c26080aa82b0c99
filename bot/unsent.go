package bot

import (
	"context"
	"time"
)

// UnsentForm says what a draft is to become.
type UnsentForm string

// The forms of a draft.
const (
	UnsentReply UnsentForm = "reply" // words to the resident
	UnsentNote  UnsentForm = "note"  // words to other officers
)

// Unsent is what an officer was writing beside a conversation and has not
// sent. There is one of each form for an officer and a resident.
type Unsent struct {
	Officer  int64
	Resident int64
	Form     UnsentForm
	Text     string
	At       time.Time
}

// MaxUnsent is how many bytes a draft may have: more than a reply, so that what
// is too long to be sent is not lost either.
const MaxUnsent = 32 << 10

// SaveUnsent keeps what an officer is writing; nothing written removes the
// draft. Whoever may reply may keep a draft, whether or not the conversation is
// theirs just now.
func (b *Bot) SaveUnsent(ctx context.Context, o Officer, resident int64, form UnsentForm, text string) error {
	text = cleanText(text)
	switch {
	case !o.Role.May(RoleOfficer):
		return ErrForbiddenRole
	case form != UnsentReply && form != UnsentNote:
		return ErrNotFound
	case len(text) > MaxUnsent:
		return ErrTooLong
	}
	return b.store.SaveUnsent(ctx, Unsent{Officer: o.ID, Resident: resident, Form: form, Text: text, At: b.clock.Now()})
}
