package bot

import (
	"fmt"
	"time"
)

// Paise is an amount of money in paise, a hundredth of a rupee. Zero in a leg
// means that the resident does not know.
type Paise int64

// CaseState says where a case stands.
type CaseState string

// The states of a case.
const (
	Draft      CaseState = "draft"     // being taken down, or left half-way
	Filed      CaseState = "filed"     // the resident has confirmed it
	CaseClosed CaseState = "closed"    // an officer has ended it
	Abandoned  CaseState = "abandoned" // an attempt that was never confirmed
	Merged     CaseState = "merged"    // an officer has put it into another case
)

// Person is a reporter or a victim.
type Person struct {
	Name  string `json:"name"`
	Phone string `json:"phone"` // ten digits, "" if unknown
}

// A Case is a report: an attempt (no money gone) or a loss.
type Case struct {
	ID        int64
	Number    string // such as BSP-26-001187
	Resident  int64  // who reports
	State     CaseState
	Kind      string // a kind of fraud (flows/fraud), "" if not known
	MoneyGone bool
	Urgent    bool
	Reporter  Person
	Victim    Person // the zero Person if the reporter is the victim
	Thana     string
	Legs      []Leg
	Suspects  []Suspect
	Story     []Message // what the resident told and sent, in order; read only
	Opened    time.Time
	Filed     time.Time // zero until confirmed

	Revision   int64 // how often officers have amended it
	MergedInto int64 // the case that has its facts now; 0 if none
	SplitFrom  int64 // the case that it was taken out of; 0 if none
}

// A Leg is one transaction of a loss.
type Leg struct {
	Amount Paise     // 0 if unknown
	When   time.Time // zero if unknown
	Bank   string    // bank or wallet the money left from; "" if unknown
	UTR    string    // "" if unknown
}

// A Suspect is an identifier of the fraudster.
type Suspect struct {
	Type  string `json:"type"` // phone, upi, account, ifsc, link, email, handle, app
	Value string `json:"value"`
}

// Lost is the sum of the legs whose amount is known, in paise.
func (c *Case) Lost() Paise {
	var sum Paise
	for _, leg := range c.Legs {
		sum += leg.Amount
	}
	return sum
}

// CaseIDSeries is the name of the counter that gives cases their ids.
const CaseIDSeries = "case"

// CaseSeries is the name of the counter that numbers the cases of the year of
// now, counted in IST.
func CaseSeries(now time.Time) string { return "case-" + istYear(now) }

// CaseNumber is the number that people see: the unit's prefix, the year in two
// digits, and the count in six.
func CaseNumber(prefix string, now time.Time, n int64) string {
	return fmt.Sprintf("%s-%s-%06d", prefix, istYear(now), n)
}
