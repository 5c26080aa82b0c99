package store

import (
	"context"
	"database/sql"
	"fmt"

	"mitan/bot"
)

// Conditions on what the context's Sight reaches, for the tables conversation c,
// cases, media and identifier. Each takes sightArgs. A query's
// own arguments are named, too, or numbered and stand before them: SQLite gives a
// name the next number.
const (
	// Who may take a conversation that is offered must see it before.
	inSight = `(@thana = '' OR c.thana IN ('', @thana) OR c.officer = @officer OR EXISTS (
		SELECT 1 FROM transfer o WHERE o.resident = c.resident AND o.outcome = '' AND c.state = 'claimed' AND o.sender = c.officer
			AND (o.officer = @officer OR o.officer IS NULL AND o.thana = @thana)))`

	caseInSight = `(@thana = '' OR cases.thana = @thana OR EXISTS (
		SELECT 1 FROM conversation c WHERE c.resident = cases.resident AND ` + inSight + `))`

	mediaInSight = `(@thana = '' OR EXISTS (
		SELECT 1 FROM message m JOIN conversation c ON c.resident = m.resident WHERE m.id = media.message AND (` + inSight + `
			OR EXISTS (SELECT 1 FROM evidence e JOIN cases ON cases.id = e.case_id WHERE e.message = m.id AND cases.thana = @thana))))`

	identifierInSight = `(@thana = '' OR EXISTS (
		SELECT 1 FROM conversation c WHERE c.resident = identifier.resident AND ` + inSight + `))`
)

func sightArgs(ctx context.Context) []any {
	sight := bot.SightOf(ctx)
	return []any{sql.Named("thana", sight.Thana), sql.Named("officer", sight.Officer)}
}

// sees refuses with ErrNotFound a resident whose conversation is out of sight.
// One who is not there is left to the query that follows.
func (s *Store) sees(ctx context.Context, resident int64) error {
	return sees(ctx, func(query string, args []any, into ...any) error { return s.read.row(ctx, query, args, into...) }, resident)
}

// sees is Store.sees within the transaction, as a refusal.
func (t *tx) sees(ctx context.Context, resident int64) error {
	return refused(sees(ctx, t.row, resident))
}

func sees(ctx context.Context, row rowFunc, resident int64) error {
	if bot.SightOf(ctx).All() {
		return nil
	}
	return row(`SELECT 1 FROM conversation c WHERE c.resident = ?1 AND `+inSight, append([]any{resident}, sightArgs(ctx)...), new(int))
}

// Sees tells whether the context's Sight reaches a resident's conversation.
func (s *Store) Sees(ctx context.Context, resident int64) (bool, error) {
	var n int
	err := s.read.row(ctx, `SELECT COUNT(*) FROM conversation c WHERE c.resident = ?1 AND `+inSight,
		append([]any{resident}, sightArgs(ctx)...), &n)
	if err != nil {
		return false, fmt.Errorf("sees: %w", err)
	}
	return n > 0, nil
}
