package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mitan/bot"
)

// CaseByID reads a case without its story.
func (s *Store) CaseByID(ctx context.Context, id int64) (bot.Case, error) {
	found, err := s.cases(ctx, `SELECT `+caseColumns+` FROM cases WHERE id = ?1 AND `+caseInSight,
		append([]any{id}, sightArgs(ctx)...)...)
	if err != nil {
		return bot.Case{}, fmt.Errorf("case: %w", err)
	}
	if len(found) == 0 {
		return bot.Case{}, bot.ErrNotFound
	}
	return found[0], nil
}

// Cases reads cases for a list, the newest first. A limit of 0 means 100. It
// walks from the newest case on until it has enough.
func (s *Store) Cases(ctx context.Context, f bot.CaseFilter) ([]bot.Case, error) {
	where, args := caseWhere(ctx, f)
	list := func(query string, args []any, each func(scan func(...any) error) error) error {
		return s.read.once(ctx, query, args, each)
	}
	parts := func(query string, args []any, each func(scan func(...any) error) error) error {
		return s.read.rows(ctx, query, args, each)
	}
	cases, err := readCases(list, parts, `SELECT `+caseColumns+` FROM cases`+where+` ORDER BY id DESC LIMIT `+strconv.Itoa(orElse(f.Limit, 100)), args...)
	if err != nil {
		return nil, fmt.Errorf("cases: %w", err)
	}
	return cases, nil
}

// caseWhere writes a filter, within the context's sight, as a condition on table
// cases.
func caseWhere(ctx context.Context, f bot.CaseFilter) (string, []any) {
	var conditions []string
	var args []any
	add := func(condition string, values ...any) {
		conditions = append(conditions, condition)
		args = append(args, values...)
	}
	if len(f.States) > 0 {
		add(anyOf("state", len(f.States)), texts(f.States)...)
	}
	if f.Thanas != nil {
		add(anyOf("thana", len(f.Thanas)), texts(f.Thanas)...)
	}
	if f.Kind != "" {
		add("kind = ?", f.Kind)
	}
	if f.Loss {
		add("money_gone = 1")
	}
	if f.Attempt {
		add("money_gone = 0")
	}
	if !f.From.IsZero() {
		add("opened >= ?", millis(f.From))
	}
	if !f.Until.IsZero() {
		add("opened < ?", millis(f.Until))
	}
	const lost = "(SELECT COALESCE(SUM(amount), 0) FROM leg WHERE case_id = cases.id)"
	if f.Least > 0 {
		add(lost+" >= ?", int64(f.Least))
	}
	if f.Most > 0 {
		add(lost+" <= ?", int64(f.Most))
	}
	if f.Officer != 0 {
		add(`(EXISTS (SELECT 1 FROM conversation v WHERE v.resident = cases.resident AND v.officer = ?)
			OR EXISTS (SELECT 1 FROM escalation e WHERE e.case_id = cases.id AND e.officer = ?))`, f.Officer, f.Officer)
	}
	if f.Suspect != "" {
		add(`id IN (SELECT case_id FROM identifier WHERE value = ? AND case_id IS NOT NULL)`, foldIdentifier(f.Suspect))
	}
	if f.Resident != 0 {
		add("resident = ?", f.Resident)
	}
	if f.Before != 0 {
		add("id < ?", f.Before)
	}
	add(caseInSight, sightArgs(ctx)...) // last, for the numbers of its arguments
	return " WHERE " + strings.Join(conditions, " AND "), args
}

// anyOf is the condition that a column has one of n values; none for n of 0.
func anyOf(column string, n int) string {
	return column + " IN (" + strings.TrimSuffix(strings.Repeat("?,", n), ",") + ")"
}

func texts[T ~string](all []T) []any {
	found := make([]any, len(all))
	for i, text := range all {
		found[i] = string(text)
	}
	return found
}

