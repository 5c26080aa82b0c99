package bot

import (
	"context"
	"time"
)

// Recent is what the bot remembers of a conversation, if it does.
func (b *Bot) Recent(channel, address string) (Conversation, bool) {
	b.recent.mu.Lock()
	defer b.recent.mu.Unlock()
	c, ok := b.recent.conversations[laneOf(channel, address)]
	return c, ok
}

// LookAtLink and TellGroup are one look of the workers that Run starts.
func (b *Bot) LookAtLink(ctx context.Context) error { return b.lookAtLink(ctx) }
func (b *Bot) TellGroup(ctx context.Context) error  { return b.tellGroup(ctx) }

// AlertDone waits until no alert is under way.
func (b *Bot) AlertDone() { b.watch.work.Wait() }

// FetchMedia is one look of the media's worker.
func (b *Bot) FetchMedia(ctx context.Context, patience time.Duration) (int, error) {
	return b.fetchMedia(ctx, patience)
}

// SendDeadlineOf is how long the send of a message may take.
func SendDeadlineOf(m Message) time.Duration { return sendDeadline(m) }
