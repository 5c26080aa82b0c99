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
	mediaAtOnce   = 4
	slowMedium    = 10 * time.Second // one that takes longer goes on beside the others
	maxSlowMedia  = 32               // media beside the others; then the others wait
	offlinePause  = 5 * time.Second  // until a medium of a channel that is offline is looked at again
)

// fetching remembers when a medium that could not be had is tried again. After
// a restart each is tried at once.
type fetching struct {
	mu   sync.Mutex // held while media are fetched, so that each is fetched once
	due  sync.Map   // by the medium's id: a time.Time
	busy sync.Map   // by the medium's id: those that are being fetched
	// beside has a token for each that is fetched beside the others.
	beside chan struct{}
	work   sync.WaitGroup // those that are fetched
}

func (b *Bot) runMedia(ctx context.Context) {
	for ctx.Err() == nil {
		kept, err := b.fetchMedia(ctx, slowMedium)
		if err != nil && !ended(ctx, err) {
			b.log.Error("media cannot be fetched", "error", err)
		}
		if kept == 0 || err != nil {
			b.pauseMedia(ctx)
		}
	}
	b.fetching.work.Wait()
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
// handled. One that takes longer than patience goes on beside the others.
func (b *Bot) fetchMedia(ctx context.Context, patience time.Duration) (int, error) {
	b.fetching.mu.Lock()
	defer b.fetching.mu.Unlock()
	pending, err := b.store.PendingMedia(ctx, mediaBatch+len(b.fetching.beside))
	if err != nil {
		return 0, err
	}
	var here sync.WaitGroup
	slots := make(chan struct{}, mediaAtOnce)
	failed := make(chan error, len(pending))
	handled := 0
	for _, m := range pending {
		if due, waits := b.fetching.due.Load(m.ID); waits && due.(time.Time).After(b.clock.Now()) {
			continue
		}
		if _, busy := b.fetching.busy.Load(m.ID); busy {
			continue
		}
		handled++
		slots <- struct{}{}
		here.Go(func() {
			defer func() { <-slots }()
			if err := b.fetchOrLeave(ctx, m, patience); err != nil {
				failed <- err
			}
		})
	}
	here.Wait()
	select {
	case err := <-failed:
		return 0, err
	default:
		return handled, nil
	}
}

// fetchOrLeave fetches one medium, or leaves it to go on by itself where there
// is room for that.
func (b *Bot) fetchOrLeave(ctx context.Context, m Media, patience time.Duration) error {
	done := make(chan error, 1)
	b.fetching.busy.Store(m.ID, true)
	b.fetching.work.Go(func() {
		err := b.fetchOne(ctx, m)
		b.fetching.busy.Delete(m.ID)
		done <- err
	})
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
	}
	select {
	case b.fetching.beside <- struct{}{}:
	default:
		return <-done
	}
	b.fetching.work.Go(func() {
		defer func() { <-b.fetching.beside }()
		if err := <-done; err != nil && !ended(ctx, err) {
			b.log.Error("media cannot be fetched", "error", err)
		}
	})
	return nil
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
