package store

import (
	"context"
	"fmt"
	"slices"

	"mitan/bot"
)

// Reported counts the residents other than this one who have filed a case with
// an identifier of the fraudster. A number that stands in a case as anything
// else, such as a victim's, does not count.
func (s *Store) Reported(ctx context.Context, resident int64, suspect bot.Suspect) (int, error) {
	forms := identifierForms(suspect.Value)
	reporters := map[int64]bool{}
	for _, form := range forms {
		err := s.read.rows(ctx, `
			SELECT c.resident, s.value FROM identifier i
			JOIN cases c ON c.id = i.case_id AND c.state IN ('filed', 'closed') AND c.resident <> ?
			JOIN suspect s ON s.case_id = c.id AND s.type = ?
			WHERE i.value = ?`, []any{resident, suspect.Type, form}, func(scan func(...any) error) error {
			var reporter int64
			var value string
			err := scan(&reporter, &value)
			if slices.Contains(forms, foldIdentifier(value)) {
				reporters[reporter] = true
			}
			return err
		})
		if err != nil {
			return 0, fmt.Errorf("reported: %w", err)
		}
	}
	return len(reporters), nil
}
