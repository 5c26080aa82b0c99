package bot

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A long text goes out as several messages, cut where a reader would pause.
func TestParts(t *testing.T) {
	line := strings.Repeat("शब्द ", 300) + "अंत" // 1,503 characters
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"short":                  {"नमस्ते", []string{"नमस्ते"}},
		"nothing":                {"", []string{""}},
		"just long enough":       {strings.Repeat("क", MaxMessage), []string{strings.Repeat("क", MaxMessage)}},
		"between lines":          {line + "\n" + line + "\n" + line, []string{line + "\n" + line, line}},
		"between words":          {strings.Repeat("abc ", 1500), []string{strings.TrimSpace(strings.Repeat("abc ", 1000)), strings.Repeat("abc ", 500)}},
		"nowhere to cut":         {strings.Repeat("x", MaxMessage+1), []string{strings.Repeat("x", MaxMessage), "x"}},
		"a line ends just there": {strings.Repeat("x", MaxMessage) + "\ny", []string{strings.Repeat("x", MaxMessage), "y"}},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, parts(c.text)) })
	}
}
