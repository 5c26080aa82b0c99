package flows

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"mitan/bot"
	"mitan/bot/talk"
	"mitan/flows/fraud"
	"mitan/locales"
)

// Extract reads what a first message tells unasked: the kind of fraud, the
// amount, and numbers of the fraudster.
func Extract(text string, _ time.Time) map[string]string {
	told := map[string]string{}
	if kind, ok := fraud.Match(text); ok {
		told["report.kind"] = kind
	}
	if paise, ok := locales.Amount(text); ok {
		told["report.amount"] = strconv.FormatInt(paise, 10)
	}
	if suspects := phonesIn(text); len(suspects) > 0 {
		if value, err := json.Marshal(suspects); err == nil {
			told["report.suspect"] = string(value)
		}
	}
	return told
}

func phonesIn(text string) []bot.Suspect {
	var suspects []bot.Suspect
	for _, id := range locales.Identifiers(text) {
		if id.Type == "phone" {
			suspects = append(suspects, bot.Suspect{Type: id.Type, Value: id.Value})
		}
	}
	return suspects
}

// Tell puts what Extract has read into short lines.
func Tell(t *talk.Talk, told map[string]string) string {
	var lines []string
	if paise, err := strconv.ParseInt(told["report.amount"], 10, 64); err == nil {
		lines = append(lines, "• "+locales.Rupees(paise))
	}
	if kind := told["report.kind"]; kind != "" {
		lines = append(lines, "• "+t.Render("kind."+kind))
	}
	var suspects []bot.Suspect
	if json.Unmarshal([]byte(told["report.suspect"]), &suspects) == nil && len(suspects) > 0 {
		lines = append(lines, "• "+t.Render("report.line_suspects", "list", suspectList(suspects)))
	}
	return strings.Join(lines, "\n")
}
