package inbox

import (
	"context"
	"fmt"

	"mitan/bot"
	"mitan/locales"
)

// caseLimit is how many cases of a resident stand beside the chat.
const caseLimit = 5

// facts are what stands beside the chat.
type facts struct {
	Cases []caseFacts
	More  int // cases that are not shown
	Since day
}

// caseFacts are one case, ready to show.
type caseFacts struct {
	Number    string // "" until it has one
	State     bot.CaseState
	Kind      string // "" if not known
	MoneyGone bool
	Lost      string
	Golden    *golden
	Legs      []legFacts
	Suspects  []bot.Suspect // to be shown as text, never as a link
	Story     int           // how many messages tell it
	Reporter  person
	Victim    person
	Thana     string
	Opened    day
	OpenedAt  string
}

type legFacts struct {
	Amount, Bank, UTR string // "" if not known
	Day               *day   // nil if not known
	Time              string
}

type person struct{ Name, Phone string }

// facts reads what stands beside the chat with a resident.
func (in *Inbox) facts(ctx context.Context, v visit, c bot.Conversation) (facts, error) {
	cases, err := in.store.CasesOf(ctx, c.Resident.ID)
	if err != nil {
		return facts{}, fmt.Errorf("read cases: %w", err)
	}
	found := facts{Since: dayOf(c.Resident.Since, in.clock.Now()), More: max(0, len(cases)-caseLimit)}
	for _, one := range cases[:min(len(cases), caseLimit)] {
		if one.Story, err = in.store.StoryOf(ctx, one.ID); err != nil {
			return facts{}, fmt.Errorf("read a story: %w", err)
		}
		found.Cases = append(found.Cases, in.caseFacts(v, one))
	}
	return found, nil
}

func (in *Inbox) caseFacts(v visit, c bot.Case) caseFacts {
	now := in.clock.Now()
	shown := caseFacts{
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
	for _, leg := range c.Legs {
		shown.Legs = append(shown.Legs, in.legFacts(leg))
	}
	for _, s := range c.Suspects {
		shown.Suspects = append(shown.Suspects, bot.Suspect{Type: plain(s.Type), Value: plain(s.Value)})
	}
	return shown
}

func (in *Inbox) legFacts(leg bot.Leg) legFacts {
	shown := legFacts{Amount: rupees(leg.Amount), Bank: plain(leg.Bank), UTR: plain(leg.UTR)}
	if !leg.When.IsZero() {
		d := dayOf(leg.When, in.clock.Now())
		shown.Day, shown.Time = &d, clock(leg.When)
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
