package bot

import "sync"

// A Change says that something of a resident's conversation has changed, or,
// where Resident is 0, the state of the link: look again.
type Change struct{ Resident int64 }

// changes tells watchers, such as open pages, of changes.
type changes struct {
	mu       sync.Mutex
	watchers map[chan Change]struct{}
}

// watchRoom is how many changes a watcher may lag behind. Beyond it changes
// are dropped; a watcher that finds its channel full looks at everything again.
const watchRoom = 64

// Watch gives a channel of changes and the function that ends the watch. A
// watcher that is slow misses changes and is never waited for.
func (b *Bot) Watch() (<-chan Change, func()) {
	c := make(chan Change, watchRoom)
	b.changes.mu.Lock()
	defer b.changes.mu.Unlock()
	if b.changes.watchers == nil {
		b.changes.watchers = map[chan Change]struct{}{}
	}
	b.changes.watchers[c] = struct{}{}
	return c, func() {
		b.changes.mu.Lock()
		defer b.changes.mu.Unlock()
		delete(b.changes.watchers, c)
	}
}

func (c *changes) tell(change Change) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for watcher := range c.watchers {
		select {
		case watcher <- change:
		default:
		}
	}
}
