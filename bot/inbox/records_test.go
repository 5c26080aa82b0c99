package inbox_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"mitan/bot"
	"mitan/bot/evidence"
)

func TestCasesAreFilteredAsTheFormSays(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, officer)
	b.get("/cases?state=filed&money=loss&kind=otp&thana=Kotwali&from=2026-11-01&until=2026-11-22&least=50000&most=1+lakh&officer=2&suspect=x@y&before=9")
	got := w.asked
	assert.Equal(t, []bot.CaseState{bot.Filed}, got.States)
	assert.True(t, got.Loss)
	assert.Equal(t, "otp", got.Kind)
	assert.Equal(t, []string{"Kotwali"}, got.Thanas)
	assert.Equal(t, "2026-11-01T00:00:00+05:30", got.From.Format("2006-01-02T15:04:05Z07:00"))
	assert.Equal(t, "2026-11-23T00:00:00+05:30", got.Until.Format("2006-01-02T15:04:05Z07:00"), "the last day is in it")
	assert.EqualValues(t, 50_000_00, got.Least)
	assert.EqualValues(t, 1_00_000_00, got.Most)
	assert.EqualValues(t, 2, got.Officer)
	assert.Equal(t, "x@y", got.Suspect)
	assert.EqualValues(t, 9, got.Before)
	b.get("/cases?thana=none")
	assert.Equal(t, []string{""}, w.asked.Thanas)
}

func TestCasesGoOnFromPageToPage(t *testing.T) {
	w := newWorld(t)
	for id := range int64(120) {
		w.cases[ramesh] = append(w.cases[ramesh], bot.Case{ID: 100 + id, Resident: ramesh, State: bot.Filed, MoneyGone: true, Opened: ago(9)})
	}
	b := w.signedIn(t, officer)
	next := regexp.MustCompile(`href="(/cases\?[^"]*before=[0-9]+[^"]*)"`)
	seen := map[string]bool{}
	for address, pages := "/cases?money=loss", 1; ; pages++ {
		body := b.get(address).body
		for _, link := range regexp.MustCompile(`<td><a class="num" href="(/cases/[0-9]+)"`).FindAllStringSubmatch(body, -1) {
			assert.False(t, seen[link[1]], link[1])
			seen[link[1]] = true
		}
		found := next.FindStringSubmatch(body)
		if found == nil {
			assert.Equal(t, 3, pages)
			break
		}
		address = strings.ReplaceAll(found[1], "&amp;", "&")
		assert.Contains(t, address, "money=loss", "the filter goes along")
	}
	assert.Len(t, seen, 121)
}

// What an officer writes into a form is what the desk is asked to do.
func TestAnOfficerAmendsACase(t *testing.T) {
	tests := []struct {
		name string
		form []string
		want func(t *testing.T, c bot.Case)
	}{
		{"kind", []string{"do", "kind", "kind", "job"}, func(t *testing.T, c bot.Case) { assert.Equal(t, "job", c.Kind) }},
		{"thana", []string{"do", "thana", "thana", "Torwa"}, func(t *testing.T, c bot.Case) { assert.Equal(t, "Torwa", c.Thana) }},
		{"no money", []string{"do", "money", "money", "attempt"}, func(t *testing.T, c bot.Case) { assert.False(t, c.MoneyGone) }},
		{"victim", []string{"do", "victim", "name", "Budhram", "phone", "9000000001"}, func(t *testing.T, c bot.Case) {
			assert.Equal(t, bot.Person{Name: "Budhram", Phone: "9000000001"}, c.Victim)
		}},
		{"leg", []string{"do", "leg", "n", "1", "amount", "₹1,250.50", "bank", "SBI", "utr", "4123", "when", "2026-11-21T23:15"}, func(t *testing.T, c bot.Case) {
			assert.EqualValues(t, 1250_50, c.Legs[0].Amount)
			assert.Equal(t, "2026-11-21T17:45", c.Legs[0].When.UTC().Format("2006-01-02T15:04"), "the form's time is India's")
			assert.Equal(t, "4123", c.Legs[0].UTR)
		}},
		{"leg added", []string{"do", "leg_add", "amount", "500"}, func(t *testing.T, c bot.Case) {
			assert.Len(t, c.Legs, 3, "the empty one is completed")
			assert.EqualValues(t, 500_00, c.Legs[2].Amount)
		}},
		{"leg taken out", []string{"do", "leg_remove", "n", "1"}, func(t *testing.T, c bot.Case) { assert.Len(t, c.Legs, 2) }},
		{"suspect added", []string{"do", "suspect_add", "type", "phone", "value", "9000000999"}, func(t *testing.T, c bot.Case) { assert.Len(t, c.Suspects, 4) }},
		{"suspect taken out", []string{"do", "suspect_remove", "type", "phone", "value", "9000000774"}, func(t *testing.T, c bot.Case) { assert.Len(t, c.Suspects, 2) }},
		{"closed", []string{"do", "state", "state", "closed"}, func(t *testing.T, c bot.Case) { assert.Equal(t, bot.CaseClosed, c.State) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			got := w.signedIn(t, officer).post("/cases/1/amend", append(test.form, "revision", "0", "back", "/conversations/1?view=facts&pick=7")...)
			assert.Equal(t, http.StatusSeeOther, got.StatusCode)
			assert.Equal(t, "/conversations/1?view=facts&pick=7", got.Header.Get("Location"))
			test.want(t, w.cases[sunita][0])
		})
	}
}

