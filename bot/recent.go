package bot

import (
	"sync"
	"time"
)

// maxRecent is how many conversations are remembered: those of a busy hour, in
// some 20 MB.
const maxRecent = 20_000

// recent remembers how conversations stand after their last turn, so that the
// next turn need not read them. One that has changed since makes that turn
// stale, and it is read then.
type recent struct {
	mu            sync.Mutex
	conversations map[string]Conversation // by lane
	lanes         map[int64]string        // of those that are remembered, by resident
}

func newRecent() recent {
	return recent{conversations: map[string]Conversation{}, lanes: map[int64]string{}}
}

// take removes a conversation and returns it; false if it is not remembered.
// The caller holds the lane.
func (r *recent) take(lane string) (Conversation, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, ok := r.conversations[lane]
	r.drop(lane)
	return c, ok
}

// forget drops the conversation of a resident, because something else than a
// message of theirs has changed it.
func (r *recent) forget(resident int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if lane, ok := r.lanes[resident]; ok {
		r.drop(lane)
	}
}

func (r *recent) drop(lane string) {
	if c, ok := r.conversations[lane]; ok {
		delete(r.lanes, c.Resident.ID)
		delete(r.conversations, lane)
	}
}

func (r *recent) keep(lane string, c Conversation) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for other := range r.conversations {
		if len(r.conversations) < maxRecent {
			break
		}
		r.drop(other)
	}
	if other, ok := r.lanes[c.Resident.ID]; ok {
		r.drop(other) // the resident has written from another address since
	}
	r.conversations[lane] = c
	r.lanes[c.Resident.ID] = lane
}

// after is the conversation as a committed turn has left it; false if that is
// better read.
func (c Conversation) after(t *Turn) (Conversation, bool) {
	if t.In == nil || (c.State != WithBot && c.State != Waiting) || (t.Kept != t.In.Held) {
		return c, false
	}
	switch t.In.Kind {
	case Edit, Vote, Unreadable:
		return c, false // how these are counted is for the store to say
	}
	if t.In.Held {
		c.Held++
	}
	c.Version++
	c.Session = t.Session
	c.Messages += 1 + len(t.Out)
	c.LastAt = later(c.LastAt, t.In.At)
	if len(t.Out) > 0 {
		c.LastAt = later(c.LastAt, t.At.Truncate(time.Millisecond))
	}
	c.LastText, c.LastKind = LastText(t.In.Text), t.In.Kind
	c.Channel, c.Address = t.In.Channel, t.In.Address
	if c.State == Waiting {
		c.Unread++
	}
	for _, effect := range t.Effects {
		switch e := effect.(type) {
		case SaveCase, AbandonCase, KeepEvidence, Subscribe, Unsubscribe:
		case SetLanguage:
			c.Resident.Lang = e.Lang
		case SetName:
			c.Resident.Name = e.Name
		case Escalate:
			c.escalate(e, t.At.Truncate(time.Millisecond))
		default:
			return c, false
		}
	}
	return c, true
}

// escalate puts the conversation into the queue, or makes it more urgent there.
func (c *Conversation) escalate(e Escalate, at time.Time) {
	queued := c.State == Waiting
	if !queued {
		c.State, c.WaitingSince, c.Unread = Waiting, at, 1
	}
	if !queued || c.Reason == "" || (e.Urgent && !c.Urgent) {
		c.Reason = e.Reason
	}
	c.Urgent = c.Urgent || e.Urgent
}
