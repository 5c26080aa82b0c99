package flows

import (
	"strings"

	"mitan/bot"
	"mitan/bot/talk"
	"mitan/locales"
)

// maxShown is how many legs or identifiers a message lists; the rest is counted.
const maxShown = 4

// readBack is a case in short lines, as the resident told it.
func readBack(t *talk.Talk, c bot.Case, parts int) string {
	var lines []string
	add := func(key string, vars ...any) { lines = append(lines, "• "+t.Render(key, vars...)) }
	for i, leg := range c.Legs {
		if i == maxShown {
			add("report.line_more", "count", len(c.Legs)-maxShown)
			break
		}
		lines = append(lines, "• "+legLine(t, leg))
	}
	if !c.MoneyGone {
		add("report.line_attempt")
	}
	if c.Kind != "" {
		lines = append(lines, "• "+t.Render("kind."+c.Kind))
	}
	if len(c.Suspects) > 0 {
		add("report.line_suspects", "list", suspectList(c.Suspects))
	}
	if parts > 0 {
		add("report.line_story", "count", parts)
	}
	if c.Victim.Name != "" {
		add("report.line_victim", "name", c.Victim.Name)
	}
	return strings.Join(lines, "\n")
}

// legLine is one transaction in a line: what is known of it.
func legLine(t *talk.Talk, leg bot.Leg) string {
	parts := []string{t.Render("report.amount_unknown")}
	if leg.Amount > 0 {
		parts[0] = locales.Rupees(int64(leg.Amount))
	}
	if leg.Bank != "" {
		parts = append(parts, leg.Bank)
	}
	if !leg.When.IsZero() {
		parts = append(parts, locales.FormatWhen(t.Lang(), leg.When, t.Now("read_back")))
	}
	if leg.UTR != "" {
		parts = append(parts, "UTR "+leg.UTR)
	}
	return strings.Join(parts, ", ")
}

// suspectList names identifiers, phones as people read them, links unclickable.
func suspectList(suspects []bot.Suspect) string {
	var list []string
	for i, s := range suspects {
		if i == maxShown {
			list = append(list, "…")
			break
		}
		list = append(list, suspectText(s))
	}
	return strings.Join(list, ", ")
}

func suspectText(s bot.Suspect) string {
	switch s.Type {
	case "phone":
		return locales.FormatPhone(s.Value)
	case "link":
		return strings.ReplaceAll(s.Value, ".", "[.]")
	}
	return s.Value
}
