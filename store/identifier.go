package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// minPart is the shortest part of an identifier that is looked for: a shorter
// one would find nearly everybody.
const minPart = 3

// phoneDigits is the length of an Indian mobile number without +91.
const phoneDigits = 10

// FindIdentifier finds residents by the beginning or the end of a phone, UTR,
// case number or suspect identifier, beginnings first. A part of fewer than
// three characters finds none.
func (s *Store) FindIdentifier(ctx context.Context, part string, limit int) ([]int64, error) {
	var found []int64
	for _, form := range identifierForms(part) {
		for _, search := range identifierSearches(form) {
			query := `SELECT DISTINCT resident FROM identifier WHERE ` + search.column + ` >= @first AND ` + search.column + ` < @after
				AND ` + identifierInSight + ` ORDER BY ` + search.column + `, resident LIMIT @limit`
			args := append(sightArgs(ctx), sql.Named("first", search.from), sql.Named("after", search.until), sql.Named("limit", limit))
			if err := s.read.fresh(ctx, &found, query, args...); err != nil {
				return nil, fmt.Errorf("find identifier: %w", err)
			}
		}
	}
	return found[:min(len(found), limit)], nil
}

// identifierForms are the forms under which a part may be kept: as it is, and
// without the 91 or 0 before what can be an Indian phone.
func identifierForms(part string) []string {
	part = foldIdentifier(part)
	if utf8.RuneCountInString(part) < minPart {
		return nil
	}
	forms := []string{part}
	if strings.Trim(part, "0123456789") == "" {
		for _, before := range []string{"91", "0"} {
			if rest := strings.TrimPrefix(part, before); len(rest) == phoneDigits && rest != part {
				forms = append(forms, rest)
			}
		}
	}
	return forms
}

// writeIdentifiers brings what a case is found by from what it was, if that is
// known, to what it is.
func (t *tx) writeIdentifiers(resident, of int64, before, now []string) error {
	gone := func(value string) bool { return value != "" && !slices.Contains(now, value) }
	if before == nil || slices.ContainsFunc(before, gone) {
		if _, err := t.exec(`DELETE FROM identifier WHERE case_id = ?`, of); err != nil {
			return fmt.Errorf("identifiers: %w", err)
		}
		before = nil
	}
	for _, value := range now {
		if slices.Contains(before, value) {
			continue
		}
		if err := t.insertIdentifier(resident, of, value); err != nil {
			return err
		}
	}
	return nil
}

// insertIdentifier writes one; of 0 means that it is the resident's own phone.
func (t *tx) insertIdentifier(resident, of int64, value string) error {
	if value = foldIdentifier(value); value == "" {
		return nil
	}
	_, err := t.exec(`INSERT INTO identifier (resident, case_id, value, reversed) VALUES (?, ?, ?, ?)`,
		resident, reference(of), value, reverse(value))
	if err != nil {
		return fmt.Errorf("identifier: %w", err)
	}
	return nil
}

// foldIdentifier brings an identifier, or a part of one, into the form in
// which they are kept and compared: lower case, Latin digits, without spaces,
// hyphens, brackets and plus, without an address's scheme and www, and without
// the @ before a handle.
func foldIdentifier(value string) string {
	value = strings.ToLower(strings.TrimSpace(value))
	for _, start := range []string{"https://", "http://", "www.", "@"} {
		value = strings.TrimPrefix(value, start)
	}
	value = strings.Map(func(r rune) rune {
		switch {
		case r >= '०' && r <= '९':
			return r - '०' + '0'
		case strings.ContainsRune(" \t\n-+()\u00a0", r):
			return -1
		}
		return r
	}, value)
	return strings.TrimSuffix(value, "/")
}

func reverse(text string) string {
	runes := []rune(text)
	slices.Reverse(runes)
	return string(runes)
}
