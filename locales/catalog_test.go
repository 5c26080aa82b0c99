package locales

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// twoLanguages are small message files as a base.
func twoLanguages() fstest.MapFS {
	return fstest.MapFS{
		"hi/a.toml": {Data: []byte("report.amount = \"कितना पैसा गया?\"\nreport.filed = \"नंबर {{.case}}\"\n")},
		"en/a.toml": {Data: []byte("report.amount = \"How much?\"\n[report]\nfiled = \"Number {{.case}}{{if .unit}} at {{.unit}}{{end}}\"\n")},
	}
}

func TestBuiltinLoads(t *testing.T) {
	c, err := Load(nil)
	require.NoError(t, err)
	for _, key := range c.Keys() {
		for _, lang := range Langs() {
			vars := map[string]any{}
			for _, name := range c.Vars(key) {
				vars[name] = "x"
			}
			text := c.Text(lang, key, vars)
			assert.NotEmpty(t, text, "%s %s", lang, key)
			assert.NotContains(t, text, NoValue, "%s %s", lang, key)
		}
	}
}

func TestText(t *testing.T) {
	files := twoLanguages()
	files["en/a.toml"] = &fstest.MapFile{Data: []byte("report.amount = \"\"\"How much?\nSay: 25000\n\"\"\"\nreport.filed = \"Number {{.case}}{{if .unit}} at {{.unit}}{{end}}\"\n")}
	c, err := load(files, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"report.amount", "report.filed"}, c.Keys())
	assert.Equal(t, []string{"case", "unit"}, c.Vars("report.filed"))
	assert.True(t, c.Has("report.filed"))
	assert.False(t, c.Has("report"))
	assert.Equal(t, "How much?\nSay: 25000", c.Text(English, "report.amount", nil))
	assert.Equal(t, "कितना पैसा गया?", c.Text(Hindi, "report.amount", nil))
	assert.Equal(t, "कितना पैसा गया?", c.Text("xx", "report.amount", nil))
	assert.Equal(t, "नंबर BSP-1", c.Text(Hindi, "report.filed", map[string]any{"case": "BSP-1"}))
	assert.Equal(t, "Number BSP-1 at Bilha", c.Text(English, "report.filed", map[string]any{"case": "BSP-1", "unit": "Bilha"}))
	assert.Equal(t, "Number <b>", c.Text(English, "report.filed", map[string]any{"case": "<b>"}))
	assert.Contains(t, c.Text(Hindi, "report.filed", nil), NoValue)
	assert.Empty(t, c.Text(Hindi, "report.none", nil))
}

func TestOverride(t *testing.T) {
	c, err := load(twoLanguages(), fstest.MapFS{
		"README.md":        {Data: []byte("notes")},
		"hi/unit.toml":     {Data: []byte(`report.filed = "आपका नंबर: {{.case}}, {{.unit}}"`)},
		"hi/keywords.toml": {Data: []byte(`menu = ["पन्ना"]`)},
	})
	require.NoError(t, err)
	assert.Equal(t, "आपका नंबर: 7, Bilha", c.Text(Hindi, "report.filed", map[string]any{"case": 7, "unit": "Bilha"}))
	assert.Equal(t, "How much?", c.Text(English, "report.amount", nil))
	assert.Equal(t, CmdMenu, c.Command("पन्ना"))
}

// TestOverrideAddsKeywords: the unit's keywords come to the built-in ones.
func TestOverrideAddsKeywords(t *testing.T) {
	c, err := load(keywordsOnly(t), fstest.MapFS{"hi/keywords.toml": {Data: []byte(`menu = ["पन्ना"]`)}})
	require.NoError(t, err)
	assert.Equal(t, CmdMenu, c.Command("पन्ना"))
	assert.Equal(t, CmdMenu, c.Command("मेनू"))
}

