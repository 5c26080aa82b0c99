package inbox

import (
	"context"
	"net/http"
)

// confirmIdentity says that the officer knows the resident to be the same
// person as before the security code of their phone changed.
func (in *Inbox) confirmIdentity(w http.ResponseWriter, r *http.Request, v visit) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	if err := in.desk.ConfirmIdentity(context.WithoutCancel(r.Context()), v.officer, resident); err != nil {
		return in.refuse(w, r, v, resident, err, refusal{})
	}
	toConversation(w, r, resident)
	return nil
}
