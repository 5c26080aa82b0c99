package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"mitan/locales"
)

// Limits of what a case holds.
const (
	MaxLegs      = 50
	MaxSuspects  = 100
	MaxFactBytes = 300 // of a name, a bank, an identifier
)

// What is refused of cases, to be tested with errors.Is.
var (
	// ErrNotMergeable means that cases cannot be merged or split so.
	ErrNotMergeable = errors.New("these cases cannot be merged or split so")
	// ErrBadFact means that what was written is no such fact.
	ErrBadFact = errors.New("this is no such fact")
)

// Draft effects of officers.
type (
	// RemoveLeg takes out the nth transaction, counting from 1.
	RemoveLeg struct{ N int }
	// AddLeg adds a transaction.
	AddLeg struct{ Leg Leg }
	// RemoveSuspect takes out an identifier.
	RemoveSuspect struct{ Suspect Suspect }
	// SetState closes a case or opens it again.
	SetState struct{ State CaseState }
)

func (RemoveLeg) effect()     {}
func (AddLeg) effect()        {}
func (RemoveSuspect) effect() {}
func (SetState) effect()      {}

// Amend takes the leg out, if it is there.
func (e RemoveLeg) Amend(c *Case) {
	if e.N >= 1 && e.N <= len(c.Legs) {
		c.Legs = slices.Delete(slices.Clone(c.Legs), e.N-1, e.N)
	}
}

// Amend adds the leg. Where the newest one lacks only what this one tells, that
// one is completed: an officer taps the amount, then the UTR.
func (e AddLeg) Amend(c *Case) {
	if last := len(c.Legs) - 1; last >= 0 {
		if joined, ok := joinLegs(c.Legs[last], e.Leg); ok {
			c.Legs[last] = joined
			return
		}
	}
	if len(c.Legs) < MaxLegs {
		c.Legs = append(c.Legs, e.Leg)
	}
}

// joinLegs puts two legs together that contradict each other in nothing and
// tell nothing twice.
func joinLegs(a, b Leg) (Leg, bool) {
	if a.Amount != 0 && b.Amount != 0 || a.UTR != "" && b.UTR != "" || a.Bank != "" && b.Bank != "" || !a.When.IsZero() && !b.When.IsZero() {
		return a, false
	}
	if b.Amount != 0 {
		a.Amount = b.Amount
	}
	if b.UTR != "" {
		a.UTR = b.UTR
	}
	if b.Bank != "" {
		a.Bank = b.Bank
	}
	if !b.When.IsZero() {
		a.When = b.When
	}
	return a, true
}

// Amend takes the identifier out.
func (e RemoveSuspect) Amend(c *Case) {
	c.Suspects = slices.DeleteFunc(slices.Clone(c.Suspects), func(s Suspect) bool { return s == e.Suspect })
}

// Amend sets the state.
func (e SetState) Amend(c *Case) { c.State = e.State }

// AmendCase changes a case as an officer says. ErrStale if another officer has
// amended it since the revision; ErrBadFact, ErrForbiddenRole.
func (b *Bot) AmendCase(ctx context.Context, o Officer, id, revision int64, what string, change ...DraftEffect) error {
	if !o.Role.May(RoleOfficer) {
		return ErrForbiddenRole
	}
	for i, e := range change {
		clean, err := cleanFact(e)
		if err != nil {
			return err
		}
		change[i] = clean
	}
	c, err := b.store.CaseByID(ctx, id)
	if err != nil {
		return err
	}
	return b.desk(c.Resident, b.store.AmendCase(ctx, Amendment{
		Case: id, Revision: revision, Officer: o.ID, At: b.clock.Now(), What: what, Change: change,
	}))
}

// MergeCases moves all of one case to another of the same resident.
func (b *Bot) MergeCases(ctx context.Context, o Officer, from, into int64) error {
	if !o.Role.May(RoleOfficer) {
		return ErrForbiddenRole
	}
	c, err := b.store.CaseByID(ctx, into)
	if err != nil {
		return err
	}
	return b.desk(c.Resident, b.store.MergeCases(ctx, from, into, o.ID, b.clock.Now()))
}

