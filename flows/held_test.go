package flows_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"mitan/flows/fraud"
	"mitan/locales"
)

// storyNow is when the stories of testdata/understanding were written.
var storyNow = time.Date(2026, 11, 24, 10, 30, 0, 0, locales.IST)

// goldStory is a whole story with what it tells, as its writer marked it.
type goldStory struct {
	Text      string `json:"text"`
	Kind      string `json:"kind"`
	MoneyGone bool   `json:"money_gone"`
	Legs      []struct {
		Amount *float64 `json:"amount"`
		UTR    string   `json:"utr"`
		Bank   string   `json:"bank"`
		When   string   `json:"when"`
	} `json:"legs"`
	Suspects []struct{ Kind, Value string } `json:"suspects"`
	OwnName  string                         `json:"own_name"`
	OwnPhone string                         `json:"own_phone"`
	Place    string                         `json:"place"`
}

// facts are what a story tells, by field, in one form. What belongs to a leg is
// told with its amount.
type facts map[string][]string

func (f facts) add(field, value string) {
	if value != "" {
		f[field] = append(f[field], value)
	}
}

func goldFacts(g goldStory) facts {
	f := facts{}
	f.add("kind", g.Kind)
	if g.MoneyGone {
		f.add("money gone", "yes")
	}
	for _, leg := range g.Legs {
		amount := "?"
		if leg.Amount != nil {
			amount = fmt.Sprint(int64(*leg.Amount * 100))
			f.add("amount", amount)
		}
		f.add("utr", strings.ToUpper(leg.UTR))
		if leg.Bank != "" {
			bank, _ := locales.Bank(leg.Bank)
			f.add("bank", amount+" "+bank)
		}
		if leg.When != "" {
			f.add("when", amount+" "+leg.When)
		}
	}
	for _, s := range g.Suspects {
		f.add("suspect", s.Kind+" "+plainSuspect(s.Value))
	}
	f.add("own name", locales.Fold(g.OwnName))
	f.add("own phone", g.OwnPhone)
	f.add("place", locales.Fold(g.Place))
	return f
}

func readFacts(c *locales.Catalog, text string) facts {
	f := facts{}
	kind, _ := fraud.Match(text)
	f.add("kind", kind)
	story := c.Story(text, storyNow)
	if story.MoneyGone {
		f.add("money gone", "yes")
	}
	for _, leg := range story.Legs {
		amount := "?"
		if leg.Paise > 0 {
			amount = fmt.Sprint(leg.Paise)
			f.add("amount", amount)
		}
		f.add("utr", leg.UTR)
		if leg.Bank != "" {
			f.add("bank", amount+" "+leg.Bank)
		}
		if day := leg.Day(); day != "" {
			f.add("when", amount+" "+day)
		}
	}
	for _, id := range story.Suspects {
		f.add("suspect", id.Type+" "+plainSuspect(id.Value))
	}
	f.add("own name", locales.Fold(story.OwnName))
	f.add("own phone", story.OwnPhone)
	f.add("place", locales.Fold(story.Place))
	return f
}

func plainSuspect(value string) string {
	value = strings.ToLower(strings.TrimSpace(value))
	value = strings.TrimPrefix(strings.TrimPrefix(value, "https://"), "http://")
	return strings.ReplaceAll(value, " ", "")
}

// same tells whether a fact that was read is the one that was marked. Of a
// place, any part of it will do: "Bilha" of "Bilha, Bilaspur".
func same(field, read, gold string) bool {
	if field == "place" {
		return strings.Contains(" "+gold+" ", " "+read+" ") || strings.Contains(" "+read+" ", " "+gold+" ")
	}
	return read == gold
}

// score counts the facts of a field: read right, read wrong, not read.
type score struct{ right, wrong, missed int }

func (s score) precision() float64 { return float64(s.right) / float64(max(1, s.right+s.wrong)) }
func (s score) recall() float64    { return float64(s.right) / float64(max(1, s.right+s.missed)) }

// What must be read right of the stories, in hundredths of the facts of a field.
// The goals for those that are held back are 98 and 90; a mistake there is not
// read, see testdata/understanding/README.md.
const (
	seenPrecision, seenRecall = 95, 95
	heldPrecision, heldRecall = 84, 75
)

// unscored fields have too few facts for a share, and the kind is judged by
// flows/fraud.
var unscored = map[string]bool{"kind": true, "utr": true, "own name": true, "own phone": true}

// TestSeenStories reads the stories by which the reading was written, and prints
// each mistake.
func TestSeenStories(t *testing.T) {
	for field, s := range scoreStories(t, "../testdata/understanding/stories_seen.jsonl", true) {
		if !unscored[field] {
			require.GreaterOrEqual(t, 100*s.precision(), float64(seenPrecision), field)
			require.GreaterOrEqual(t, 100*s.recall(), float64(seenRecall), field)
		}
	}
}

// TestHeldStories reads the stories that are held back.
func TestHeldStories(t *testing.T) {
	for field, s := range scoreStories(t, "../testdata/understanding/stories_held.jsonl", false) {
		if !unscored[field] {
			require.GreaterOrEqual(t, 100*s.precision(), float64(heldPrecision), field)
			require.GreaterOrEqual(t, 100*s.recall(), float64(heldRecall), field)
		}
	}
}

// scoreStories prints the score of each field, and each mistake if they may be read.
func scoreStories(t *testing.T, name string, mistakes bool) map[string]*score {
	catalog, err := locales.Load(nil)
	require.NoError(t, err)
	scores := map[string]*score{}
	for _, g := range readStories(t, name) {
		gold, read := goldFacts(g), readFacts(catalog, g.Text)
		for _, field := range storyFields {
			if scores[field] == nil {
				scores[field] = &score{}
			}
			left := slices.Clone(gold[field])
			var wrong []string
			for _, fact := range read[field] {
				if k := slices.IndexFunc(left, func(g string) bool { return same(field, fact, g) }); k >= 0 {
					left = slices.Delete(left, k, k+1)
					scores[field].right++
				} else {
					wrong = append(wrong, fact)
				}
			}
			scores[field].wrong += len(wrong)
			scores[field].missed += len(left)
			if mistakes && len(wrong)+len(left) > 0 {
				t.Logf("%s: read %q for %q\n  %s", field, wrong, left, g.Text)
			}
		}
	}
	for _, field := range storyFields {
		s := scores[field]
		t.Logf("%-10s precision %5.1f %%, recall %5.1f %% (%d right, %d wrong, %d missed)", field, 100*s.precision(), 100*s.recall(), s.right, s.wrong, s.missed)
	}
	return scores
}

var storyFields = []string{"kind", "money gone", "amount", "utr", "bank", "when", "suspect", "own name", "own phone", "place"}

func readStories(t *testing.T, name string) []goldStory {
	file, err := os.Open(name)
	require.NoError(t, err)
	defer file.Close()
	var all []goldStory
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var g goldStory
		require.NoError(t, json.Unmarshal(lines.Bytes(), &g), lines.Text())
		all = append(all, g)
	}
	return all
}
