package flows

import (
	"mitan/bot"
	"mitan/bot/talk"
	"mitan/locales"
)

// All are the flows of the helpline, with the words that start each.
func All() []talk.Flow {
	return []talk.Flow{
		{Name: talk.WelcomeFlow, Run: Welcome},
		{Name: talk.MenuFlow, Run: Menu},
		{Name: talk.ReportFlow, Run: Report, Keeps: true, Start: []locales.Command{locales.CmdReport}},
		{Name: talk.CheckFlow, Run: Check, Start: []locales.Command{locales.CmdCheck}},
		{Name: talk.EnrolFlow, Run: Enrol, Keeps: true, Start: []locales.Command{locales.CmdEnrol, locales.CmdLeave}},
		{Name: "tips", Run: Tips, Start: []locales.Command{locales.CmdTips, locales.CmdStartTips, locales.CmdStopTips}},
		{Name: "complaint", Run: Complaint, Start: []locales.Command{locales.CmdComplaint}},
		{Name: talk.OfficerFlow, Run: Officer},
		{Name: "cases", Run: Cases, Start: []locales.Command{locales.CmdCases}},
		{Name: "language", Run: Language},
		{Name: "delete", Run: Delete, Start: []locales.Command{locales.CmdDelete}},
		{Name: talk.UrgentFlow, Run: Urgent},
		{Name: talk.ResumeFlow, Run: Resume},
	}
}

// Dialogue is the helpline's dialogue: these flows, in the catalog's words, for
// a unit.
func Dialogue(catalog *locales.Catalog, unit *bot.Unit) *talk.Dialogue {
	return talk.New(catalog, unit, Extract, Tell, All()...)
}
