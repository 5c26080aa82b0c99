package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"mitan/locales"
)

// GroupDone is the reply of [Bot.FromGroup] to what has been sent on: the
// channel puts it on the officer's message as a reaction.
const GroupDone = "✅"

// FromGroup does what an officer has written in the officers' group under a
// notice of ours: claim, close, or an answer to its resident, which claims the
// conversation if nobody holds it. Rights are those of the inbox. A message of
// somebody who is no officer, or that quotes no notice, is nobody's business: it
// reaches no resident.
//
// The reply is what the group is shown: "" for nothing, GroupDone as a reaction,
// else words in answer to the officer's message. A message that is given twice
// is sent once. One that edits or deletes an answer undoes nothing, and is told so.
// On an error nothing was sent, and the channel must give the
// message again.
func (b *Bot) FromGroup(ctx context.Context, m GroupMessage) (reply string, err error) {
	if m.ID == "" || m.Phone == "" || m.QuoteID == "" {
		return "", nil
	}
	o, err := b.store.OfficerByPhone(ctx, m.Phone)
	if errors.Is(err, ErrNotFound) || (err == nil && o.Disabled) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if m.Change {
		return b.groupChange(ctx, m)
	}
	n, err := b.store.NoticeByExternalID(ctx, m.QuoteID)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	reply, err = b.groupDo(ctx, o, n.Resident, m)
	if err != nil {
		return b.groupRefusal(ctx, n.Resident, err)
	}
	return reply, nil
}

// groupChange tells an officer that what has gone to a resident stays there.
func (b *Bot) groupChange(ctx context.Context, m GroupMessage) (string, error) {
	resident, err := b.store.AnswerOfGroup(ctx, groupAnswerID(m.QuoteID))
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return b.groupText("group.stays", map[string]any{"resident": residentMark(resident)}), nil
}

func (b *Bot) groupDo(ctx context.Context, o Officer, resident int64, m GroupMessage) (string, error) {
	switch b.catalog.Command(m.Text) {
	case locales.CmdClaim:
		return b.groupText("group.claimed", map[string]any{"resident": residentMark(resident)}), b.Claim(ctx, o, resident, false)
	case locales.CmdClose:
		return b.groupText("group.closed", map[string]any{"resident": residentMark(resident)}), b.groupClose(ctx, o, resident)
	}
	return GroupDone, b.groupAnswer(ctx, o, resident, m)
}

// groupClose closes a conversation. One that is closed already, perhaps by this
// very message, is well.
func (b *Bot) groupClose(ctx context.Context, o Officer, resident int64) error {
	err := b.CloseConversation(ctx, o, resident)
	if !errors.Is(err, ErrNotYours) {
		return err
	}
	if c, readErr := b.store.Conversation(ctx, resident); readErr != nil || c.State == Closed {
		return readErr
	}
	return err
}

func (b *Bot) groupAnswer(ctx context.Context, o Officer, resident int64, m GroupMessage) error {
	text, err := written(o, m.Text) // before the claim, so that nobody is claimed for nothing
	if err != nil {
		return err
	}
	id := groupAnswerID(m.ID)
	// Sent already: the conversation may have been closed since.
	if _, err := b.store.MessageOf(ctx, resident, id); !errors.Is(err, ErrNotFound) {
		return err
	}
	if err := b.Claim(ctx, o, resident, false); err != nil {
		return err
	}
	_, err = b.Reply(ctx, o, resident, Answer{Text: text, ID: id})
	return err
}

// groupAnswerID is the id of the answer that a message of the group becomes:
// the same each time, and of the form of newID.
func groupAnswerID(message string) string {
	sum := sha256.Sum256([]byte(message))
	return "3EB0" + strings.ToUpper(hex.EncodeToString(sum[:9]))
}

// groupRefusal says in words why an officer's message did nothing. What is no
// refusal is passed on as an error.
func (b *Bot) groupRefusal(ctx context.Context, resident int64, err error) (string, error) {
	vars := map[string]any{"resident": residentMark(resident)}
	switch {
	case errors.Is(err, ErrTaken):
		c, err := b.store.Conversation(ctx, resident)
		if err != nil {
			return "", err
		}
		vars["officer"] = c.OfficerName
		return b.groupText("group.taken", vars), nil
	case errors.Is(err, ErrNotYours):
		return b.groupText("group.not_yours", vars), nil
	case errors.Is(err, ErrForbiddenRole):
		return b.groupText("group.not_allowed", vars), nil
	case errors.Is(err, ErrEmpty), errors.Is(err, ErrTooLong):
		return b.groupText("group.failed", vars), nil
	case errors.Is(err, ErrNotFound):
		return b.groupText("group.unknown", vars), nil
	}
	return "", err
}
