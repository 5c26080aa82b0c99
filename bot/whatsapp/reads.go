package whatsapp

import (
	"context"
	"slices"
	"sync"
	"time"

	"go.mau.fi/whatsmeow/types"
)

const (
	// readPause is how long a read mark waits for others of the same chat.
	readPause = 200 * time.Millisecond
	// maxReadIDs is how many messages are marked at once.
	maxReadIDs = 100
)

// A chat is where a read mark goes: for most, the sender's own.
type chat struct{ chat, sender types.JID }

// reads are the messages that are to be marked as read. It is safe for
// concurrent use.
type reads struct {
	mu      sync.Mutex
	ids     map[chat][]types.MessageID
	waiting bool // they are about to be marked
}

// markRead shows the resident soon that the message has arrived at the helpline.
func (w *WhatsApp) markRead(info types.MessageInfo) {
	w.reads.mu.Lock()
	defer w.reads.mu.Unlock()
	in := chat{info.Chat, info.Sender}
	if w.reads.ids == nil {
		w.reads.ids = map[chat][]types.MessageID{}
	}
	w.reads.ids[in] = append(w.reads.ids[in], info.ID)
	w.markReadsSoon()
}

// markReadsSoon has what is read marked after a pause; not while a backlog comes
// in, of which each chat is marked once. The caller holds reads.
func (w *WhatsApp) markReadsSoon() {
	if w.reads.waiting || w.catching.Load() || len(w.reads.ids) == 0 {
		return
	}
	w.reads.waiting = true
	time.AfterFunc(readPause, func() { w.errand(w.markReads) })
}

// backlogRead has what came in a backlog marked as read, and tells whose it is.
func (w *WhatsApp) backlogRead() (people []types.JID) {
	w.reads.mu.Lock()
	defer w.reads.mu.Unlock()
	w.markReadsSoon()
	for in := range w.reads.ids {
		people = append(people, in.chat)
	}
	return people
}

// markReads marks what is read.
func (w *WhatsApp) markReads(ctx context.Context) {
	w.reads.mu.Lock()
	ids := w.reads.ids
	w.reads.ids, w.reads.waiting = nil, false
	w.reads.mu.Unlock()
	client := w.online()
	if client == nil {
		return
	}
	for in, list := range ids {
		for some := range slices.Chunk(list, maxReadIDs) {
			_ = client.MarkRead(ctx, some, time.Now(), in.chat, in.sender)
		}
	}
}
