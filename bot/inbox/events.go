package inbox

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"mitan/bot"
)

const (
	// streamsEach is how many open pages of one officer are kept up to date.
	streamsEach = 20
	// streamLife is how long a stream lasts; the browser then asks for the
	// next one, and whether it may is checked again.
	streamLife = 5 * time.Minute
	// streamBeat keeps proxies from cutting a stream that has nothing to say, and
	// lets a page know a line that is dead: see live.js.
	streamBeat = 20 * time.Second
	// linkPoll is how often a stream looks at the state of the link.
	linkPoll = 2 * time.Second
	// streamGather is how long changes are gathered into one event.
	streamGather = 100 * time.Millisecond
	// streamWrite bounds how long a browser may take to accept an event.
	streamWrite = 10 * time.Second
)

// streams counts the open streams of each officer.
type streams struct {
	mu   sync.Mutex
	open map[int64]int
}

func newStreams() *streams { return &streams{open: map[int64]int{}} }

func (s *streams) enter(officer int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[officer] >= streamsEach {
		return false
	}
	s.open[officer]++
	return true
}

func (s *streams) leave(officer int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[officer]--; s.open[officer] <= 0 {
		delete(s.open, officer)
	}
}

// events tells an open page, as server-sent events, whose conversations have
// changed, that the link has, and which officers are where. Of residents it
// holds ids only; the page then asks for what it shows.
func (in *Inbox) events(w http.ResponseWriter, r *http.Request, v visit) error {
	if !in.streams.enter(v.officer.ID) {
		w.Header().Set("Retry-After", "60")
		http.Error(w, "too many open pages", http.StatusServiceUnavailable)
		return nil
	}
	defer in.streams.leave(v.officer.ID)
	changes, stop := in.desk.Watch()
	defer stop()
	moves, stopMoves := in.presence.watch()
	defer stopMoves()
	reach, err := in.reach(r.Context())
	if err != nil {
		return err
	}
	if at := readSeen(r.URL.Query().Get("at")); reach.holds(r.Context(), at) {
		defer in.presence.enter(at, v.officer)()
	}

	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	stream := http.NewResponseController(w)
	send := func(text string) bool {
		_ = stream.SetWriteDeadline(time.Now().Add(streamWrite)) // not every server can
		_, err := fmt.Fprint(w, text)
		return err == nil && stream.Flush() == nil
	}
	end := time.NewTimer(streamLife)
	defer end.Stop()
	beat := time.NewTicker(streamBeat)
	defer beat.Stop()
	poll := time.NewTicker(linkPoll)
	defer poll.Stop()
	mark, told := in.linkMarkFor(v.officer), "[]"
	var there []present
	look := func() bool { // at who is where
		now := in.presence.others(v.officer.ID)
		if slices.Equal(now, there) {
			return true
		}
		there = now
		listed := reach.present(r.Context(), now)
		if listed == told {
			return true
		}
		told = listed
		return send("event: presence\ndata: " + told + "\n\n")
	}
	for on := send("retry: 2000\nevent: hello\ndata: \n\n") && look(); on; {
		select {
		case <-r.Context().Done():
			return nil
		case <-in.closed:
			return nil
		case <-end.C:
			return nil
		case <-beat.C:
			on = send("event: beat\ndata: \n\n")
		case <-poll.C:
			if now := in.linkMarkFor(v.officer); now != mark {
				mark = now
				on = send("event: link\ndata: \n\n")
			}
			on = on && look() // who has stopped typing says nothing
		case <-moves:
			on = look()
		case change := <-changes:
			if listed := reach.of(r.Context(), gather(change, changes)); listed != "" {
				on = send("event: change\ndata: " + listed + "\n\n")
			}
		}
	}
	return nil
}

// gather waits a moment for more changes and lists the residents once each.
func gather(first bot.Change, changes <-chan bot.Change) []int64 {
	residents := []int64{first.Resident}
	enough := time.After(streamGather)
	for {
		select {
		case change := <-changes:
			if !slices.Contains(residents, change.Resident) {
				residents = append(residents, change.Resident)
			}
		case <-enough:
			return residents
		}
	}
}
