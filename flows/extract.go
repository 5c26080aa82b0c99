package flows

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mitan/bot"
	"mitan/bot/talk"
	"mitan/flows/fraud"
	"mitan/locales"
)

// Extract reads what a message tells unasked: the kind of fraud, the money that
// is gone, the fraudster's numbers and the writer's name, as answers of the
// report by their keys.
func Extract(c *locales.Catalog, text string, now time.Time) map[string]string {
	told := map[string]string{}
	if kind, ok := fraud.Match(text); ok {
		told["report.kind"] = kind
	}
	story := c.Story(text, now)
	for n, leg := range story.Legs[:min(len(story.Legs), MaxLegs)] {
		tellLeg(told, n+1, leg)
		if n > 0 {
			told[nth("report.another_leg", n)] = "yes"
		}
	}
	if suspects := suspectsOf(story.Suspects); len(suspects) > 0 {
		if value, err := json.Marshal(suspects); err == nil {
			told["report.suspect"] = string(value)
		}
	}
	if story.OwnName != "" && len(told) > 0 { // a name alone tells nothing of a fraud
		told["report.own_name"] = story.OwnName
	}
	return told
}

// tellLeg puts down what is told of the nth payment.
func tellLeg(told map[string]string, n int, leg locales.StoryLeg) {
	put := func(key, value string) {
		if value != "" {
			told[nth(key, n)] = value
		}
	}
	if leg.Paise > 0 {
		put("report.amount", strconv.FormatInt(leg.Paise, 10))
	}
	if !leg.When.IsZero() {
		put("report.when", leg.When.UTC().Format(time.RFC3339))
	}
	put("report.bank", leg.Bank)
	put("report.utr", leg.UTR)
}

// nth is the key under which the nth answer to a question of a loop stands.
func nth(key string, n int) string {
	if n == 1 {
		return key
	}
	return fmt.Sprintf("%s#%d", key, n)
}

func suspectsOf(found []locales.Identifier) []bot.Suspect {
	var suspects []bot.Suspect
	for _, id := range found {
		suspects = append(suspects, bot.Suspect{Type: id.Type, Value: id.Value})
	}
	return suspects
}

// Tell puts what Extract has read into short lines.
func Tell(t *talk.Talk, told map[string]string) string {
	var lines []string
	for n := 1; n <= MaxLegs; n++ {
		leg, ok := toldLeg(told, n)
		if !ok {
			break
		}
		lines = append(lines, "• "+legLine(t, leg))
	}
	if kind := told["report.kind"]; kind != "" {
		lines = append(lines, "• "+t.Render("kind."+kind))
	}
	var suspects []bot.Suspect
	if json.Unmarshal([]byte(told["report.suspect"]), &suspects) == nil && len(suspects) > 0 {
		lines = append(lines, "• "+t.Render("report.line_suspects", "list", suspectList(suspects)))
	}
	if name := told["report.own_name"]; name != "" {
		lines = append(lines, "• "+t.Render("report.line_name", "name", name))
	}
	return strings.Join(lines, "\n")
}

// toldLeg is the nth payment that was told; false if there is none.
func toldLeg(told map[string]string, n int) (bot.Leg, bool) {
	leg := bot.Leg{Bank: told[nth("report.bank", n)], UTR: told[nth("report.utr", n)]}
	if paise, err := strconv.ParseInt(told[nth("report.amount", n)], 10, 64); err == nil {
		leg.Amount = bot.Paise(paise)
	}
	leg.When, _ = time.Parse(time.RFC3339, told[nth("report.when", n)])
	return leg, leg != bot.Leg{}
}
