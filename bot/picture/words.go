package picture

import (
	"strconv"
	"strings"
)

// What counts as read, by tesseract's own confidence in a word, up to 100.
const (
	leastSure = 40 // a word below is left out, unless it may be a number or a link
	surely    = 70 // a picture that can be read has some words above
	leastRead = 3  // as many at least
)

// The columns of tesseract's table that are used: where a word stands, and how
// sure it is.
const (
	columnLevel = 0
	columnLine  = 4
	columnSure  = 10
	columnWord  = 11
	wordLevel   = "5"
)

// wordsOf are the words of tesseract's table, a line each; "" if too few are
// sure: what it sees in a photo of a face is no words.
func wordsOf(table string) string {
	var out strings.Builder
	line, sure := "", 0
	for _, row := range strings.Split(table, "\n") {
		columns := strings.Split(row, "\t")
		if len(columns) <= columnWord || columns[columnLevel] != wordLevel {
			continue
		}
		word := strings.TrimSpace(columns[columnWord])
		confidence, err := strconv.ParseFloat(columns[columnSure], 64)
		unsure := confidence < leastSure && !strings.ContainsAny(word, "0123456789/@.")
		if err != nil || word == "" || unsure {
			continue
		}
		if confidence >= surely {
			sure++
		}
		switch here := strings.Join(columns[1:columnLine+1], " "); {
		case out.Len() == 0:
			line = here
		case here != line:
			out.WriteByte('\n')
			line = here
		default:
			out.WriteByte(' ')
		}
		out.WriteString(word)
	}
	if sure < leastRead {
		return ""
	}
	return out.String()
}
