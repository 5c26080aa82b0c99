package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"mitan/locales"
)

// Limits of reading the words in pictures.
const (
	MaxPicture      = 16 << 20 // bytes of a picture whose words are read
	MaxPictureWords = 4000     // characters that are kept of the words
	readDeadline    = 45 * time.Second
)

// A Reader reads the words in a picture.
type Reader interface {
	// Read returns the words, a line each; "" if none can be read in it. It
	// ends when ctx does.
	Read(ctx context.Context, picture io.Reader) (string, error)
}

// readable are the types, as read from the bytes, of pictures that may have
// words.
var readable = []string{"image/jpeg", "image/png", "image/webp"}

// Readable tells whether the words of a medium of that type are to be read.
func Readable(mediaType string) bool { return slices.Contains(readable, mediaType) }

// runReading reads the words of residents' pictures until ctx ends.
func (b *Bot) runReading(ctx context.Context) {
	for ctx.Err() == nil {
		n, err := b.readPicture(ctx)
		if err != nil && !ended(ctx, err) {
			b.log.Error("pictures cannot be read", "error", err)
		}
		if n == 0 || err != nil {
			b.pauseMedia(ctx)
		}
	}
}

// readPicture reads the words of the picture whose turn it is, one at a time so
// that the turns keep their processor, and tells how many it handled. Without a
// Reader it only ends the waiting of those who wait for words.
func (b *Bot) readPicture(ctx context.Context) (int, error) {
	b.reading.Lock()
	defer b.reading.Unlock()
	unread, err := b.store.UnreadPictures(ctx, b.reader == nil, 1)
	if err != nil || len(unread) == 0 {
		return 0, err
	}
	m := unread[0]
	words, err := b.wordsIn(ctx, m)
	if ctx.Err() != nil {
		return 0, ctx.Err() // it is read at the next start
	}
	if err != nil {
		b.log.Warn("a picture was not read", "media", m.ID, "message", m.Message, "error", err)
		words = ""
	}
	resident, err := b.store.KeepWords(ctx, m.ID, words)
	if errors.Is(err, ErrNotFound) { // erased meanwhile
		return 1, nil
	}
	if err != nil {
		return 0, err
	}
	b.log.Debug("a picture was read", "media", m.ID, "legible", words != "")
	b.changes.tell(Change{Resident: resident})
	b.hurryTimers()
	return 1, nil
}

// wordsIn are the words of a picture as they may be kept: secrets masked, at
// most MaxPictureWords characters.
func (b *Bot) wordsIn(ctx context.Context, m Media) (string, error) {
	if b.reader == nil {
		return "", nil
	}
	if m.Size > MaxPicture {
		return "", fmt.Errorf("read medium %d: %w", m.ID, ErrTooLarge)
	}
	ctx, cancel := context.WithTimeout(ctx, readDeadline)
	defer cancel()
	file, err := b.store.OpenMedia(ctx, m.ID)
	if err != nil {
		return "", fmt.Errorf("read medium %d: %w", m.ID, err)
	}
	defer file.Close() //nolint:errcheck // it was only read
	words, err := b.reader.Read(ctx, file)
	if err != nil {
		return "", fmt.Errorf("read medium %d: %w", m.ID, err)
	}
	masked, _ := locales.Mask(cleanText(words))
	runes := []rune(strings.TrimSpace(masked))
	return string(runes[:min(len(runes), MaxPictureWords)]), nil
}

// wordsTurn gives the talk the words of the pictures that it waits for, unless
// an officer has taken over or ended the conversation.
func (b *Bot) wordsTurn(ctx context.Context, c Conversation, now time.Time) (*Turn, error) {
	pictures, err := b.store.AwaitedPictures(ctx, c.Resident.ID)
	if err != nil {
		return nil, err
	}
	t := keptTurn(c, now)
	if len(pictures) > 0 && (c.State == WithBot || c.State == Waiting) {
		if t, _, err = b.stepWith(c, Situation{Now: now, Conversation: c, Pictures: pictures, Recall: b.recallFor(ctx, c)}); err != nil {
			return nil, err
		}
	}
	t.Timer = TimerWords
	for _, m := range pictures {
		t.Told = append(t.Told, m.ID)
	}
	return t, nil
}
