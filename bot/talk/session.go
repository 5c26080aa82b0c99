package talk

import (
	"encoding/json"
	"time"
)

// Limits of a talk in time and number.
const (
	RemindAfter = 10 * time.Minute // of silence in the middle of a flow
	StallAfter  = 30 * time.Minute // then a loss goes to an officer as it is
	KeepDraft   = 24 * time.Hour   // then an unfinished flow is forgotten
	MaxMisses   = 2                // then an officer is offered
	BurstLimit  = 30               // messages that are answered within BurstWindow
	BurstWindow = time.Minute
	CallQuiet   = 10 * time.Minute // calls within it get one answer
)

// session is the state of a talk between two messages, stored as JSON.
type session struct {
	matter          // what is being talked about
	Parked  *matter `json:"parked,omitempty"` // a flow left half-way, kept a day
	Greeted bool    `json:"greeted,omitempty"`
	Wish    string  `json:"wish,omitempty"`    // the flow that was asked for before a language was chosen
	Misses  int     `json:"misses,omitempty"`  // at the question that stands
	Page    int     `json:"page,omitempty"`    // of the menu that stands
	Offered bool    `json:"offered,omitempty"` // an officer was offered after misses
	Stage   stage   `json:"stage,omitempty"`
	HeardAt int64   `json:"heard,omitempty"` // the resident's last message, Unix seconds
	BurstAt int64   `json:"burst_at,omitempty"`
	Burst   int     `json:"burst,omitempty"`
	Child   bool    `json:"child,omitempty"`   // has heard what a child is told
	CallAt  int64   `json:"call_at,omitempty"` // the last call that was answered
	Changed int64   `json:"changed,omitempty"` // the Resident.Changed that was acted upon, Unix seconds
	Aside   bool    `json:"aside,omitempty"`   // something was put aside then, and the resident has yet to be told
}

// A matter is one run of a flow.
type matter struct {
	Flow    string            `json:"flow,omitempty"`    // "" when nothing is being talked about
	Journal []entry           `json:"journal,omitempty"` // the answers, in their order
	Asked   string            `json:"asked,omitempty"`   // the key of the question that the resident sees
	Kind    questionKind      `json:"kind,omitempty"`    // and what answers it
	Case    *caseRef          `json:"case,omitempty"`    // the case that is being taken down
	Told    map[string]string `json:"told,omitempty"`    // answers that the first message gave unasked
}

// caseRef is the case that a flow takes down.
type caseRef struct {
	ID     int64  `json:"id"`
	Number string `json:"number"`
	Opened int64  `json:"opened"` // Unix milliseconds
	Loss   bool   `json:"loss,omitempty"`
	Filed  bool   `json:"filed,omitempty"`
}

// An entry of the journal is an answer, or a result that must stay the same on
// each run.
type entry struct {
	Key    string `json:"k"`
	Value  string `json:"v"`
	Result bool   `json:"r,omitempty"` // not an answer: a fact read or a number given
	Fixed  bool   `json:"f,omitempty"` // back does not go past it
	Open   bool   `json:"o,omitempty"` // a story that goes on
}

// stage says which of the reminders of a silent resident has been.
type stage int

const (
	notReminded stage = iota
	reminded
	stalled
)

func readSession(data []byte) (session, error) {
	var s session
	if len(data) == 0 {
		return s, nil
	}
	err := json.Unmarshal(data, &s)
	return s, err
}

func (s *session) bytes() []byte {
	data, err := json.Marshal(s)
	if err != nil {
		panic(err) // a struct of strings and numbers always marshals
	}
	return data
}

// find is the journal's entry for a key; nil if there is none.
func (m *matter) find(key string) *entry {
	for i := range m.Journal {
		if m.Journal[i].Key == key {
			return &m.Journal[i]
		}
	}
	return nil
}

// drop removes the entry of a key.
func (m *matter) drop(key string) {
	for i := range m.Journal {
		if m.Journal[i].Key == key {
			m.Journal = append(m.Journal[:i], m.Journal[i+1:]...)
			return
		}
	}
}

// back drops the last answer with the results that followed it. It tells
// whether there was one that may be dropped.
func (m *matter) back() bool {
	if n := len(m.Journal); n > 0 && m.Journal[n-1].Open {
		m.Journal = m.Journal[:n-1] // the story that stands is the question
	}
	last := -1
	for i, e := range m.Journal {
		if e.Fixed {
			last = -1
		} else if !e.Result {
			last = i
		}
	}
	if last < 0 {
		return false
	}
	m.Journal = m.Journal[:last]
	return true
}

// begun tells whether anything was answered.
func (m *matter) begun() bool {
	for _, e := range m.Journal {
		if !e.Result {
			return true
		}
	}
	return false
}

// unfinishedLoss tells whether the matter is a loss that was not confirmed.
func (m *matter) unfinishedLoss() bool {
	return m != nil && m.Case != nil && m.Case.Loss && !m.Case.Filed
}

// kept is the unfinished flow that reminders and the end of the draft are
// about: the one that stands, else the parked one.
func (s *session) kept(flows map[string]Flow) *matter {
	if flows[s.Flow].Keeps && s.begun() && s.Asked != "" && (s.Case == nil || !s.Case.Filed) {
		return &s.matter
	}
	return s.Parked
}

// wake is when the talk is to be woken if the resident stays silent; zero for
// not at all.
func (s *session) wake(flows map[string]Flow) time.Time {
	kept := s.kept(flows)
	if kept == nil || s.HeardAt == 0 {
		return time.Time{}
	}
	after := KeepDraft
	switch {
	case s.Stage == notReminded && kept == &s.matter:
		after = RemindAfter
	case s.Stage < stalled && kept.unfinishedLoss():
		after = StallAfter
	}
	return time.Unix(s.HeardAt, 0).UTC().Add(after)
}
