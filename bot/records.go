package bot

import (
	"context"
	"time"
)

// RecordStore is what officers read of cases, and what they do with them.
// Whatever changes a case is written together with its audit entry.
type RecordStore interface {
	RecordReader
	// AmendCase changes a case. ErrStale if it was amended since it was read. From
	// then on the talk leaves the case's facts alone; it may still file it.
	AmendCase(ctx context.Context, a Amendment) error
	// MergeCases moves what one case has and the other has not to the other, with
	// its evidence; the emptied one stays, in the state Merged. ErrNotMergeable
	// unless both are one resident's and neither is merged.
	MergeCases(ctx context.Context, from, into, officer int64, now time.Time) error
	// SplitCase moves legs and suspects of a case to a new one with the id and
	// number given, of the same resident, state and kind. ErrNotMergeable if it
	// would leave nothing or move nothing.
	SplitCase(ctx context.Context, s Split) error
	// TickStep says that a next step is done, or that it is not.
	TickStep(ctx context.Context, id int64, step string, done bool, officer int64, now time.Time) error
}

// RecordReader is what officers read of cases.
type RecordReader interface {
	// CaseByID reads a case without its story.
	CaseByID(ctx context.Context, id int64) (Case, error)
	// Cases reads cases for a list, the newest first, without their stories.
	Cases(ctx context.Context, f CaseFilter) ([]Case, error)
	// StepsOf reads which next steps are done in a case.
	StepsOf(ctx context.Context, id int64) ([]StepDone, error)
	// KnownElsewhere counts, for each suspect of a case in its order, in how many
	// other cases it is a suspect, too.
	KnownElsewhere(ctx context.Context, c Case) ([]int, error)
	// HistoryOf reads the audit of a resident, the oldest first.
	HistoryOf(ctx context.Context, resident int64) ([]AuditEntry, error)
	// FindNames finds residents by words of their names, or of a name in one of
	// their cases. Words are as in SearchMessages.
	FindNames(ctx context.Context, words string, limit int) ([]int64, error)
	// FindCases finds cases by the beginning or the end of a number, UTR, phone or
	// suspect identifier in them, the newest first.
	FindCases(ctx context.Context, part string, limit int) ([]Case, error)
	// Figures counts what happened between two times.
	Figures(ctx context.Context, f FigureFilter) (Figures, error)
}

// CaseFilter chooses cases. What is zero chooses nothing out.
type CaseFilter struct {
	States  []CaseState
	Kind    string
	Thanas  []string // "" is a case without a thana
	Loss    bool     // only those with money gone
	Attempt bool     // only those without
	From    time.Time
	Until   time.Time // opened before
	Least   Paise     // of the sum of the amounts that are known
	Most    Paise
	// Officer is who holds the conversation with the resident now, or has ended it
	// when it was about the case.
	Officer  int64
	Suspect  string // who is a suspect in it
	Resident int64
	Before   int64 // only cases with lower ids: the next page
	Limit    int   // 0 means 100
}

// An Amendment is what an officer changes in a case.
type Amendment struct {
	Case     int64
	Revision int64 // the case's, as the officer saw it
	Officer  int64
	At       time.Time
	What     string // a key for the audit, such as leg, suspect, kind
	Change   []DraftEffect
}

// A Split takes legs and suspects out of a case into a new one, with those
// messages of the case, and their files, that tell of them.
type Split struct {
	Case     int64
	Revision int64 // the case's, as the officer saw it
	Legs     []int // places in the case, counting from 0
	Suspects []int
	Messages []int64
	ID       int64 // of the new case
	Number   string
	Officer  int64
	At       time.Time
}

// A StepDone says that an officer has done a next step of a case.
type StepDone struct {
	Step    string // its key
	Officer int64
	Name    string // the officer's
	At      time.Time
}

// FigureFilter says what Figures counts.
type FigureFilter struct {
	From, Until time.Time // until is left out
	Thanas      []string  // nil for all
}

// Figures are counts for the dashboard. Merged cases are left out.
type Figures struct {
	Days   []DayFigure  // days without a case are left out
	Kinds  []KindFigure // by day and kind
	Thanas []ThanaFigure
	Hours  [24]int // losses by the hour in IST of their first transaction
	Claims []ClaimFigure
}

// DayFigure are the cases that were opened on a day.
type DayFigure struct {
	Day      time.Time // midnight in IST
	Losses   int
	Attempts int
	Lost     Paise
}

// KindFigure are the cases of a kind that were opened on a day.
type KindFigure struct {
	Day  time.Time
	Kind string // "" if not known
	N    int
}

// ThanaFigure are the cases of a thana.
type ThanaFigure struct {
	Thana    string // "" if none
	Losses   int
	Attempts int
	Lost     Paise
}

// ClaimFigure says how long a resident waited until an officer came.
type ClaimFigure struct {
	Urgent bool
	Waited time.Duration // negative: nobody has come yet
}
