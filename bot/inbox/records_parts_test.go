package inbox

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"mitan/bot"
	"mitan/locales"
)

// marked writes pieces with the marks in brackets.
func marked(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Marked {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("पहले ", 40) + "बिजली कट जाएगी " + strings.Repeat("बाद ", 60)
	for _, test := range []struct{ text, query, want string }{
		{"मेरी बिजली कट जाएगी", "बिजली", "मेरी [बिजली] कट जाएगी"},
		{"मेरी बिजली कट जाएगी", "बिज", "मेरी बिजली कट जाएगी"},
		{"मेरी बिजली कट जाएगी", "बिज*", "मेरी [बिजली] कट जाएगी"},
		{"PAY the Bill, pay", "pay bill", "[PAY] the [Bill], [pay]"},
		{"बा\u095bार", "बा\u091c\u093cार", "[बा\u091c\u093cार]"},
		{"line\nbreak\t here", "break", "line [break] here"},
		{"nothing here", "else", "nothing here"},
		{"", "x", ""},
		{"a \u202eb", "b", "a [b]"},
	} {
		assert.Equal(t, test.want, marked(snippet(test.text, test.query)), "%s in %s", test.query, test.text)
	}
	got := marked(snippet(long, "बिजली"))
	assert.Contains(t, got, "[बिजली]")
	assert.True(t, strings.HasPrefix(got, "… ") && strings.HasSuffix(got, " …"))
	assert.Less(t, len([]rune(got)), snippetRunes+snippetBefore)
}

// Whatever a message and a search are, the snippet is a part of the message.
func TestSnippetOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, query := rapid.String().Draw(t, "text"), rapid.String().Draw(t, "query")
		whole := 0
		for _, p := range snippet(text, query) {
			whole += len([]rune(p.Text))
		}
		if whole > snippetRunes+snippetBefore {
			t.Fatalf("%d characters", whole)
		}
	})
}

func TestMarkPart(t *testing.T) {
	for _, test := range []struct{ text, part, want string }{
		{"90000 00774", "0774", "90000 0[0774]"},
		{"90000 00774", "+91 90000-00774", "[90000 00774]"},
		{"90000 00774", "000007", "90[000 007]74"},
		{"BSP-26-001187", "26001187", "BSP-[26-001187]"},
		{"BSP-26-001187", "bsp", "[BSP]-26-001187"},
		{"632118904417", "९०४४", "632118[9044]17"},
		{"632118904417", "999", "632118904417"},
		{"बिजली.help", "help", "बिजली.help"},
		{"x", "", "x"},
	} {
		assert.Equal(t, test.want, marked(markPart(test.text, test.part)), "%s in %s", test.part, test.text)
	}
}

func TestGuardFormula(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "राम": "राम", "a=b": "a=b", "12": "12",
		"=1+1": "'=1+1", "+91": "'+91", "-1": "'-1", "@x": "'@x", "\t=1": "'\t=1", "\r=1": "'\r=1", "  =1": "'  =1", "\u00a0=1": "'\u00a0=1", "＝1": "'＝1", "|cmd": "'|cmd",
	} {
		assert.Equal(t, want, guardFormula(in), "%q", in)
	}
}

func TestSmallCounts(t *testing.T) {
	text := func(counts []int, hide bool) string {
		var all []string
		for _, c := range cells(counts, hide) {
			all = append(all, c.Text())
		}
		return strings.Join(all, " ")
	}
	for _, test := range []struct {
		counts []int
		want   string
	}{
		{[]int{0, 5, 9}, "0 5 9"},
		{[]int{1, 4, 9}, "<5 <5 9"},
		{[]int{3, 9, 7}, "<5 9 <5"},
		{[]int{3}, "<5"},
		{[]int{0, 3, 0}, "0 <5 0"},
	} {
		assert.Equal(t, test.want, text(test.counts, true))
	}
	assert.Equal(t, "1 4 9", text([]int{1, 4, 9}, false))
}

// Whatever is counted, each bar stands in the picture, and a table says it, too.
func TestChartsStayInTheirPicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "places")
		c := chart{}
		for range n {
			c.Labels = append(c.Labels, "x")
		}
		for range rapid.IntRange(1, 3).Draw(t, "series") {
			counts := rapid.SliceOfN(rapid.IntRange(0, 100_000), n, n).Draw(t, "counts")
			c.Series = append(c.Series, series{Name: "s", Cells: cells(counts, rapid.Bool().Draw(t, "hide"))})
		}
		for _, drawn := range []chart{c.columns(), c.bars()} {
			for _, m := range drawn.Marks {
				if m.X < drawn.Plot.X || m.Y < drawn.Plot.Y || m.X+m.W > drawn.Right() || m.Y+m.H > drawn.Bottom() {
					t.Fatalf("%+v stands outside %+v", m, drawn.Plot)
				}
			}
		}
	})
}

func TestSpans(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 10, 0, 0, locales.IST)
	for _, days := range figureDays {
		s := spanOf(now, days)
		assert.GreaterOrEqual(t, int(s.until.Sub(s.from)/(24*time.Hour)), days)
		assert.Equal(t, s.buckets-1, s.bucket(time.Date(2026, 3, 1, 0, 0, 0, 0, locales.IST)), "today is in the last")
		assert.Equal(t, 0, s.bucket(s.from))
	}
}

func TestNextStepsFitTheKind(t *testing.T) {
	words, err := loadWords(locales.Hindi)
	assert.NoError(t, err)
	for kind := range kindSteps {
		for _, loss := range []bool{true, false} {
			steps := stepsFor(kind, loss)
			seen := map[string]bool{}
			for _, key := range steps {
				assert.False(t, seen[key], "%s twice in %s", key, kind)
				assert.Contains(t, words, "step."+key)
				assert.True(t, isStep(key))
				seen[key] = true
			}
			assert.Equal(t, loss, seen["banks_told"], "%s: banks are told of a loss", kind)
		}
	}
	assert.Equal(t, "gently", stepsFor("sextortion", true)[0], "kindness comes first")
	done := []bot.StepDone{{Step: "old_step", Name: "x"}}
	list := stepList(bot.Case{Kind: "otp"}, done)
	assert.Equal(t, "old_step", list[len(list)-1].Key, "what was done stays to be seen")
}
