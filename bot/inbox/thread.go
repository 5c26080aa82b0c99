package inbox

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"mitan/bot"
)

const (
	// threadLimit is how many messages of a thread a page shows.
	threadLimit = 100
	// longText is how many characters a message may have before it scrolls in
	// its own box.
	longText = 1500
	// mostText is how many characters of a message are shown; what follows is
	// in the export. A message may hold a million.
	mostText = 20_000
)

// A thread is a part of a conversation's messages and notes, the oldest first.
type thread struct {
	entries []entry
	older   int64 // the message before which there are more; 0 if none
}

// thread reads messages before one (0: the newest), with the notes that were
// written between them.
func (in *Inbox) thread(ctx context.Context, resident, before int64) (thread, error) {
	messages, err := in.store.Thread(ctx, resident, before, threadLimit+1)
	if err != nil {
		return thread{}, fmt.Errorf("read the thread: %w", err)
	}
	notes, err := in.store.Notes(ctx, resident)
	if err != nil {
		return thread{}, fmt.Errorf("read notes: %w", err)
	}
	var found thread
	var from, until time.Time
	if len(messages) > threadLimit {
		from = messages[0].At // notes up to here are on the older page
		messages = messages[1:]
		found.older = messages[0].ID
	}
	if before > 0 && len(messages) > 0 {
		until = messages[len(messages)-1].At
	}
	names, err := in.names(ctx, messages)
	if err != nil {
		return thread{}, err
	}
	quoted, err := in.quoted(ctx, resident, messages)
	if err != nil {
		return thread{}, err
	}
	now := in.clock.Now()
	tell := teller{names: names, quoted: quoted, now: now, down: in.stripFor(bot.Officer{}) != nil}
	found.entries = interleave(messages, notesBetween(notes, from, until), tell)
	markDays(found.entries, now)
	return found, nil
}

// names finds the names of the officers who wrote.
func (in *Inbox) names(ctx context.Context, messages []bot.Message) (map[int64]string, error) {
	names := map[int64]string{}
	for _, m := range messages {
		if _, known := names[m.Officer]; known || m.Officer == 0 {
			continue
		}
		o, err := in.store.OfficerByID(ctx, m.Officer)
		if err != nil && !errors.Is(err, bot.ErrNotFound) {
			return nil, fmt.Errorf("read an officer: %w", err)
		}
		names[m.Officer] = plain(o.Name)
	}
	return names, nil
}

// notesBetween are the notes after from and up to until; the zero time bounds
// nothing.
func notesBetween(notes []bot.Note, from, until time.Time) []bot.Note {
	var between []bot.Note
	for _, n := range notes {
		if (from.IsZero() || n.At.After(from)) && (until.IsZero() || !n.At.After(until)) {
			between = append(between, n)
		}
	}
	return between
}

// interleave puts each note before the first message that is younger.
func interleave(messages []bot.Message, notes []bot.Note, tell teller) []entry {
	entries := make([]entry, 0, len(messages)+len(notes))
	for _, m := range messages {
		for len(notes) > 0 && !notes[0].At.After(m.At) {
			entries = append(entries, noteEntry(notes[0]))
			notes = notes[1:]
		}
		entries = append(entries, tell.entry(m))
	}
	for _, n := range notes {
		entries = append(entries, noteEntry(n))
	}
	return entries
}

// markDays marks the first entry of each day.
func markDays(entries []entry, now time.Time) {
	for i := range entries {
		if i == 0 || !sameDay(entries[i-1].At, entries[i].At) {
			d := dayOf(entries[i].At, now)
			entries[i].Day = &d
		}
	}
}

// shorten cuts a text to a number of characters.
func shorten(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
