package talk

import (
	"fmt"
	"time"

	"mitan/bot"
)

// stubRecall is a resident of a certain standing.
type stubRecall struct {
	volunteer  bool
	subscribed bool
	cases      []bot.Case
	ahead      int
	changed    time.Time // see bot.Resident
}

// besides are what residents send that is no answer to the question that
// stands, but must not meet with silence.
var besides = []bot.Message{
	{Kind: bot.Call, Text: "C1"},
	{Kind: bot.Edit, Text: "असल में 30000"},
	{Kind: bot.Vote, Text: "2"},
	{Kind: bot.ViewOnce},
	{Kind: bot.Other},
	{Kind: bot.Location, Text: "22.0797,82.1409 Bilaspur"},
	{Kind: bot.Contact, Text: "Ravi 9000000095"},
	{Kind: bot.Text, Text: "वो अभी फ़ोन पर है"},
	{Kind: bot.Text, Text: "हरामी"},
	{Kind: bot.Text, Text: "मैं 12 साल का हूँ"},
}

var stubStandings = []stubRecall{
	{},
	{volunteer: true, subscribed: true, ahead: 2, cases: []bot.Case{
		stubLoss(3, bot.Filed), stubLoss(2, bot.Draft), stubLoss(1, bot.CaseClosed),
	}},
	{changed: time.Date(2026, 11, 21, 6, 30, 0, 0, time.UTC)},
	{cases: []bot.Case{{ID: 1, Number: "BSP-26-000001", State: bot.Abandoned}}},
}

func stubLoss(id int64, state bot.CaseState) bot.Case {
	return bot.Case{
		ID: id, Number: fmt.Sprintf("BSP-26-%06d", id), State: state, MoneyGone: true, Kind: "otp",
		Legs:     []bot.Leg{{Amount: 2_500_000, Bank: "State Bank of India", UTR: "123456789012"}},
		Suspects: []bot.Suspect{{Type: "phone", Value: "9000000098"}},
	}
}

func (r stubRecall) Cases() ([]bot.Case, error) { return r.cases, nil }

func (r stubRecall) Story(id int64) ([]bot.Message, error) {
	if id == 1 {
		return nil, nil
	}
	return []bot.Message{{By: bot.ByResident, Kind: bot.Text, Text: "एक आदमी का फ़ोन आया था"}, {By: bot.ByResident, Kind: bot.Image}}, nil
}

func (r stubRecall) Volunteer() (bot.Volunteer, error) {
	if !r.volunteer {
		return bot.Volunteer{}, bot.ErrNotFound
	}
	return bot.Volunteer{Number: "BSP-CM-00001", Name: "रामकुमार", State: bot.Enrolled, ReferralCode: bot.ReferralCode(1), Role: bot.RoleMitan}, nil
}

func (r stubRecall) Subscribed() (bool, error) { return r.subscribed, nil }
func (r stubRecall) Ahead() (int, error)       { return r.ahead, nil }

// Reported knows one number.
func (r stubRecall) Reported(s bot.Suspect) (int, error) {
	if s.Value == "9000000097" {
		return 3, nil
	}
	return 0, nil
}

func (r stubRecall) Next(string) (int64, error) { return 1, nil }
