package inbox

import (
	"fmt"
	"net/http"
	"strconv"
)

// seen says that an open page shows the newest messages to the officer. It is
// the page's script that asks; with scripts off, loading the page does it.
func (in *Inbox) seen(w http.ResponseWriter, r *http.Request, v visit) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	if err := in.desk.Seen(r.Context(), v.officer, resident); err != nil {
		return fmt.Errorf("mark as seen: %w", err)
	}
	if message, err := strconv.ParseInt(r.PostFormValue("message"), 10, 64); err == nil && message > 0 {
		if err := in.desk.Looked(r.Context(), v.officer, resident, message); err != nil {
			return fmt.Errorf("mark as looked at: %w", err)
		}
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
