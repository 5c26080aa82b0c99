package inbox

import (
	"fmt"
	"net/http"
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
	w.WriteHeader(http.StatusNoContent)
	return nil
}
