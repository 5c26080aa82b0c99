package inbox

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"mitan/bot"
	"mitan/locales"
)

// casesEach is how many cases a page of the list shows.
const casesEach = 50

// dateForm is how a form of the browser writes a date.
const dateForm = "2006-01-02"

// caseStates are the states that one can choose cases by, in this order.
var caseStates = []bot.CaseState{bot.Draft, bot.Filed, bot.CaseClosed, bot.Abandoned, bot.Merged}

type casesPage struct {
	framed
	Filter  caseForm
	Chosen  bool // some are left out
	Wrong   string
	Rows    []caseRow
	Older   string // the address of the next page; "" at the end
	Newest  string // the address of the first page; "" on it
	Exports bool   // the officer may take the list along
	CSV     string // addresses of the list as a file
	XLSX    string
}

// A caseForm is the form above the list, with what was chosen.
type caseForm struct {
	State, Money, Kind, Thana, From, Until, Least, Most, Officer, Suspect string

	States   []choice
	Kinds    []choice
	Thanas   []choice
	Officers []choice
}

// More tells whether one of the filters is chosen that are folded away.
func (f caseForm) More() bool {
	return f.Officer+f.From+f.Until+f.Least+f.Most+f.Suspect != ""
}

// A choice is an entry of a list to choose from.
type choice struct {
	Value, Label string
	Chosen       bool
}

// A caseRow is one case in a list.
type caseRow struct {
	ID        int64
	Resident  int64
	Number    string // "" until it has one
	State     bot.CaseState
	MoneyGone bool
	Kind      string // "" if not known
	Thana     string
	Name      string // of the victim, or of who reports
	Script    locales.Lang
	Phone     string
	Lost      string
	Opened    day
	OpenedAt  string
	Golden    *golden
}

func (in *Inbox) casesPage(w http.ResponseWriter, r *http.Request, v visit) error {
	around, err := in.framed(r, v, "cases.title")
	if err != nil {
		return err
	}
	data := casesPage{framed: around}
	query := r.URL.Query()
	filter, wrong := in.caseFilter(query)
	data.Wrong = wrong
	if data.Filter, err = in.caseForm(r, v, query); err != nil {
		return err
	}
	filter.Before, filter.Limit = before(r), casesEach+1
	cases, err := in.store.Cases(r.Context(), filter)
	if err != nil {
		return fmt.Errorf("read cases: %w", err)
	}
	query.Del("before")
	chosen := withoutEmpty(query)
	data.Chosen = len(chosen) > 0
	if filter.Before > 0 {
		data.Newest = "/cases?" + chosen.Encode()
	}
	data.CSV, data.XLSX = "/cases/export.csv?"+chosen.Encode(), "/cases/export.xlsx?"+chosen.Encode()
	data.Exports = mayGet(v.officer.Role, "/cases/export.csv")
	if len(cases) > casesEach {
		cases = cases[:casesEach]
		chosen.Set("before", strconv.FormatInt(cases[casesEach-1].ID, 10))
		data.Older = "/cases?" + chosen.Encode()
	}
	for _, c := range cases {
		data.Rows = append(data.Rows, in.caseRow(v, c))
	}
	return in.views.render(w, http.StatusOK, v.lang, "cases", data)
}

func withoutEmpty(query url.Values) url.Values {
	kept := url.Values{}
	for key, values := range query {
		if len(values) > 0 && values[0] != "" {
			kept.Set(key, values[0])
		}
	}
	return kept
}

func (in *Inbox) caseRow(v visit, c bot.Case) caseRow {
	now := in.clock.Now()
	who := c.Victim
	if who.Name == "" {
		who = c.Reporter
	}
	row := caseRow{
		ID: c.ID, Resident: c.Resident, Number: c.Number, State: c.State, MoneyGone: c.MoneyGone,
		Thana: in.thanaName(v.lang, c.Thana), Name: plain(who.Name), Script: script(who.Name),
		Phone: phoneFor(v.officer, who.Phone), Lost: rupees(c.Lost()),
		Opened: dayOf(c.Opened, now), OpenedAt: clock(c.Opened), Golden: goldenOf(c, now),
	}
	if c.Kind != "" {
		row.Kind = in.kind(v.lang, c.Kind)
	}
	return row
}

// caseFilter reads the filter out of an address. What cannot be read is left
// out; wrong is the key of words that says so.
func (in *Inbox) caseFilter(query url.Values) (f bot.CaseFilter, wrong string) {
	get := func(key string) string { return strings.TrimSpace(query.Get(key)) }
	if state := bot.CaseState(get("state")); slices.Contains(caseStates, state) {
		f.States = []bot.CaseState{state}
	}
	f.Loss, f.Attempt = get("money") == "loss", get("money") == "attempt"
	f.Kind, f.Suspect = get("kind"), get("suspect")
	if thana := get("thana"); thana == "none" {
		f.Thanas = []string{""}
	} else if thana != "" {
		f.Thanas = []string{thana}
	}
	f.Officer, _ = strconv.ParseInt(get("officer"), 10, 64)
	for _, date := range []struct {
		key  string
		days int
		into *time.Time
	}{{"from", 0, &f.From}, {"until", 1, &f.Until}} {
		if get(date.key) == "" {
			continue
		}
		day, err := time.ParseInLocation(dateForm, get(date.key), locales.IST)
		if err != nil {
			wrong = "cases.wrong_date"
			continue
		}
		*date.into = day.AddDate(0, 0, date.days)
	}
	for key, into := range map[string]*bot.Paise{"least": &f.Least, "most": &f.Most} {
		if get(key) == "" {
			continue
		}
		amount, ok := locales.Amount(get(key))
		if !ok {
			wrong = "cases.wrong_amount"
			continue
		}
		*into = bot.Paise(amount)
	}
	return f, wrong
}

func (in *Inbox) caseForm(r *http.Request, v visit, query url.Values) (caseForm, error) {
	get := func(key string) string { return strings.TrimSpace(query.Get(key)) }
	form := caseForm{
		State: get("state"), Money: get("money"), Kind: get("kind"), Thana: get("thana"), From: get("from"),
		Until: get("until"), Least: get("least"), Most: get("most"), Officer: get("officer"), Suspect: get("suspect"),
	}
	for _, state := range caseStates {
		form.States = append(form.States, choice{Value: string(state), Chosen: string(state) == form.State})
	}
	form.Kinds = in.kindChoices(v.lang, form.Kind)
	form.Thanas = in.thanaChoices(v.lang, form.Thana)
	officers, err := in.store.Officers(r.Context())
	if err != nil {
		return form, fmt.Errorf("read officers: %w", err)
	}
	for _, o := range officers {
		if o.Role.May(bot.RoleOfficer) {
			id := strconv.FormatInt(o.ID, 10)
			form.Officers = append(form.Officers, choice{Value: id, Label: plain(o.Name), Chosen: id == form.Officer})
		}
	}
	return form, nil
}

func (in *Inbox) kindChoices(lang locales.Lang, chosen string) []choice {
	var found []choice
	for _, key := range in.kinds {
		found = append(found, choice{Value: key, Label: in.kind(lang, key), Chosen: key == chosen})
	}
	return found
}

func (in *Inbox) thanaChoices(lang locales.Lang, chosen string) []choice {
	var found []choice
	for _, t := range in.unit.Thanas {
		found = append(found, choice{Value: t.En, Label: t.Name(lang), Chosen: t.En == chosen})
	}
	return found
}
