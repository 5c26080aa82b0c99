package whatsapp

import (
	"context"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"go.mau.fi/whatsmeow"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"mitan/bot/whatsapp/ratchet"
)

const (
	// maxArriving is how many messages and receipts are on their way into the
	// store at a time: as many as share one commit there. Then the next one waits.
	maxArriving = 256
	// arrivingWait is how long it waits; then the store is stuck, and it is
	// refused. whatsmeow goes on without a handler after five minutes, and two must
	// never be in one.
	arrivingWait = time.Minute
	// buffersKept is how often what whatsmeow keeps of messages that the service
	// no longer gives again is cleared away.
	buffersKept = 12 * time.Hour
)

// arrivals are the messages and receipts that a client brings, from its handler
// to the service's being told that we have them.
//
// whatsmeow handles one thing at a time, and acknowledges it when the handler
// returns true. If each waited for its own commit, they would come in as slowly
// as the disk turns. So the handler returns false for what a resident writes,
// which leaves the acknowledgement to us: what comes next is opened while this
// one is stored, those of several residents share a commit, and each is
// acknowledged when it is durable. Messages of one resident are stored in their
// order.
type arrivals struct {
	*WhatsApp
	client *whatsmeow.Client
	failed atomic.Bool // a message was refused: so are all, until it has come again

	slots chan struct{}

	mu      sync.Mutex
	newest  map[string]chan struct{} // by sender: closed when the newest of theirs is done
	stored  []stored                 // that are to be acknowledged
	telling bool                     // somebody is at it
	cleared time.Time                // when old buffers were cleared away
}

// stored is something that is durable here and that the service has not been
// told of.
type stored struct {
	acknowledge func(context.Context)
	opened      *ratchet.Opened // what whatsmeow keeps of it, to be forgotten first
}

func (w *WhatsApp) newArrivals(client *whatsmeow.Client) *arrivals {
	return &arrivals{
		WhatsApp: w, client: client,
		slots: make(chan struct{}, maxArriving), newest: map[string]chan struct{}{},
	}
}

// inTurn does something beside the handler, after what was given before of the
// same sender. The channel is closed when it is done; it is nil if there is no
// room and nothing will be done.
func (a *arrivals) inTurn(ctx context.Context, sender string, do func()) <-chan struct{} {
	if !a.slot(ctx) {
		a.stall(ctx)
		return nil
	}
	done := make(chan struct{})
	a.arriving.Add(1)
	a.mu.Lock()
	before := a.newest[sender]
	a.newest[sender] = done
	a.mu.Unlock()
	a.background.Go(func() {
		defer func() {
			if cause := recover(); cause != nil {
				a.log.Error("whatsapp: taking in a message failed", "stack", string(debug.Stack()))
				a.stall(ctx)
			}
			a.mu.Lock()
			if a.newest[sender] == done {
				delete(a.newest, sender)
			}
			a.mu.Unlock()
			close(done)
			a.arriving.Add(-1)
			<-a.slots
		}()
		if before != nil {
			<-before
		}
		do()
	})
	return done
}

// slot waits for room.
func (a *arrivals) slot(ctx context.Context) bool {
	select {
	case a.slots <- struct{}{}:
		return true
	default:
	}
	timer := time.NewTimer(arrivingWait)
	defer timer.Stop()
	select {
	case a.slots <- struct{}{}:
		return true
	case <-ctx.Done():
	case <-timer.C:
		a.log.Error("whatsapp: nothing is being stored")
	}
	return false
}

// stall refuses messages from now on, and has the connection made anew, so that
// the service gives again what it was not told that we have.
func (a *arrivals) stall(ctx context.Context) {
	a.failed.Store(true)
	a.signal(ctx, stalled{a})
}

// acknowledge tells the service of something that is durable, beside the others
// that are.
func (a *arrivals) acknowledge(ctx context.Context, s stored) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stored = append(a.stored, s)
	if a.telling {
		return
	}
	a.telling = true
	a.background.Go(func() {
		for batch := a.unacknowledged(); batch != nil; batch = a.unacknowledged() {
			a.tell(ctx, batch)
		}
	})
}

// unacknowledged takes what is to be acknowledged; nil if nothing is.
func (a *arrivals) unacknowledged() []stored {
	a.mu.Lock()
	defer a.mu.Unlock()
	batch := a.stored
	a.stored = nil
	a.telling = batch != nil
	return batch
}

// tell tells the service that we have what is stored. First whatsmeow forgets
// the words, so that none are left where nobody erases them; if the service gives
// the message again all the same, it is known by its seal.
func (a *arrivals) tell(ctx context.Context, batch []stored) {
	var opened []*ratchet.Opened
	for _, s := range batch {
		if s.opened != nil {
			opened = append(opened, s.opened)
		}
	}
	if err := ratchet.Forget(ctx, a.client.Store, opened); err != nil && ctx.Err() == nil {
		a.log.Warn("whatsapp: the library's copy of stored messages could not be cleared", "error", withoutNames(err))
	}
	for _, s := range batch {
		s.acknowledge(ctx)
	}
	a.clearOld(ctx)
}

// clearOld clears away what is too old to be given again.
func (a *arrivals) clearOld(ctx context.Context) {
	if time.Since(a.cleared) < buffersKept {
		return
	}
	a.cleared = time.Now()
	if err := a.client.Store.EventBuffer.DeleteOldBufferedHashes(ctx); err != nil && ctx.Err() == nil {
		a.log.Warn("whatsapp: the library's copies of old messages could not be cleared", "error", withoutNames(err))
	}
}

// ackMessage tells the service, and the sender, that a message is here.
func (a *arrivals) ackMessage(info types.MessageInfo) func(context.Context) {
	return func(ctx context.Context) {
		if a.client.IsConnected() {
			node := waBinary.Node{Tag: "message", Attrs: waBinary.Attrs{"from": info.Sender}}
			//lint:ignore SA1019 the library has no other way to acknowledge later
			a.client.DangerousInternals().SendMessageReceipt(ctx, &info, &node)
		}
	}
}

// ackReceipt tells the service that a receipt is here.
func (a *arrivals) ackReceipt(e *events.Receipt) func(context.Context) {
	return func(ctx context.Context) {
		if !a.client.IsConnected() {
			return
		}
		attrs := waBinary.Attrs{"id": e.MessageIDs[0], "from": e.Sender}
		if e.Type != types.ReceiptTypeDelivered {
			attrs["type"] = string(e.Type)
		}
		//lint:ignore SA1019 as above
		a.client.DangerousInternals().SendAck(ctx, &waBinary.Node{Tag: "receipt", Attrs: attrs}, 0)
	}
}
