package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// Limits of the media worker.
const (
	MaxMedia      = 64 << 20 // bytes of one medium
	mediaBatch    = 20
	maxMediaTries = 20 // with the pauses between them, about three hours
	mediaDeadline = 5 * time.Minute
	mediaAtOnce   = 4               // one that must be asked for of a phone holds up no other
	offlinePause  = 5 * time.Second // until a medium of a channel that is offline is looked at again
)

// fetching remembers when a medium that could not be had is tried again. After
// a restart each is tried at once.
type fetching struct {
	mu  sync.Mutex // held while media are fetched, so that each is fetched once
	due sync.Map   // by the medium's id: a time.Time
}

func (b *Bot) runMedia(ctx context.Context) {
	for ctx.Err() == nil {
		kept, err := b.fetchMedia(ctx)
		if err != nil && !ended(ctx, err) {
			b.log.Error("media cannot be fetched", "error", err)
		}
		if kept == 0 || err != nil {
			b.pauseMedia(ctx)
		}
	}
}

// pauseMedia waits a moment. Media is no part of the turn, so it need not be
// woken: a second later is soon enough.
func (b *Bot) pauseMedia(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(time.Second):
	}
}

// fetchMedia fetches what is pending and due, and tells how many media it
// handled.
func (b *Bot) fetchMedia(ctx context.Context) (int, error) {
	b.fetching.mu.Lock()
	defer b.fetching.mu.Unlock()
	pending, err := b.store.PendingMedia(ctx, mediaBatch)
	if err != nil {
		return 0, err
	}
	var work sync.WaitGroup
	slots := make(chan struct{}, mediaAtOnce)
	failed := make(chan error, len(pending))
	handled := 0
	for _, m := range pending {
		if due, waits := b.fetching.due.Load(m.ID); waits && due.(time.Time).After(b.clock.Now()) {
			continue
		}
		handled++
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			if err := b.fetchOne(ctx, m); err != nil {
				failed <- err
			}
		})
	}
	work.Wait()
	select {
	case err := <-failed:
		return 0, err
	default:
		return handled, nil
	}
}

func (b *Bot) fetchOne(ctx context.Context, m Media) error {
	err := b.copyMedia(ctx, m)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, ErrOffline) { // no try: it waits for its channel
		b.fetching.due.Store(m.ID, b.clock.Now().Add(offlinePause))
		return nil
	}
	b.fetching.due.Delete(m.ID)
	if err != nil {
		final := errors.Is(err, ErrGone) || errors.Is(err, ErrTooLarge) || m.Attempts+1 >= maxMediaTries
		if !final {
			b.fetching.due.Store(m.ID, b.clock.Now().Add(backoff(m.Attempts)))
		}
		b.log.Warn("a medium was not fetched", "media", m.ID, "message", m.Message, "tries", m.Attempts+1, "final", final)
		return b.store.FailMedia(ctx, m.ID, err.Error(), final)
	}
	return nil
}

// copyMedia carries the bytes from the channel to the store.
func (b *Bot) copyMedia(ctx context.Context, m Media) error {
	channel := b.channels[m.Channel]
	if channel == nil {
		return fmt.Errorf("fetch medium %d: its channel is not running: %w", m.ID, ErrOffline)
	}
	ctx, cancel := context.WithTimeout(ctx, mediaDeadline)
	defer cancel()
	r, w := io.Pipe()
	go func() { w.CloseWithError(channel.Fetch(ctx, m, w)) }()
	_, err := b.store.KeepMedia(ctx, m.ID, r, MaxMedia)
	r.CloseWithError(err) // frees the channel if the store gave up first
	return err
}
