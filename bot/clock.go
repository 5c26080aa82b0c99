package bot

import (
	"sync"
	"time"
)

// A Clock tells the time. Everything that depends on time asks one, so that a
// test or a terminal talk can move it.
type Clock interface {
	Now() time.Time
}

// SystemClock is the machine's clock, in UTC.
type SystemClock struct{}

// Now is the machine's time in UTC.
func (SystemClock) Now() time.Time { return time.Now().UTC() }

// ManualClock stands still until it is set. It is safe for concurrent use.
type ManualClock struct {
	mu  sync.Mutex
	now time.Time
}

// NewManualClock starts a clock that stands at now.
func NewManualClock(now time.Time) *ManualClock { return &ManualClock{now: now.UTC()} }

// Now is the time that was last set.
func (c *ManualClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to now.
func (c *ManualClock) Set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now.UTC()
}
