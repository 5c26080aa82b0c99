package inbox

import (
	"context"
	"net/http"
)

// note writes down words for other officers. It has an address, a form and a
// field of its own, so that a note can never become a reply.
func (in *Inbox) note(w http.ResponseWriter, r *http.Request, v visit) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	text := r.PostFormValue("note")
	if err := in.desk.Note(context.WithoutCancel(r.Context()), v.officer, resident, text); err != nil {
		return in.refuse(w, r, v, resident, err, refusal{Form: "note", Text: text})
	}
	toConversation(w, r, resident)
	return nil
}
