package inbox

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"mitan/bot"
	"mitan/locales"
)

// pickLimit is how many facts of a message are offered.
const pickLimit = 12

// A pick is what a message tells that can go into the facts of a case.
type pick struct {
	Message int64
	Text    string // the beginning of it
	Facts   []pickable
	Case    int64 // that they go into
	Number  string
	Rev     int64
	Back    string // the page with the pick, for the next fact
	Close   string // the page without it
}

// A pickable is one of them: the form's fields, and what is shown.
type pickable struct {
	Do    string // leg_add or suspect_add
	Field string // of a leg: amount, utr or bank
	Type  string // of a suspect
	Value string
	Shown string
	Have  bool // the case has it already
}

// pickOf reads the message that the officer has tapped; nil if none was, or if
// there is no case that could take its facts.
func (in *Inbox) pickOf(r *http.Request, v visit, resident int64, page string) (*pick, error) {
	number, err := strconv.ParseInt(r.URL.Query().Get("pick"), 10, 64)
	if err != nil || number <= 0 || !v.officer.Role.May(bot.RoleOfficer) {
		return nil, nil
	}
	cases, err := in.store.CasesOf(r.Context(), resident)
	if err != nil {
		return nil, fmt.Errorf("read cases: %w", err)
	}
	into, ok := currentCase(cases)
	if !ok {
		return nil, nil
	}
	thread, err := in.store.Thread(r.Context(), resident, number+1, 1)
	if err != nil {
		return nil, fmt.Errorf("read the tapped message: %w", err)
	}
	if len(thread) == 0 || thread[0].ID != number {
		return nil, nil
	}
	text := thread[0].Text
	return &pick{
		Message: number, Text: shorten(plain(text), 140), Facts: pickables(text, into), Case: into.ID,
		Number: into.Number, Rev: into.Revision, Close: page + "?view=facts",
		Back: fmt.Sprintf("%s?view=facts&pick=%d", page, number),
	}, nil
}

// offerPicks gives each message that tells a fact the address that offers it,
// for those who may put it into a case.
func (c *conversation) offerPicks(page, tab string) {
	if !c.May.Note || len(c.Facts.Cases) == 0 {
		return
	}
	for i := range c.Entries {
		if e := &c.Entries[i]; e.Tells {
			e.Pick = page + "?" + url.Values{"tab": {tab}, "view": {"facts"}, "pick": {strings.TrimPrefix(e.ID, "m")}}.Encode() + "#pick"
		}
	}
}

// currentCase is the case that an officer works on: the newest that is open,
// or else the newest.
func currentCase(cases []bot.Case) (bot.Case, bool) {
	var newest bot.Case
	for _, c := range cases {
		switch {
		case c.State == bot.Draft || c.State == bot.Filed:
			return c, true
		case newest.ID == 0 && c.State != bot.Merged:
			newest = c
		}
	}
	return newest, newest.ID != 0
}

// pickables are the amounts, transactions, banks and identifiers in a text.
func pickables(text string, into bot.Case) []pickable {
	var found []pickable
	add := func(p pickable) {
		if len(found) < pickLimit {
			found = append(found, p)
		}
	}
	for _, paise := range locales.Amounts(text) {
		have := false
		for _, leg := range into.Legs {
			have = have || int64(leg.Amount) == paise
		}
		shown := locales.Rupees(paise)
		add(pickable{Do: "leg_add", Field: "amount", Value: rupeesField(bot.Paise(paise)), Shown: shown, Have: have})
	}
	for _, id := range locales.Identifiers(text) {
		if id.Type == locales.TypeUTR {
			have := false
			for _, leg := range into.Legs {
				have = have || leg.UTR == id.Value
			}
			add(pickable{Do: "leg_add", Field: "utr", Value: id.Value, Shown: id.Value, Have: have})
			continue
		}
		have := false
		for _, s := range into.Suspects {
			have = have || s.Type == id.Type && s.Value == id.Value
		}
		add(pickable{Do: "suspect_add", Type: id.Type, Value: id.Value, Shown: plain(id.Value), Have: have})
	}
	if bank, ok := knownBank(text); ok {
		add(pickable{Do: "leg_add", Field: "bank", Value: bank, Shown: plain(bank)})
	}
	return found
}

// knownBank is the bank that a text names, if it is one that is known: of any
// other words locales.Bank gives back all of them.
func knownBank(text string) (string, bool) {
	const unknown = "x "
	bank, ok := locales.Bank(unknown + text)
	return bank, ok && !strings.HasPrefix(bank+" ", unknown)
}

// rupeesField is an amount as one writes it into a field; "" if not known.
func rupeesField(p bot.Paise) string {
	switch {
	case p == 0:
		return ""
	case p%100 == 0:
		return strconv.FormatInt(int64(p)/100, 10) + " rs"
	}
	return strings.TrimSpace(fmt.Sprintf("%d.%02d rs", p/100, p%100))
}