func TestWhatIsRefusedIsKept(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, officer)
	for why, form := range map[string][]string{
		"the amount could not be read":          {"do", "leg_add", "amount", "bahut", "bank", "मेरा बैंक", "revision", "0"},
		"the time could not be read":            {"do", "leg_add", "when", "कल", "bank", "मेरा बैंक", "revision", "0"},
		"another officer has changed this case": {"do", "leg_add", "bank", "मेरा बैंक", "revision", "5"},
	} {
		got := b.post("/cases/1/amend", form...)
		assert.Contains(t, got.body, why)
		assert.Contains(t, got.body, "मेरा बैंक", "what was written is there to be copied")
	}
	assert.Equal(t, "/", b.post("/cases/1/amend", "do", "kind", "kind", "otp", "revision", "0", "back", "//thief.example/").Header.Get("Location"), "it leads nowhere else")
}

func TestATappedMessageOffersWhatItTells(t *testing.T) {
	w := newWorld(t)
	id := w.writes(bot.Message{Resident: sunita, Text: "25,000 rupaye gaye, UTR 632118906677, us ne 9000000888 se call kiya, SBI se"})
	w.writes(bot.Message{Resident: sunita, Text: "जी"})
	b := w.signedIn(t, officer)
	body := b.get("/conversations/1").body
	links := regexp.MustCompile(`class="pickup" href="([^"]+)"`).FindAllStringSubmatch(body, -1)
	require.NotEmpty(t, links, "a message with a fact offers it")
	last := strings.ReplaceAll(links[len(links)-1][1], "&amp;", "&")
	assert.Contains(t, last, "pick="+itoa(id), "and one without offers nothing")
	body = b.get(last).body
	for _, fact := range []string{"₹25,000", "632118906677", "9000000888"} {
		assert.Contains(t, body, fact)
	}
	for _, form := range [][]string{{"do", "leg_add", "amount", "25000 rs"}, {"do", "leg_add", "utr", "632118906677"}, {"do", "suspect_add", "type", "phone", "value", "9000000888"}} {
		revision := itoa(w.cases[sunita][0].Revision)
		require.Equal(t, http.StatusSeeOther, b.post("/cases/1/amend", append(form, "revision", revision)...).StatusCode)
	}
	assert.Equal(t, bot.Leg{Amount: 25_000_00, UTR: "632118906677"}, w.cases[sunita][0].Legs[2], "amount and UTR are one transaction")
	assert.Equal(t, 3, strings.Count(b.get(last).body, "In the case"))
	assert.NotContains(t, w.signedIn(t, viewer).get("/conversations/1").body, "pickup")
}

func TestSearchMarksWhatItFinds(t *testing.T) {
	tests := map[string][]string{
		"सुनीता":      {"<mark>सुनीता</mark> देवी"},
		"0210":        {"90000 0<mark>0210</mark>"},
		"905523":      {"632118<mark>905523</mark>"},
		"BSP-26":      {"<mark>BSP-26</mark>-001187"},
		"अफ़सर":       {"<mark>अफ़सर</mark> से बात करनी है", "/conversations/2?before="},
		"hold":        {"is on <mark>hold</mark>. Thank you!"},
		"bijli.help@": {"<mark>bijli.help</mark>@exampleupi"},
	}
	w := newWorld(t)
	b := w.signedIn(t, officer)
	for query, want := range tests {
		body := b.get("/search?q=" + query).body
		for _, text := range want {
			assert.Contains(t, body, text, query)
		}
	}
	body := w.signedIn(t, viewer).get("/search?q=0210").body
	assert.Contains(t, body, "90000 •••10")
	assert.NotRegexp(t, `90000 ?00|<mark>0210`, body, "a viewer sees the ends of a number only")
}

