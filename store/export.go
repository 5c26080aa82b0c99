package store

import (
	"context"
	"fmt"

	"mitan/bot"
	"mitan/locales"
)

// exportPage is how many rows an export reads at a time, so that no reading
// transaction is open while each works: one would keep the WAL from shrinking.
const exportPage = 200

// EachCase calls each for every case, with its story.
func (s *Store) EachCase(ctx context.Context, each func(bot.Case) error) error {
	return pages(each, func(c bot.Case) int64 { return c.ID }, func(last int64) ([]bot.Case, error) {
		page, err := s.cases(ctx, `SELECT `+caseColumns+` FROM cases WHERE id > ? ORDER BY id LIMIT ?`, last, exportPage)
		for i := 0; i < len(page) && err == nil; i++ {
			page[i].Story, err = s.StoryOf(ctx, page[i].ID)
		}
		if err != nil {
			return nil, fmt.Errorf("each case: %w", err)
		}
		return page, nil
	})
}

// EachConversation calls each for every conversation, without its session.
func (s *Store) EachConversation(ctx context.Context, each func(bot.Conversation) error) error {
	return pages(each, func(c bot.Conversation) int64 { return c.Resident.ID }, func(last int64) ([]bot.Conversation, error) {
		var page []bot.Conversation
		err := s.read.rows(ctx, `SELECT`+conversationColumns+conversationTables+
			`WHERE c.resident > ? ORDER BY c.resident LIMIT ?`, []any{last, exportPage},
			func(scan func(...any) error) error {
				c, err := scanConversation(scan)
				page = append(page, c)
				return err
			})
		if err != nil {
			return nil, fmt.Errorf("each conversation: %w", err)
		}
		return page, nil
	})
}

// EachVolunteer calls each for every volunteer, those who have left too.
func (s *Store) EachVolunteer(ctx context.Context, each func(bot.Volunteer) error) error {
	return pages(each, func(v bot.Volunteer) int64 { return v.ID }, func(last int64) ([]bot.Volunteer, error) {
		var page []bot.Volunteer
		err := s.read.rows(ctx, `SELECT`+volunteerColumns+`FROM volunteer WHERE id > ? ORDER BY id LIMIT ?`,
			[]any{last, exportPage}, func(scan func(...any) error) error {
				v, err := scanVolunteer(scan)
				page = append(page, v)
				return err
			})
		if err != nil {
			return nil, fmt.Errorf("each volunteer: %w", err)
		}
		return page, nil
	})
}

// EachSubscription calls each for every resident who wants the weekly tips,
// with their language.
func (s *Store) EachSubscription(ctx context.Context, each func(bot.Subscription, locales.Lang) error) error {
	type row struct {
		bot.Subscription
		lang locales.Lang
	}
	call := func(r row) error { return each(r.Subscription, r.lang) }
	return pages(call, func(r row) int64 { return r.Resident }, func(last int64) ([]row, error) {
		var page []row
		err := s.read.rows(ctx, `
			SELECT s.resident, s.since, s.sent, s.last_at, r.lang
			FROM subscription s JOIN resident r ON r.id = s.resident
			WHERE s.active = 1 AND s.resident > ? ORDER BY s.resident LIMIT ?`, []any{last, exportPage},
			func(scan func(...any) error) error {
				var r row
				err := scan(&r.Resident, moment{&r.Since}, &r.Sent, moment{&r.LastAt}, &r.lang)
				page = append(page, r)
				return err
			})
		if err != nil {
			return nil, fmt.Errorf("each subscription: %w", err)
		}
		return page, nil
	})
}

// pages reads page after page, from behind the last key on, and calls each.
func pages[T any](each func(T) error, key func(T) int64, read func(last int64) ([]T, error)) error {
	for last := int64(0); ; {
		page, err := read(last)
		if err != nil {
			return err
		}
		for _, item := range page {
			if err := each(item); err != nil {
				return err
			}
			last = key(item)
		}
		if len(page) < exportPage {
			return nil
		}
	}
}
