package inbox

import (
	"context"
	"fmt"

	"mitan/bot"
	"mitan/locales"
)

// caseLimit is how many other cases of a resident stand beside the chat.
const caseLimit = 5

// facts are what stands beside the chat.
type facts struct {
	Cases []caseFacts // the one that is worked on
	Other []caseRow   // the resident's other cases
	More  int         // cases that are not shown
	Since day
	Pick  *pick // nil unless a message was tapped
}

// caseFacts are one case, ready to show.
type caseFacts struct {
	ID        int64
	Revision  int64
	Number    string // "" until it has one
	State     bot.CaseState
	Kind      string // "" if not known
	MoneyGone bool
	Lost      string
	Golden    *golden
	Legs      []legFacts
	Suspects  []suspectFacts
	Story     int // how many messages tell it
	Reporter  person
	Victim    person
	Thana     string
	Opened    day
	OpenedAt  string

	// What an officer can do with it:
	Amend        bool
	Printable    bool
	Back         string // where it leads back to when it is done
	Kinds        []choice
	Thanas       []choice
	SuspectTypes []string
	Steps        []step
	Mergeable    []caseRow
	Into, From   *caseRow  // the case it was merged into, split from; nil if none
	Apart        []caseRow // the cases split from it
}

// golden is the golden hour that runs in the case that is worked on; nil for none.
func (f facts) golden() *golden {
	for _, c := range f.Cases {
		return c.Golden
	}
	return nil
}

type legFacts struct {
	N                 int    // counting from 1
	Amount, Bank, UTR string // "" if not known
	Day               *day   // nil if not known
	Time              string
	Rupees, When      string // as a form has them
}

// A suspectFacts is an identifier, to be shown as text, never as a link.
type suspectFacts struct {
	Type, Value string
	Kept        bot.Suspect // as it is stored, for forms
	Elsewhere   int         // in how many other cases it is a suspect
}

type person struct{ Name, Phone string }

// facts reads what stands beside the chat with a resident.
func (in *Inbox) facts(ctx context.Context, v visit, c bot.Conversation) (facts, error) {
	cases, err := in.store.CasesOf(ctx, c.Resident.ID)
	if err != nil {
		return facts{}, fmt.Errorf("read cases: %w", err)
	}
	found := facts{Since: dayOf(c.Resident.Since, in.clock.Now()), More: max(0, len(cases)-1-caseLimit)}
	current, ok := currentCase(cases)
	if !ok {
		return found, nil
	}
	if current.Story, err = in.store.StoryOf(ctx, current.ID); err != nil {
		return facts{}, fmt.Errorf("read a story: %w", err)
	}
	shown, err := in.caseWork(ctx, v, current, cases, fmt.Sprintf("/conversations/%d?view=facts", c.Resident.ID))
	if err != nil {
		return facts{}, err
	}
	found.Cases = []caseFacts{shown}
	for _, other := range cases {
		if other.ID != current.ID && len(found.Other) < caseLimit {
			found.Other = append(found.Other, in.caseRow(v, other))
		}
	}
	return found, nil
}

func (in *Inbox) caseFacts(v visit, c bot.Case) caseFacts {
	now := in.clock.Now()
	shown := caseFacts{
		ID:        c.ID,
		Revision:  c.Revision,
		Number:    c.Number,
		State:     c.State,
		MoneyGone: c.MoneyGone,
		Lost:      rupees(c.Lost()),
		Golden:    goldenOf(c, now),
		Story:     len(c.Story),
		Reporter:  personFor(v.officer, c.Reporter),
		Victim:    personFor(v.officer, c.Victim),
		Thana:     in.thanaName(v.lang, c.Thana),
		Opened:    dayOf(c.Opened, now),
		OpenedAt:  clock(c.Opened),
	}
	if c.Kind != "" {
		shown.Kind = in.kind(v.lang, c.Kind)
	}
	for i, leg := range c.Legs {
		shown.Legs = append(shown.Legs, in.legFacts(i+1, leg))
	}
	for _, s := range c.Suspects {
		shown.Suspects = append(shown.Suspects, suspectFacts{Type: plain(s.Type), Value: plain(s.Value), Kept: s})
	}
	return shown
}

func (in *Inbox) legFacts(n int, leg bot.Leg) legFacts {
	shown := legFacts{N: n, Rupees: rupeesField(leg.Amount), Amount: rupees(leg.Amount), Bank: plain(leg.Bank), UTR: plain(leg.UTR)}
	if !leg.When.IsZero() {
		d := dayOf(leg.When, in.clock.Now())
		shown.Day, shown.Time = &d, clock(leg.When)
		shown.When = leg.When.In(locales.IST).Format(momentForm)
	}
	return shown
}

func personFor(o bot.Officer, p bot.Person) person {
	return person{Name: plain(p.Name), Phone: phoneFor(o, p.Phone)}
}

// thanaName is a thana in the officer's language, or as it is stored.
func (in *Inbox) thanaName(lang locales.Lang, stored string) string {
	for _, t := range in.unit.Thanas {
		if t.En == stored {
			return t.Name(lang)
		}
	}
	return stored
}
