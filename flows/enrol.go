package flows

import (
	"net/url"
	"strings"

	"mitan/bot"
	"mitan/bot/talk"
	"mitan/locales"
)

// Enrol makes a resident a Cyber Mitan. The phrase that starts it may stand in
// a sentence that means the opposite, so it asks first.
func Enrol(t *talk.Talk) {
	if t.Changed() { // it may be somebody else's membership
		t.Say("talk.changed")
		return
	}
	member := t.Volunteer()
	if member.State == bot.Enrolled {
		standing(t, member)
		return
	}
	if t.Command() == locales.CmdLeave {
		t.Say("enrol.not_member")
		return
	}
	referrer := t.Once("enrol.referrer", func() string { return referralCode(t.Typed()) })
	if !t.YesNo("enrol.confirm") {
		t.Say("enrol.not_now")
		return
	}
	name := t.PersonName("enrol.name")
	if !t.YesNo("enrol.adult", "name", name) {
		t.Say("enrol.minor")
		return
	}
	thana := t.ChooseBy("enrol.thana", thanaNamed(t.Unit().Thanas), thanaOptions(t)...)
	if thana == talk.Unknown {
		thana = ""
	}
	place := t.Text("enrol.place")
	if !t.YesNo("enrol.consent") {
		t.Say("enrol.no_consent")
		return
	}
	member = bot.Volunteer{
		ID: member.ID, Number: member.Number, ReferralCode: member.ReferralCode,
		Name: name, Thana: thana, Place: place, ReferredBy: referrer,
		Role: bot.RoleMitan, State: bot.Enrolled, Lang: t.Lang(), Consent: t.Now("enrol.consent"),
	}
	if member.ID == 0 { // one who comes back keeps the old number
		member.ID = t.Next(bot.VolunteerSeries)
		member.Number = bot.VolunteerNumber(t.Unit().Unit.Prefix, member.ID)
		member.ReferralCode = bot.ReferralCode(member.ID)
	}
	t.Do(bot.SetName{Name: name})
	t.Do(bot.Enrol{Volunteer: member})
	t.Say("enrol.done", "name", name, "number", member.Number)
	t.Say("enrol.duties")
	share(t, member)
}

// standing tells a volunteer of the standing enrolment, and lets them leave.
func standing(t *talk.Talk, member bot.Volunteer) {
	if t.Command() != locales.CmdLeave {
		t.Say("enrol.standing", "name", member.Name, "number", member.Number)
		if t.Choose("enrol.member",
			talk.Option{ID: "share", Label: "enrol.member_share"},
			talk.Option{ID: "leave", Label: "enrol.member_leave"}) == "share" {
			share(t, member)
			return
		}
	}
	if !t.YesNo("enrol.leave") {
		t.Say("enrol.stayed")
		return
	}
	t.Do(bot.LeaveVolunteers{})
	t.Say("enrol.left")
}

// share gives a message to pass on, which brings the referral code back.
func share(t *talk.Talk, member bot.Volunteer) {
	phrase := t.Render("enrol.phrase")
	link := ""
	if number := t.Unit().Unit.WhatsApp; number != "" {
		link = "https://wa.me/91" + number + "?text=" + url.QueryEscape(phrase+" "+member.ReferralCode)
	}
	t.Say("enrol.share_intro")
	t.Say("enrol.share", "phrase", phrase, "code", member.ReferralCode, "link", link)
}

// referralCode is the code of the volunteer who sent the resident here: a word
// in the form of bot.ReferralCode; "" if there is none.
func referralCode(text string) string {
	for _, word := range strings.Fields(text) {
		if len(word) == 6 && strings.Trim(word, "23456789ABCDEFGHJKMNPQRSTUVWXYZ") == "" {
			return word
		}
	}
	return ""
}

// thanaOptions are the unit's police stations.
func thanaOptions(t *talk.Talk) []talk.Option {
	var options []talk.Option
	for _, thana := range t.Unit().Thanas {
		options = append(options, talk.Option{ID: thana.En, Name: thana.Name(t.Lang())})
	}
	return append(options, talk.Option{ID: talk.Unknown, Label: "enrol.thana_unknown"})
}

// thanaNamed finds the police station that a text names in either language.
func thanaNamed(thanas []bot.Thana) func(string) (string, bool) {
	return func(text string) (string, bool) {
		typed := " " + locales.Fold(text) + " "
		for _, thana := range thanas {
			if strings.Contains(typed, " "+locales.Fold(thana.Hi)+" ") || strings.Contains(typed, " "+locales.Fold(thana.En)+" ") {
				return thana.En, true
			}
		}
		return "", false
	}
}