func TestTheListAsCSV(t *testing.T) {
	w := newWorld(t)
	w.cases[sunita][0].Reporter.Name = `=HYPERLINK("http://thief.example","x")`
	w.cases[sunita][0].Victim.Name = "\t@cmd"
	got := w.signedIn(t, charge).get("/cases/export.csv?kind=electricity")
	assert.Equal(t, `attachment; filename="cases-2026-11-22.csv"`, got.Header.Get("Content-Disposition"))
	assert.True(t, strings.HasPrefix(got.body, "\ufeff"))
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.body, "\ufeff"))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 2)
	assert.Equal(t, "BSP-26-001187", rows[1][0])
	assert.Equal(t, "98500.00", rows[1][4])
	assert.Equal(t, "632118904417; 632118905523", rows[1][6])
	for _, cell := range rows[1] {
		assert.NotContains(t, "=+-@", (cell + " ")[:1], "no spreadsheet takes it for a formula: %s", cell)
	}
	assert.Contains(t, w.actions(), "export")
}

func TestTheListAsXLSX(t *testing.T) {
	w := newWorld(t)
	w.cases[sunita][0].Reporter.Name = "=1+1"
	got := w.signedIn(t, charge).get("/cases/export.xlsx")
	book, err := excelize.OpenReader(strings.NewReader(got.body))
	require.NoError(t, err)
	rows, err := book.GetRows("Cases")
	require.NoError(t, err)
	require.Len(t, rows, 2)
	assert.Equal(t, "Lost (₹)", rows[0][4])
	assert.Equal(t, "98500", rows[1][4])
	assert.Equal(t, "=1+1", rows[1][8])
	formula, err := book.GetCellFormula("Cases", "I2")
	require.NoError(t, err)
	assert.Empty(t, formula, "it is text")
}

func TestEvidenceIsTakenAndToldOf(t *testing.T) {
	w := newWorld(t)
	got := w.signedIn(t, charge).get("/cases/1/evidence.zip")
	require.Equal(t, http.StatusOK, got.StatusCode)
	assert.Equal(t, `attachment; filename="evidence-BSP-26-001187.zip"`, got.Header.Get("Content-Disposition"))
	report, err := evidence.Verify(strings.NewReader(got.body), int64(len(got.body)))
	require.NoError(t, err)
	assert.Empty(t, report.Faults)
	last := w.audit[len(w.audit)-1]
	assert.Equal(t, evidence.ActionDone, last.Action)
	assert.Equal(t, "case 1 manifest sha256 "+report.Manifest, last.Detail)
}

// An answer that breaks off half-way is not taken for a whole one.
func TestEvidenceThatBreaksOff(t *testing.T) {
	w := newWorld(t)
	w.stories[1] = []bot.Message{{ID: 5, Media: &bot.Media{ID: 77, State: bot.MediaKept, SHA256: "00"}}} // whose file is not there
	b := w.signedIn(t, charge)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/cases/1/evidence.zip", http.NoBody)
	require.NoError(t, err)
	response, err := b.client.Do(r)
	if err == nil {
		defer response.Body.Close()
		var body bytes.Buffer
		_, err = body.ReadFrom(response.Body)
	}
	assert.Error(t, err)
	assert.NotContains(t, w.actions(), evidence.ActionDone)
	_, err = zip.NewReader(bytes.NewReader(nil), 0)
	assert.Error(t, err)
}

func TestSmallCountsAreHiddenFromViewers(t *testing.T) {
	w := newWorld(t)
	w.figures = bot.Figures{Thanas: []bot.ThanaFigure{{Thana: "Kotwali", Losses: 40, Lost: 9}, {Thana: "Torwa", Losses: 7, Lost: 8}, {Thana: "Sarkanda", Losses: 3, Lost: 700_00}}}
	body := w.signedIn(t, officer).get("/dashboard").body
	assert.Contains(t, body, `<td class="n">3</td>`)
	body = w.signedIn(t, viewer).get("/dashboard").body
	assert.NotContains(t, body, `<td class="n">3</td>`)
	assert.NotContains(t, body, `<td class="n">7</td>`, "from the sum the hidden one could be reckoned")
	assert.NotContains(t, body, "₹700", "nor its sum shown")
	assert.Contains(t, body, `<td class="n">40</td>`)
	assert.NotContains(t, body, "Losses: 3<", "nor a pointer told")
}