// SplitCase moves what the split names to a new case, and returns its id. It
// gives the split its id, number, officer and time.
func (b *Bot) SplitCase(ctx context.Context, o Officer, s Split) (int64, error) {
	if !o.Role.May(RoleOfficer) {
		return 0, ErrForbiddenRole
	}
	c, err := b.store.CaseByID(ctx, s.Case)
	if err != nil {
		return 0, err
	}
	now := b.clock.Now()
	s.Officer, s.At = o.ID, now
	s.ID, err = b.store.NextNumber(ctx, CaseIDSeries)
	if err != nil {
		return 0, err
	}
	count, err := b.store.NextNumber(ctx, CaseSeries(now))
	if err != nil {
		return 0, err
	}
	s.Number = CaseNumber(b.unit.Unit.Prefix, now, count)
	return s.ID, b.desk(c.Resident, b.store.SplitCase(ctx, s))
}

// TickStep says that a next step of a case is done, or that it is not.
func (b *Bot) TickStep(ctx context.Context, o Officer, id int64, step string, done bool) error {
	if !o.Role.May(RoleOfficer) {
		return ErrForbiddenRole
	}
	c, err := b.store.CaseByID(ctx, id)
	if err != nil {
		return err
	}
	return b.desk(c.Resident, b.store.TickStep(ctx, id, step, done, o.ID, b.clock.Now()))
}

// cleanFact brings what an officer has typed into the form in which facts are
// kept.
func cleanFact(e DraftEffect) (DraftEffect, error) {
	var err error
	clean := func(s *string) {
		*s = strings.Join(strings.Fields(cleanText(*s)), " ")
		if len(*s) > MaxFactBytes || !utf8.ValidString(*s) {
			err = ErrBadFact
		}
	}
	switch e := e.(type) {
	case PutLeg:
		if !cleanLeg(&e.Leg, clean) || e.N < 1 || e.N > MaxLegs {
			return nil, ErrBadFact
		}
		return e, err
	case AddLeg:
		if !cleanLeg(&e.Leg, clean) {
			return nil, ErrBadFact
		}
		if e.Leg == (Leg{}) {
			return nil, ErrEmpty
		}
		return e, err
	case AddSuspects:
		return cleanSuspects(e, clean, &err)
	case SetVictim:
		clean(&e.Victim.Name)
		clean(&e.Victim.Phone)
		if phone, ok := locales.Phone(e.Victim.Phone); ok {
			e.Victim.Phone = phone
		} else if e.Victim.Phone != "" {
			return nil, ErrBadFact
		}
		return e, err
	case SetReporter:
		clean(&e.Name)
		return e, err
	case SetState:
		if e.State != Filed && e.State != CaseClosed {
			return nil, ErrBadFact
		}
	}
	return e, err
}

// cleanLeg tells whether a leg is one.
func cleanLeg(leg *Leg, clean func(*string)) bool {
	clean(&leg.Bank)
	clean(&leg.UTR)
	leg.UTR = strings.ToUpper(strings.ReplaceAll(leg.UTR, " ", ""))
	leg.When = leg.When.Truncate(time.Millisecond)
	return leg.Amount >= 0 && int64(leg.Amount) <= locales.MaxAmount
}

// cleanSuspects writes identifiers in the one form that [locales.Identifiers]
// gives them, so that the same one is found in other cases.
func cleanSuspects(all AddSuspects, clean func(*string), err *error) (DraftEffect, error) {
	kept := AddSuspects{}
	for _, s := range all {
		clean(&s.Value)
		if s.Value == "" {
			return nil, ErrEmpty
		}
		if !slices.Contains(SuspectTypes(), s.Type) {
			return nil, ErrBadFact
		}
		for _, id := range locales.Identifiers(s.Value) {
			if id.Type == s.Type {
				s.Value = id.Value
				break
			}
		}
		kept = append(kept, s)
	}
	return kept, *err
}

// SuspectTypes are the types that a suspect may have.
func SuspectTypes() []string {
	return []string{
		locales.TypePhone, locales.TypeUPI, locales.TypeAccount, locales.TypeIFSC, locales.TypeLink,
		locales.TypeEmail, locales.TypeHandle, locales.TypeApp,
	}
}
