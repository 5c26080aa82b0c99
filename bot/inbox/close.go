package inbox

import (
	"context"
	"net/http"
)

// closeConversation ends a conversation; the resident gets a farewell.
func (in *Inbox) closeConversation(w http.ResponseWriter, r *http.Request, v visit) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	if err := in.desk.CloseConversation(context.WithoutCancel(r.Context()), v.officer, resident); err != nil {
		return in.refuse(w, r, v, resident, err, refusal{})
	}
	toConversation(w, r, resident)
	return nil
}