// What residents control, in each field where a case shows it.
func TestHostileWordsInACaseAreOnlyWords(t *testing.T) {
	dangerous := regexp.MustCompile(`(?i)<script>|<img src=x|<b onclick|<a href="http|href="javascript|ZgotmplZ`)
	for _, attack := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</textarea><script>alert(1)</script>`, `javascript:alert(1)`, `</title><script>alert(1)</script>`} {
		w := newWorld(t)
		c := &w.cases[sunita][0]
		c.Number, c.Kind, c.Thana, c.State = attack, attack, attack, bot.CaseState(attack)
		c.Reporter, c.Victim = bot.Person{Name: attack, Phone: attack}, bot.Person{Name: attack, Phone: attack}
		c.Legs = []bot.Leg{{Bank: attack, UTR: attack}}
		c.Suspects = []bot.Suspect{{Type: attack, Value: attack}, {Type: "link", Value: attack}}
		w.amend(sunita, func(c *bot.Conversation) { c.Resident.Name, c.Resident.Phone, c.LastText = attack, attack, attack })
		w.stories[1] = []bot.Message{{ID: 1, Resident: sunita, By: bot.ByResident, Kind: bot.Document, Text: attack, Media: w.keep(9, attack, attack, nil), At: morning}}
		w.writes(bot.Message{Resident: sunita, Text: attack + " 25000 rupees"})
		w.other(attack)
		w.figures = bot.Figures{Kinds: []bot.KindFigure{{Day: morning, Kind: attack, N: 9}}, Thanas: []bot.ThanaFigure{{Thana: attack, Losses: 9}}}
		b := w.signedIn(t, charge)
		for _, path := range []string{"/cases", "/cases/1", "/cases/1/print", "/cases/2", "/dashboard", "/search?q=" + queryEscape(attack), "/cases?suspect=" + queryEscape(attack), "/conversations/1?pick=" + itoa(w.nextID)} {
			got := b.get(path)
			assert.Equal(t, http.StatusOK, got.StatusCode, path)
			assert.Empty(t, dangerous.FindString(got.body), "%s with %s", path, attack)
		}
		assert.NotContains(t, b.get("/cases/1/evidence.zip").Header.Get("Content-Disposition"), "<")
		refused := b.post("/cases/1/amend", "do", "leg_add", "amount", "x", "bank", attack, "revision", "0")
		assert.Empty(t, dangerous.FindString(refused.body))
	}
}

// other is a second case of sunita.
func (w *world) other(name string) {
	w.cases[sunita] = append(w.cases[sunita], bot.Case{ID: 2, Resident: sunita, State: bot.CaseClosed, Kind: "otp", Reporter: bot.Person{Name: name}, Opened: ago(60 * 24 * 9), SplitFrom: 1})
}

// The pictures are for people to look at: see MITAN_SHOTS in CONTRIBUTING.
func TestPicturesOfTheRecords(t *testing.T) {
	dir := os.Getenv("MITAN_SHOTS")
	if dir == "" {
		t.Skip("MITAN_SHOTS names no folder for the pictures")
	}
	for size, wh := range map[string][2]int64{"desk": {1366, 768}, "phone": {390, 844}, "small": {320, 568}} {
		for _, scheme := range []string{"light", "dark"} {
			for _, lang := range []string{"en", "hi"} {
				if size == "small" && scheme == "dark" {
					continue
				}
				w := newWorld(t)
				w.fillRecords()
				b := newTab(t, wh[0], wh[1], scheme)
				b.open(w.url + "/sign-in")
				if lang != "en" {
					b.click(`form[action="/language"] button`)
					b.until(`document.documentElement.lang === "` + lang + `"`)
				}
				b.signIn(w, charge)
				for page, path := range map[string]string{
					"cases": "/cases", "case": "/cases/1", "search": "/search?q=पैसा", "search-number": "/search?q=0210", "dashboard": "/dashboard", "print": "/cases/1/print",
					"menus": "/menus", "replies": "/replies",
					"facts": "/conversations/1?view=facts", "pick": "/conversations/1?view=facts&pick=" + itoa(w.nextID),
				} {
					b.open(w.url + path)
					b.do(chromedp.Sleep(w.settle()))
					name := strings.Join([]string{size, page, scheme, lang}, "-") + ".png"
					require.NoError(t, os.WriteFile(filepath.Join(dir, name), b.picture(), 0o600))
				}
				assert.Empty(t, b.complained())
			}
		}
	}
}
