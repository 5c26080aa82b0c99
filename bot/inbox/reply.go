package inbox

import (
	"context"
	"errors"
	"net/http"
	"time"

	"mitan/bot"
)

// replyForm reads the form of a reply, which may be large, and slow to come.
func (in *Inbox) replyForm(w http.ResponseWriter, r *http.Request, v visit) (*replyForm, error) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(uploadTimeout)) // not every server can
	r.Body = http.MaxBytesReader(w, v.body, maxUpload)
	return readReply(r)
}

// reply sends the officer's words, a file, or both to the resident.
func (in *Inbox) reply(w http.ResponseWriter, r *http.Request, v visit) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	form, err := in.replyForm(w, r, v)
	defer form.close()
	// The time that the line has taken is not the store's.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), timeout)
	defer cancel()
	r = r.WithContext(ctx)
	refused := refusal{Form: "reply", Text: form.text, File: form.named, ID: form.quote}
	switch {
	case errors.Is(err, bot.ErrTooLarge) || errors.Is(err, errEmptyFile):
		return in.refuse(w, r, v, resident, err, refused)
	case err != nil:
		return &unsent{err, form.text}
	}
	answer := bot.Answer{Text: form.text, QuoteID: form.quote, File: form.file, Seen: form.seen, Undoable: true}
	if form.once != "" {
		answer.ID = bot.AnswerID(form.once, v.officer, resident, form.text, form.quote, form.sum)
	}
	if _, err := in.desk.Reply(context.WithoutCancel(ctx), v.officer, resident, answer); err != nil {
		return in.refuse(w, r, v, resident, err, refused)
	}
	toConversation(w, r, resident)
	return nil
}
