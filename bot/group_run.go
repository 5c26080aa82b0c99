package bot

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	"mitan/locales"
)

// Limits of the notices to the officers' group.
const (
	noticeGap   = time.Second      // how often there is looked for something to tell
	noticeAge   = time.Hour        // what has waited longer when it is first seen is left to the inbox
	noticeBatch = 20               // read at a time
	noticeRest  = 30 * time.Second // after one that could not be sent
)

// notices is what is kept between two looks at what the group must be told.
type notices struct {
	sync.Mutex           // held while notices are made and sent, so that order holds
	rest       time.Time // nothing is sent before
}

func (b *Bot) runNotices(ctx context.Context) {
	tick := time.NewTicker(noticeGap)
	defer tick.Stop()
	for {
		if err := b.tellGroup(ctx); err != nil && !ended(ctx, err) {
			b.log.Error("the officers' group cannot be told", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// tellGroup tells the officers' group of each new escalation, where the unit has
// one. A notice is written down with its final id before it is sent, so a crash
// sends the same one again.
func (b *Bot) tellGroup(ctx context.Context) error {
	if b.poster == nil || b.unit.WhatsApp.OfficersGroup == "" {
		return nil
	}
	b.notices.Lock()
	defer b.notices.Unlock()
	now := b.clock.Now()
	untold, err := b.store.Untold(ctx, now.Add(-noticeAge), noticeBatch)
	if err != nil {
		return err
	}
	for _, e := range untold {
		if err := b.addNotice(ctx, e, now); err != nil {
			return err
		}
	}
	if b.notices.rest.After(now) {
		return nil
	}
	return b.postNotices(ctx, now)
}

func (b *Bot) addNotice(ctx context.Context, e OpenEscalation, now time.Time) error {
	c, err := b.store.Conversation(ctx, e.Resident)
	if err != nil {
		return err
	}
	return b.store.AddNotice(ctx, Notice{
		ExternalID: newID(), Resident: e.Resident, Escalation: e.ID, At: now.Truncate(time.Millisecond),
		Text: b.groupText("group.notice", map[string]any{
			"urgent": e.Urgent, "reason": b.groupText("group.reason."+string(e.Reason), nil),
			"resident": residentMark(e.Resident), "minutes": int(now.Sub(e.At).Minutes()),
			// In one line, so that nobody can write lines that look like ours.
			"words": withoutNumbers(strings.Join(strings.Fields(c.LastText), " ")),
		}),
	})
}

// postNotices sends the notices that wait, the oldest first, until one does not go.
func (b *Bot) postNotices(ctx context.Context, now time.Time) error {
	unsent, err := b.store.UnsentNotices(ctx, noticeBatch)
	if err != nil {
		return err
	}
	for _, n := range unsent {
		err := b.post(ctx, n)
		switch {
		case errors.Is(err, ErrOffline):
			return nil
		case err != nil:
			b.notices.rest = now.Add(noticeRest)
			return fmt.Errorf("post notice %d: %w", n.ID, err)
		}
		if err := b.store.NoticeSent(ctx, n.ID); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bot) post(ctx context.Context, n Notice) error {
	ctx, cancel := context.WithTimeout(ctx, SendDeadline)
	defer cancel()
	return b.poster.Post(ctx, n.ExternalID, n.Text)
}

// groupText is a text for the officers' group, which is Hindi.
func (b *Bot) groupText(key string, vars map[string]any) string {
	return b.catalog.Text(locales.Hindi, key, vars)
}

// residentMark is how the officers' group names a resident: by our own id.
func residentMark(resident int64) string { return fmt.Sprintf("#%d", resident) }

var numbers = regexp.MustCompile(`[0-9०-९][0-9०-९ .,-]{2,}[0-9०-९]`)

// withoutNumbers are words for the group, which is no place for phones, amounts
// and transaction numbers.
func withoutNumbers(words string) string { return numbers.ReplaceAllString(words, "…") }
