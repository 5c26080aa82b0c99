package inbox

import (
	"context"
	"net/http"

	"mitan/bot"
)

// reply sends the officer's words to the resident.
func (in *Inbox) reply(w http.ResponseWriter, r *http.Request, v visit) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	text := r.PostFormValue("text")
	if _, err := in.desk.Reply(context.WithoutCancel(r.Context()), v.officer, resident, bot.Answer{Text: text}); err != nil {
		return in.refuse(w, r, v, resident, err, "reply", text)
	}
	toConversation(w, r, resident)
	return nil
}
