package handset

import (
	"fmt"
	"net/http"
	"time"
)

// eventPulse is how often an idle stream shows that it lives.
const eventPulse = 20 * time.Second

// events is a stream of server-sent events. Each holds the number of a phone
// on which something has changed; the page then looks again.
func (p *page) events(w http.ResponseWriter, r *http.Request) {
	stream := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	changes, stop := p.watch()
	defer stop()
	pulse := time.NewTicker(eventPulse)
	defer pulse.Stop()
	if _, err := fmt.Fprint(w, "retry: 1000\n\n"); err != nil {
		return
	}
	for {
		if err := stream.Flush(); err != nil {
			return
		}
		var err error
		select {
		case <-r.Context().Done():
			return
		case phone := <-changes:
			_, err = fmt.Fprintf(w, "event: change\ndata: %s\n\n", phone)
		case <-pulse.C:
			_, err = fmt.Fprint(w, ": still here\n\n")
		}
		if err != nil {
			return
		}
	}
}
