package inbox

import (
	"fmt"
	"io"
	"net/http"

	"mitan/bot"
)

// health answers ok when the store can be read: for a watchdog, so without
// signing in and without telling anything.
func (in *Inbox) health(w http.ResponseWriter, r *http.Request, _ visit) error {
	if _, err := in.store.Conversations(r.Context(), bot.ConversationFilter{Limit: 1}); err != nil {
		in.log.Error("inbox: health", "error", fmt.Errorf("read the store: %w", err))
		http.Error(w, "the store cannot be read", http.StatusServiceUnavailable)
		return nil
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := io.WriteString(w, "ok\n")
	return err
}
