package flows

import (
	"fmt"
	"strings"
	"unicode"

	"mitan/bot"
	"mitan/bot/talk"
	"mitan/locales"
)

// The national portal asks for a story of at least 200 characters without
// special characters (moneycontrol.com 12805728; another source says words).
const (
	portalLeast = 200
	portalMost  = 1500
	leastStory  = 20 // what is shorter is an answer, and stands there already
)

// portalText is a case as a story to paste into the national portal: letters,
// digits, spaces, commas and full stops, at least portalLeast characters.
func portalText(t *talk.Talk, c bot.Case) string {
	var b strings.Builder
	say := func(key string, vars ...any) { b.WriteString(t.Render(key, vars...) + " ") }
	say("complaint.text_start", "number", strings.ReplaceAll(c.Number, "-", " "))
	if c.Kind != "" {
		say("complaint.text_kind", "kind", t.Render("kind."+c.Kind))
	}
	if c.Victim.Name != "" {
		say("complaint.text_victim", "name", c.Victim.Name)
	}
	for i, leg := range c.Legs {
		say("complaint.text_leg", "n", i+1, "leg", plainLeg(t, leg))
	}
	for _, s := range c.Suspects {
		say("complaint.text_suspect", "value", s.Value)
	}
	for _, m := range c.Story {
		if len([]rune(m.Text)) >= leastStory && m.By == bot.ByResident {
			say("complaint.text_story", "story", strings.Join(strings.Fields(m.Text), " "))
		}
	}
	say("complaint.text_end")
	text := plainText(b.String())
	if n := len([]rune(text)); n < portalLeast {
		text += " " + plainText(t.Render("complaint.text_more"))
	} else if n > portalMost {
		text = string([]rune(text)[:portalMost])
	}
	return text
}

func plainLeg(t *talk.Talk, leg bot.Leg) string {
	parts := []string{}
	if leg.Amount > 0 {
		parts = append(parts, t.Render("complaint.text_rupees", "amount", fmt.Sprint(int64(leg.Amount)/100)))
	}
	if leg.Bank != "" {
		parts = append(parts, leg.Bank)
	}
	if !leg.When.IsZero() {
		parts = append(parts, leg.When.In(locales.IST).Format("02 01 2006 15 04"))
	}
	if leg.UTR != "" {
		parts = append(parts, "UTR "+leg.UTR)
	}
	if len(parts) == 0 {
		return t.Render("report.amount_unknown")
	}
	return strings.Join(parts, ", ")
}

// plainText is text without the special characters that the portal refuses.
func plainText(text string) string {
	keep := func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune(" .,", r) {
			return r
		}
		if r == '।' {
			return '.'
		}
		return ' '
	}
	return strings.Join(strings.Fields(strings.Map(keep, text)), " ")
}

// callText is a case in lines to read aloud to 1930, in the order in which it
// asks (cyberbaap.org): number, bank, amount, transaction, date.
func callText(t *talk.Talk, c bot.Case) string {
	lines := []string{t.Render("complaint.say_who", "name", t.OwnName(), "phone", locales.FormatPhone(t.OwnPhone()))}
	for _, leg := range c.Legs {
		lines = append(lines, t.Render("complaint.say_leg", "leg", legLine(t, leg)))
	}
	if len(c.Legs) == 0 {
		lines = append(lines, t.Render("complaint.say_attempt"))
	}
	if len(c.Suspects) > 0 {
		lines = append(lines, t.Render("complaint.say_suspects", "list", suspectList(c.Suspects)))
	}
	return strings.Join(append(lines, t.Render("complaint.say_end")), "\n")
}
