package bot

import "sync"

// lanes let one turn of a resident run at a time, in the order of arrival,
// while residents do not wait for each other.
type lanes struct {
	mu      sync.Mutex
	waiting map[string]*lane
}

type lane struct {
	turn  chan struct{} // holds one token; those who wait get it in their order
	users int
}

// enter waits for the lane and returns the function that leaves it.
func (l *lanes) enter(key string) (leave func()) {
	l.mu.Lock()
	ln := l.waiting[key]
	if ln == nil {
		ln = &lane{turn: make(chan struct{}, 1)}
		l.waiting[key] = ln
	}
	ln.users++
	l.mu.Unlock()

	ln.turn <- struct{}{}
	return func() {
		<-ln.turn
		l.mu.Lock()
		defer l.mu.Unlock()
		ln.users--
		if ln.users == 0 {
			delete(l.waiting, key)
		}
	}
}
