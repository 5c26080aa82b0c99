// Package ratchet keeps whatsmeow from spoiling the keys of a talk.
//
// A ratchet keeps the keys of a talk with one phone; each message either way
// moves it on. whatsmeow reads it, moves it and writes it back, when it sends
// and when it receives, without a lock over the three: a reply that is sealed at
// the moment in which a message from the same phone is opened undoes the other's
// step, and one of the two phones can no longer read what comes, or drops it as
// old. A [Gate] lets one of them at a time through.
package ratchet

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"sync"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types"
)

// A Gate is for the devices of one program. It is safe for concurrent use.
type Gate struct {
	mu sync.Mutex
	// Unsynced gives a context in which the database does not wait for the disk;
	// nil where it has no such.
	Unsynced func(context.Context) context.Context
}

// A passage is one sending's way through the gate.
type passage struct {
	inside bool
	own    []string // the helpline's own names
}

// ErrNobody means that a message was sealed for none of its receiver's phones:
// the service did not give their keys. whatsmeow would send it all the same, to
// the helpline's own phone.
var ErrNobody = errors.New("the keys of the receiver's phones are not to be had now")

type passageKey struct{}

// Enter gives a context in which one message may be sent, and what must be
// called when it has been. Own are the sender's own names.
func (g *Gate) Enter(ctx context.Context, own ...types.JID) (context.Context, func()) {
	p := &passage{}
	for _, j := range own {
		p.own = append(p.own, j.User)
	}
	return context.WithValue(ctx, passageKey{}, p), func() { g.leave(p) }
}

// Alone does something to the keys while no message passes.
func (g *Gate) Alone(do func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	do()
}

func (g *Gate) leave(p *passage) {
	if p.inside {
		p.inside = false
		g.mu.Unlock()
	}
}

// gatedSessions closes the gate while a message is sealed: from the reading of
// the ratchets to the writing.
type gatedSessions struct {
	store.SessionStore
	gate *Gate
}

// GetManySessions begins the sealing of a message.
func (s gatedSessions) GetManySessions(ctx context.Context, addresses []string) (map[string][]byte, error) {
	if p, ok := ctx.Value(passageKey{}).(*passage); ok && !p.inside {
		s.gate.mu.Lock()
		p.inside = true
	}
	return s.SessionStore.GetManySessions(ctx, addresses)
}

// PutManySessions ends it.
func (s gatedSessions) PutManySessions(ctx context.Context, sessions map[string][]byte) error {
	if p, ok := ctx.Value(passageKey{}).(*passage); ok {
		defer s.gate.leave(p)
		if len(p.own) > 0 && !p.reaches(sessions) {
			return ErrNobody
		}
	}
	return s.SessionStore.PutManySessions(ctx, sessions)
}

// reaches tells whether a phone of somebody else is among those that a message
// was sealed for.
func (p *passage) reaches(sessions map[string][]byte) bool {
	for name := range sessions {
		user, _, _ := strings.Cut(name, ":") // of "user_1:device" or "user:device"
		user, _, _ = strings.Cut(user, "_")
		if !slices.Contains(p.own, user) {
			return true
		}
	}
	return false
}

// gatedBuffer closes the gate while a message is opened.
type gatedBuffer struct {
	store.EventBuffer
	gate *Gate

	mu     sync.Mutex
	newest *Opened
}

// Opened is a message that was opened and that whatsmeow keeps, in case it is
// not yet in our store when the program is killed.
type Opened struct{ seal [sha256.Size]byte }

// Newest is the message of a device that is in its handler, of which there is
// one at a time; nil if it was not sealed.
func Newest(d *store.Device) *Opened {
	b, ok := d.EventBuffer.(*gatedBuffer)
	if !ok {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.newest
}

func (b *gatedBuffer) open(seal [sha256.Size]byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.newest = &Opened{seal}
}

// GetBufferedEvent looks whether a message has been opened before.
func (b *gatedBuffer) GetBufferedEvent(ctx context.Context, seal [sha256.Size]byte) (*store.BufferedEvent, error) {
	b.open(seal)
	return b.EventBuffer.GetBufferedEvent(ctx, seal)
}

// Forget has whatsmeow forget the words of messages that are stored: one that
// is given again is then known by its seal and dropped.
func Forget(ctx context.Context, d *store.Device, messages []*Opened) error {
	if len(messages) == 0 {
		return nil
	}
	return d.EventBuffer.DoDecryptionTxn(ctx, func(ctx context.Context) error {
		for _, m := range messages {
			if err := d.EventBuffer.ClearBufferedEventPlaintext(ctx, m.seal); err != nil {
				return err
			}
		}
		return nil
	})
}

// DoDecryptionTxn opens a message. Its step of the ratchet does not wait for the
// disk. A power cut may undo such steps, but only those since the last message
// that was sealed, for which the disk is waited for. Until the phone at the other
// end has something newer of ours, it goes on with the keys that an undone step
// still finds: a message that is given again is opened again, and a later one by
// the keys that were skipped.
func (b *gatedBuffer) DoDecryptionTxn(ctx context.Context, open func(context.Context) error) error {
	b.gate.mu.Lock()
	defer b.gate.mu.Unlock()
	if b.gate.Unsynced != nil {
		ctx = b.gate.Unsynced(ctx)
	}
	return b.EventBuffer.DoDecryptionTxn(ctx, open)
}

// Put puts a device behind the gate, once it has its stores.
func (g *Gate) Put(d *store.Device) {
	if _, done := d.Sessions.(gatedSessions); done || !d.Initialized {
		return
	}
	d.Sessions = gatedSessions{d.Sessions, g}
	d.EventBuffer = &gatedBuffer{EventBuffer: d.EventBuffer, gate: g}
	d.Contacts = nameless{d.Contacts}
}

// Devices is a container that puts a new device behind a gate when it is linked:
// it has no stores before.
type Devices struct {
	*sqlstore.Container
	Gate *Gate
}

// PutDevice stores a device.
func (c Devices) PutDevice(ctx context.Context, d *store.Device) error {
	err := c.Container.PutDevice(ctx, d)
	c.Gate.Put(d)
	return err
}