// TestProblems: each mistake is told with its file, its key and what to do.
func TestProblems(t *testing.T) {
	for name, tt := range map[string]struct {
		file, data string
		want       []string
	}{
		"unknown key":       {"hi/u.toml", `report.amont = "कितना?"`, []string{"override hi/u.toml: report.amont:", "remove it"}},
		"empty":             {"hi/u.toml", `report.amount = "  "`, []string{"hi/u.toml: report.amount: is empty"}},
		"too long":          {"en/u.toml", `report.amount = "` + strings.Repeat("a", MaxText+1) + `"`, []string{"has 1001 characters; shorten it to 1000"}},
		"bad template":      {"hi/u.toml", `report.filed = "{{.case"`, []string{"report.filed: cannot be filled in", "{{.name}}"}},
		"range":             {"hi/u.toml", `report.filed = "{{range .case}}x{{end}}"`, []string{"use only {{.name}} and {{if}}"}},
		"deep":              {"hi/u.toml", `report.filed = "{{.case.number}}"`, []string{"goes too deep"}},
		"unknown variable":  {"hi/u.toml", `report.filed = "{{.number}}"`, []string{"uses {{.number}}", "it has: case, unit"}},
		"no variables":      {"hi/u.toml", `report.amount = "{{.case}}"`, []string{"it has: no variables"}},
		"broken TOML":       {"hi/u.toml", "report.amount = \"a\"\nreport.filed = \"b\n", []string{"override hi/u.toml:", "line 2"}},
		"not a text":        {"hi/u.toml", `report.amount = 5`, []string{"is not a text", `report.amount = "…"`}},
		"unknown keywords":  {"hi/keywords.toml", `manu = ["x"]`, []string{"override hi/keywords.toml: manu:", "mend its name"}},
		"unknown word list": {"hi/keywords.toml", "[words]\nmonney = [\"x\"]", []string{"words.monney: is not a list"}},
		"not a list":        {"hi/keywords.toml", `menu = "x"`, []string{"menu: is not a list", `["…", "…"]`}},
		"not words":         {"hi/keywords.toml", `menu = [5]`, []string{"menu: has 5", "quotes"}},
		"empty keyword":     {"hi/keywords.toml", `menu = ["🙏"]`, []string{`menu: has "🙏"`, "one to 8 words"}},
		"two commands":      {"hi/keywords.toml", "menu = [\"x\"]\nback = [\"X!\"]", []string{`"x", which is also in back`}},
		"two words":         {"hi/keywords.toml", "[words]\nmoney = [\"two words\"]", []string{"single words"}},
		"unknown language":  {"hindi/u.toml", `report.amount = "a"`, []string{"override hindi: is not a language"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(twoLanguages(), fstest.MapFS{tt.file: {Data: []byte(tt.data)}})
			require.Error(t, err)
			for _, want := range tt.want {
				assert.ErrorContains(t, err, want)
			}
		})
	}
}

func TestProblemsOfBase(t *testing.T) {
	base := twoLanguages()
	base["hi/b.toml"] = &fstest.MapFile{Data: []byte("only.hindi = \"x\"\nreport.amount = \"दो बार\"\n")}
	_, err := load(base, fstest.MapFS{"en/u.toml": {Data: []byte(`nothing = "x"`)}})
	assert.ErrorContains(t, err, "hi/b.toml: only.hindi: has no text in en; add it to en/b.toml")
	assert.ErrorContains(t, err, "hi/b.toml: report.amount: is already in hi/a.toml")
	assert.ErrorContains(t, err, "override en/u.toml: nothing:", "all problems are told at once")
}

// TestKeywordsAreUsed: each list of keywords has phrases in a language at least.
func TestKeywordsAreUsed(t *testing.T) {
	c := keywordCatalog(t)
	have := map[Command]bool{}
	for _, cmd := range c.lex.commands {
		have[cmd] = true
	}
	for _, cmd := range Commands() {
		assert.True(t, have[cmd], "no keyword for %s", cmd)
	}
	var all class
	for _, m := range c.lex.vocab.words {
		all |= m.class
	}
	for name, bits := range classNames {
		assert.Equal(t, bits, all&bits, "no word in %s", name)
	}
}
