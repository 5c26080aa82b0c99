package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"mitan/bot"
)

// maxSearchWords is how many words of a search are looked for.
const maxSearchWords = 16

// SearchMessages finds messages of residents and officers that have all the
// words, the newest first. Words are whole, and in any case; one that ends in
// * is a beginning. No words find nothing.
func (s *Store) SearchMessages(ctx context.Context, words string, limit int) ([]bot.Message, error) {
	match := matchQuery(words)
	if match == "" {
		return nil, nil
	}
	found := `SELECT docid FROM message_fts WHERE message_fts MATCH @match ORDER BY docid DESC LIMIT @limit`
	args := []any{sql.Named("match", match), sql.Named("limit", limit)}
	if !bot.SightOf(ctx).All() {
		found = `SELECT docid FROM message_fts JOIN message w ON w.id = docid JOIN conversation c ON c.resident = w.resident
			WHERE message_fts MATCH @match AND ` + inSight + ` ORDER BY docid DESC LIMIT @limit`
		args = append(args, sightArgs(ctx)...)
	}
	messages, err := s.messages(ctx, `SELECT`+messageColumns+`
		FROM (`+found+`) f JOIN message m ON m.id = f.docid LEFT JOIN media d ON d.message = m.id
		ORDER BY m.id DESC`, args...)
	if err != nil {
		return nil, fmt.Errorf("search messages: %w", err)
	}
	return messages, nil
}

// matchQuery writes words in FTS4's query language. Each is quoted, so that
// nothing in it is an operator.
func matchQuery(words string) string {
	if number := numberQuery(words); number != "" {
		return number
	}
	fields := strings.FieldsFunc(words, func(r rune) bool {
		return r != '*' && !unicode.In(r, unicode.Letter, unicode.Mark, unicode.Number)
	})
	var terms []string
	for _, field := range fields[:min(len(fields), maxSearchWords)] {
		word := strings.ReplaceAll(field, "*", " ")
		if strings.TrimSpace(word) == "" {
			continue
		}
		word = strings.TrimSpace(word)
		if strings.HasSuffix(field, "*") {
			word += "*"
		}
		terms = append(terms, spellings(word))
	}
	return strings.Join(terms, " AND ")
}

// leastNumber is how many digits a number has that is looked for as one.
const leastNumber = 5

// numberQuery looks for a number in the ways in which people write it: with and
// without +91, in one piece or in two as phones are; "" where the words are not
// one number. Its beginning is enough.
func numberQuery(words string) string {
	digits := foldIdentifier(words)
	if len(digits) < leastNumber || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	var terms []string
	for _, form := range identifierForms(digits) {
		terms = append(terms, `"`+form+`*"`)
		if len(form) == phoneDigits {
			terms = append(terms, `"91`+form+`"`, `"`+form[:phoneDigits/2]+" "+form[phoneDigits/2:]+`"`)
		}
	}
	return "(" + strings.Join(terms, " OR ") + ")"
}

// spellings looks for a word in both ways of writing the letters with a dot
// below, such as ज़: keyboards write them as one character or as two, and
// Unicode's composed form is the two.
func spellings(word string) string {
	two := norm.NFC.String(word)
	one := oneCharacter.Replace(two)
	if one == two {
		return `"` + two + `"`
	}
	return `("` + two + `" OR "` + one + `")`
}

var oneCharacter = strings.NewReplacer(
	"\u0915\u093c", "\u0958", "\u0916\u093c", "\u0959", "\u0917\u093c", "\u095a", "\u091c\u093c", "\u095b",
	"\u0921\u093c", "\u095c", "\u0922\u093c", "\u095d", "\u092b\u093c", "\u095e", "\u092f\u093c", "\u095f",
)