// KnownElsewhere counts in how many other cases each suspect is one, too, over
// the whole unit: a thief keeps to no thana, and a count tells of nobody. The
// table of identifiers says where a value stands; those where it is the phone of
// a reporter or a victim are left out.
func (s *Store) KnownElsewhere(ctx context.Context, c bot.Case) ([]int, error) {
	counts := make([]int, len(c.Suspects))
	for i, suspect := range c.Suspects {
		value := foldIdentifier(suspect.Value)
		err := s.read.row(ctx, `SELECT COUNT(DISTINCT i.case_id) FROM identifier i JOIN cases c ON c.id = i.case_id
			WHERE i.value = ? AND i.case_id <> ? AND c.state <> 'merged'
				AND ? NOT IN (c.reporter_phone, c.victim_phone)`, []any{value, c.ID, value}, &counts[i])
		if err != nil {
			return nil, fmt.Errorf("known elsewhere: %w", err)
		}
	}
	return counts, nil
}

// HistoryOf reads the audit of a resident, the oldest first.
func (s *Store) HistoryOf(ctx context.Context, resident int64) ([]bot.AuditEntry, error) {
	if err := s.sees(ctx, resident); err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	var entries []bot.AuditEntry
	err := s.read.rows(ctx, `SELECT id, at, COALESCE(officer, 0), action, COALESCE(resident, 0), detail
		FROM audit WHERE resident = ? ORDER BY id`, []any{resident}, func(scan func(...any) error) error {
		var e bot.AuditEntry
		err := scan(&e.ID, moment{&e.At}, &e.Officer, &e.Action, &e.Resident, &e.Detail)
		entries = append(entries, e)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	return entries, nil
}

// FindNames finds residents by words of their names, those with the name
// themselves before those in whose cases it stands.
func (s *Store) FindNames(ctx context.Context, words string, limit int) ([]int64, error) {
	match := matchQuery(words)
	if match == "" {
		return nil, nil
	}
	var found []int64
	for _, query := range []string{
		`SELECT docid FROM resident_fts JOIN conversation c ON c.resident = docid
			WHERE resident_fts MATCH @match AND ` + inSight + ` ORDER BY docid DESC LIMIT @limit`,
		`SELECT c.resident FROM case_fts JOIN cases ON cases.id = docid JOIN conversation c ON c.resident = cases.resident
			WHERE case_fts MATCH @match AND ` + inSight + ` ORDER BY docid DESC LIMIT @limit`,
	} {
		args := append(sightArgs(ctx), sql.Named("match", match), sql.Named("limit", limit))
		if err := s.read.fresh(ctx, &found, query, args...); err != nil {
			return nil, fmt.Errorf("find names: %w", err)
		}
	}
	return found[:min(len(found), limit)], nil
}

// FindCases finds cases by the beginning or the end of what they can be found
// by, the newest first.
func (s *Store) FindCases(ctx context.Context, part string, limit int) ([]bot.Case, error) {
	var ids []int64
	for _, form := range identifierForms(part) {
		for _, search := range identifierSearches(form) {
			// Those out of sight are left out before the limit.
			err := s.read.fresh(ctx, &ids, `SELECT case_id FROM identifier CROSS JOIN cases ON cases.id = case_id
				WHERE `+search.column+` >= ?1 AND `+search.column+` < ?2 AND `+caseInSight+` ORDER BY `+search.column+` LIMIT @limit`,
				append([]any{search.from, search.until, sql.Named("limit", limit)}, sightArgs(ctx)...)...)
			if err != nil {
				return nil, fmt.Errorf("find cases: %w", err)
			}
		}
	}
	slices.SortFunc(ids, func(a, b int64) int { return int(b - a) })
	var found []bot.Case
	for _, id := range ids {
		c, err := s.CaseByID(ctx, id)
		if errors.Is(err, bot.ErrNotFound) {
			continue // out of sight
		}
		if err != nil {
			return nil, fmt.Errorf("find cases: %w", err)
		}
		if found = append(found, c); len(found) == limit {
			break
		}
	}
	return found, nil
}

// An identifierSearch is a range of an index of identifiers.
type identifierSearch struct{ column, from, until string }

// identifierSearches find a form by its beginning and by its end.
func identifierSearches(form string) []identifierSearch {
	const after = "\U0010FFFF" // sorts behind whatever goes on from a part
	return []identifierSearch{
		{"value", form, form + after},
		{"reversed", reverse(form), reverse(form) + after},
	}
}
