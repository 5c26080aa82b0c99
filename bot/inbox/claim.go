package inbox

import (
	"context"
	"net/http"
)

// claim takes a conversation. Who comes second is told who has it.
func (in *Inbox) claim(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.take(w, r, v, false)
}

// takeOver takes a conversation that another officer holds.
func (in *Inbox) takeOver(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.take(w, r, v, true)
}

func (in *Inbox) take(w http.ResponseWriter, r *http.Request, v visit, over bool) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	if err := in.desk.Claim(context.WithoutCancel(r.Context()), v.officer, resident, over); err != nil {
		return in.refuse(w, r, v, resident, err, refusal{})
	}
	toConversation(w, r, resident)
	return nil
}
