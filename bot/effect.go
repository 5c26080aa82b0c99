package bot

import (
	"time"

	"mitan/locales"
)

// An Effect is something that a flow does beside talking. It is data: the
// store applies it in the same transaction as the answer that led to it.
type Effect interface{ effect() }

// A DraftEffect changes the case that the flow is taking down. The dialogue
// applies it to the draft on each run, so going back takes it away again; what
// the store sees is a SaveCase with the draft as it then stands.
type DraftEffect interface {
	Effect
	Amend(c *Case)
}

type (
	// SaveCase writes a case as it stands: its row, legs and suspects. The
	// story is added by KeepEvidence. It is the dialogue that emits it. What is
	// empty in a draft leaves what is stored: when a resident goes back to
	// correct an answer, officers go on seeing the others.
	SaveCase struct{ Case Case }
	// AbandonCase ends a draft that will not be confirmed.
	AbandonCase struct{ Case int64 }
	// KeepEvidence marks the message of this turn as evidence; of a case, or
	// of a check where Case is 0.
	KeepEvidence struct{ Case int64 }
	// AwaitWords wakes the talk with the words in the pictures of this turn once
	// they are read, or cannot be: see Situation.Pictures.
	AwaitWords struct{}
	// Escalate puts the conversation into the officers' queue. While it is
	// there already, it only becomes more urgent; a claimed one stays claimed.
	Escalate struct {
		Reason EscalationReason
		Urgent bool
		Case   int64 // 0 if about none
	}
	// SetLanguage is the resident's choice of language.
	SetLanguage struct{ Lang locales.Lang }
	// SetName is the resident's own name.
	SetName struct{ Name string }
	// Enrol makes the resident a volunteer.
	Enrol struct{ Volunteer Volunteer }
	// LeaveVolunteers ends the resident's standing as a volunteer.
	LeaveVolunteers struct{}
	// Subscribe asks for a tip each week; twice is once.
	Subscribe struct{}
	// Unsubscribe stops the weekly tips and withdraws those still queued.
	Unsubscribe struct{}
	// Erase removes what is known of the resident except what belongs to a
	// filed or open case: subscription, standing as a volunteer, name, drafts
	// without a loss, and the words and media of messages that are no evidence
	// of a case.
	Erase struct{}
)

// Draft effects.
type (
	// SetMoneyGone says whether money is gone: a loss or an attempt.
	SetMoneyGone struct{ Gone bool }
	// SetKind says what kind of fraud it is.
	SetKind struct{ Kind string }
	// SetVictim names the person for whom the resident reports.
	SetVictim struct{ Victim Person }
	// SetReporter is the name of the resident who reports.
	SetReporter struct{ Name string }
	// SetThana names the police station.
	SetThana struct{ Thana string }
	// PutLeg sets the nth transaction, counting from 1, as far as it is known.
	PutLeg struct {
		N   int
		Leg Leg
	}
	// AddSuspects adds identifiers of the fraudster.
	AddSuspects []Suspect
	// ConfirmCase files the draft at a time.
	ConfirmCase struct{ At time.Time }
)

func (SaveCase) effect()        {}
func (AbandonCase) effect()     {}
func (KeepEvidence) effect()    {}
func (AwaitWords) effect()      {}
func (Escalate) effect()        {}
func (SetLanguage) effect()     {}
func (SetName) effect()         {}
func (Enrol) effect()           {}
func (LeaveVolunteers) effect() {}
func (Subscribe) effect()       {}
func (Unsubscribe) effect()     {}
func (Erase) effect()           {}
func (SetMoneyGone) effect()    {}
func (SetKind) effect()         {}
func (SetVictim) effect()       {}
func (SetThana) effect()        {}
func (SetReporter) effect()     {}
func (PutLeg) effect()          {}
func (AddSuspects) effect()     {}
func (ConfirmCase) effect()     {}

// Amend sets whether money is gone. A loss is urgent.
func (e SetMoneyGone) Amend(c *Case) { c.MoneyGone, c.Urgent = e.Gone, e.Gone }

// Amend sets the kind.
func (e SetKind) Amend(c *Case) { c.Kind = e.Kind }

// Amend sets the victim.
func (e SetVictim) Amend(c *Case) { c.Victim = e.Victim }

// Amend sets the reporter's name.
func (e SetReporter) Amend(c *Case) { c.Reporter.Name = e.Name }

// Amend sets the thana.
func (e SetThana) Amend(c *Case) { c.Thana = e.Thana }

// Amend sets the leg.
func (e PutLeg) Amend(c *Case) {
	for len(c.Legs) < e.N {
		c.Legs = append(c.Legs, Leg{})
	}
	c.Legs[e.N-1] = e.Leg
}

// Amend adds the identifiers that are not there yet.
func (e AddSuspects) Amend(c *Case) {
	for _, s := range e {
		if !c.has(s) {
			c.Suspects = append(c.Suspects, s)
		}
	}
}

// Amend files the case.
func (e ConfirmCase) Amend(c *Case) { c.State, c.Filed = Filed, e.At }

func (c *Case) has(s Suspect) bool {
	for _, have := range c.Suspects {
		if have == s {
			return true
		}
	}
	return false
}
