package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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

// An Answer is what an officer sends to a resident: words, a file, or both.
type Answer struct {
	Text    string
	QuoteID string // the message of the resident that it answers; "" for none
	File    *File
	// ID is the message's final id where the answer may be given twice and must
	// be sent once; "" gives it a new one. See AnswerID.
	ID string
	// Seen is the newest message of the thread that the officer had seen: where
	// the resident has written since, the answer is refused. 0 asks for nothing.
	Seen int64
	// Undoable says that it waits UndoTime before it is sent.
	Undoable bool
}

// AnswerID is the id of an answer that a form may give twice: the same for the
// same form with the same content, and no other's.
func AnswerID(form string, o Officer, resident int64, content ...string) string {
	sum := sha256.New()
	_ = json.NewEncoder(sum).Encode([]any{form, o.ID, resident, content}) // strings and numbers: it cannot fail
	return "3EB0" + strings.ToUpper(hex.EncodeToString(sum.Sum(nil)[:9]))
}

// A File is a picture, a recording or a document that an officer sends.
type File struct {
	Name    string    // as the officer's browser names it
	Claimed string    // its MIME type as the browser says
	Content io.Reader // at most MaxMedia bytes

	Duration time.Duration // of a recording; 0 if not known
}

// KindOf is the kind of message for a file of a MIME type, as read from its
// bytes: what phones show as a picture or play as a voice note; else a document.
func KindOf(mime string) MessageKind {
	mime, _, _ = strings.Cut(mime, ";")
	switch mime {
	case "image/jpeg", "image/png":
		return Image
	case "audio/ogg", "application/ogg":
		return Voice
	}
	return Document
}

// Reply queues the officer's answer for the resident. ErrNotYours unless the
// officer holds the conversation.
func (b *Bot) Reply(ctx context.Context, o Officer, resident int64, a Answer) (int64, error) {
	text, err := written(o, a.Text)
	if errors.Is(err, ErrEmpty) && a.File != nil {
		err = nil
	}
	if err == nil && unfilled(text) {
		err = ErrUnfilled
	}
	if err != nil {
		return 0, err
	}
	c, err := b.store.Conversation(ctx, resident)
	if err != nil {
		return 0, err
	}
	m := b.outgoing(resident, c.Channel, c.Address, text, b.clock.Now())
	m.By, m.Officer, m.Seen, m.Payload = ByOfficer, o.ID, a.Seen, nil
	if a.Undoable {
		m.Due = m.At.Add(UndoTime)
	}
	if a.ID != "" {
		m.ExternalID = a.ID
	}
	if a.QuoteID != "" {
		quoted, err := b.store.MessageOf(ctx, resident, a.QuoteID)
		if err != nil {
			return 0, err
		}
		m.QuoteID, m.Quoted = a.QuoteID, quoted.Text
	}
	var content io.Reader
	if a.File != nil {
		m.Media = &Media{Name: a.File.Name, Claimed: a.File.Claimed, Duration: a.File.Duration}
		content = a.File.Content
	} else {
		m.Payload = b.encode(m)
	}
	id, err := b.store.Reply(ctx, m, content)
	if err == nil && a.Undoable { // an answer from the officers' group leaves the inbox's draft
		err = b.store.SaveUnsent(ctx, Unsent{Officer: o.ID, Resident: resident, Form: UnsentReply, At: m.At})
	}
	return id, b.desk(resident, err)
}

// Note writes down the officer's words for other officers. It is never sent.
func (b *Bot) Note(ctx context.Context, o Officer, resident int64, text string) error {
	text, err := written(o, text)
	if err != nil {
		return err
	}
	note := Note{Resident: resident, Officer: o.ID, Text: text, At: b.clock.Now().Truncate(time.Millisecond)}
	err = b.store.AddNote(ctx, note)
	if err == nil {
		err = b.store.SaveUnsent(ctx, Unsent{Officer: o.ID, Resident: resident, Form: UnsentNote, At: note.At})
	}
	return b.desk(resident, err)
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

// ConfirmIdentity says that the officer knows the resident to be the same
// person as before the security code of their phone changed.
func (b *Bot) ConfirmIdentity(ctx context.Context, o Officer, resident int64) error {
	if !o.Role.May(RoleOfficer) {
		return ErrForbiddenRole
	}
	return b.desk(resident, b.store.ConfirmIdentity(ctx, resident, o.ID, b.clock.Now()))
}

// Seen says that the officer who holds the conversation has read it.
func (b *Bot) Seen(ctx context.Context, o Officer, resident int64) error {
	if !o.Role.May(RoleOfficer) {
		return nil
	}
	return b.store.Seen(ctx, resident, o.ID)
}

// Looked says that an officer, whoever holds the conversation, has seen it up
// to a message.
func (b *Bot) Looked(ctx context.Context, o Officer, resident, message int64) error {
	return b.store.Looked(ctx, o.ID, resident, message)
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
