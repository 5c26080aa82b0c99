package inbox

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"mitan/bot"
)

// saveDraft keeps what is being written. The page's script gives it as it is
// typed (quiet=1), which also tells the others who is typing; with scripts off
// a button does.
func (in *Inbox) saveDraft(w http.ResponseWriter, r *http.Request, v visit) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	written := bot.UnsentForm(r.URL.Query().Get("form"))
	text, err := in.draftText(w, r, v, written)
	if err != nil {
		return &unsent{err, text}
	}
	quiet := r.URL.Query().Get("quiet") != ""
	if quiet {
		in.presence.typed(resident, v.officer, text != "")
	}
	err = in.desk.SaveUnsent(context.WithoutCancel(r.Context()), v.officer, resident, written, text)
	switch {
	case quiet && err == nil:
		w.WriteHeader(http.StatusNoContent)
		return nil
	case err != nil && !quiet && !errors.Is(err, bot.ErrNotFound):
		return in.refuse(w, r, v, resident, err, refusal{Form: string(written), Text: text})
	case err != nil:
		return &unsent{fmt.Errorf("save a draft: %w", err), text}
	}
	toConversation(w, r, resident)
	return nil
}

// draftText is what is written in the form from which it comes. A file that was
// chosen with it is not kept.
func (in *Inbox) draftText(w http.ResponseWriter, r *http.Request, v visit, written bot.UnsentForm) (string, error) {
	if written == bot.UnsentNote {
		if err := r.ParseForm(); err != nil {
			return "", formError(err)
		}
		return r.PostFormValue("note"), nil
	}
	form, err := in.replyForm(w, r, v)
	defer form.close()
	if errors.Is(err, bot.ErrTooLarge) || errors.Is(err, errEmptyFile) {
		err = nil
	}
	return form.text, err
}

// writing is what stands in the fields of a conversation's forms.
type writing struct {
	Reply, Note string // as they were left
	Once        string // marks the form of the reply, so that it is sent once
}

// writing reads what an officer has left unsent, with the ready reply that was
// chosen, if one was, after it.
func (in *Inbox) writing(r *http.Request, v visit, c *conversation) (writing, error) {
	found := writing{Once: rand.Text()}
	left, err := in.store.UnsentOf(r.Context(), v.officer.ID, c.Resident)
	if err != nil {
		return found, fmt.Errorf("read drafts: %w", err)
	}
	for _, d := range left {
		if d.Form == bot.UnsentNote {
			found.Note = d.Text
		} else {
			found.Reply = d.Text
		}
	}
	for _, ready := range c.Ready {
		for _, one := range ready.Texts {
			if one.Chosen {
				found.Reply = strings.TrimLeft(found.Reply+"\n"+one.Text, "\n")
			}
		}
	}
	return found, nil
}
