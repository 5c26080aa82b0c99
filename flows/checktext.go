package flows

import (
	"regexp"
	"strings"

	"mitan/bot/talk"
	"mitan/flows/fraud"
)

// Limits of what a check says.
const (
	maxReasons = 3  // of what it saw
	maxSeen    = 40 // characters of the message's own words beside a reason
)

// verdict is how the message looks and by what: a line each, with the message's
// own words, once.
func (f finding) verdict(t *talk.Talk) string {
	lines := []string{t.Render("check." + string(f.Verdict))}
	shown := ""
	for _, r := range f.Reasons {
		line := "• " + t.Render("check.reason_"+r.Key, "reports", max(f.Reports, 1))
		if seen := untappable(telling(r)); seen != "" && !strings.Contains(shown, strings.TrimSuffix(seen, "…")) {
			line += ": \"" + seen + "\""
			shown += seen + "\n"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// telling are the words of the message that show a reason: of a number, the
// number alone.
func telling(r fraud.Reason) string {
	switch r.Key {
	case "mobile", "foreign":
		if number := longNumber.FindString(r.Seen); number != "" {
			return number
		}
	}
	return r.Seen
}

// advise says what it looks like and what to do; or what would settle it.
func (f finding) advise(t *talk.Talk) {
	switch {
	case f.Kind != "":
		t.SayText(t.Render("check.kind", "kind", t.Render("kind."+f.Kind)) + "\n" + t.Render("advice."+f.Kind))
		regional(t, f.Kind)
	case f.Question != "":
		t.Say("check.question_" + f.Question)
	case f.Verdict != fraud.CannotTell:
		t.Say("check.keep_off")
	}
}

// advise says at once what to do about a kind, after an attempt or a loss;
// nothing where it is not known.
func advise(t *talk.Talk, kind string, loss bool) {
	switch {
	case kind == "":
	case loss:
		t.Say("advice_loss." + kind)
	default:
		t.Say("advice." + kind)
		regional(t, kind)
	}
}

// regional says what is known of a kind only where the unit is.
func regional(t *talk.Talk, kind string) {
	if fact, ok := regionalFacts[kind][t.Unit().Unit.Region]; ok {
		t.Say(fact)
	}
}

// regionalFacts are texts by the kind of fraud and the unit's region.
var regionalFacts = map[string]map[string]string{
	"electricity": {"bihar": "check.electricity_bihar", "kanpur": "check.electricity_kanpur"},
}

var (
	longNumber = regexp.MustCompile(`\+?\d(?:[\s().-]?\d){6,}`)
	openLink   = regexp.MustCompile(`([\p{L}\p{N}])\.([\p{L}\p{N}])`)
)

// untappable is a piece of a message that may be shown: no phone offers to call
// a number in it or to open a link.
func untappable(seen string) string {
	seen = strings.Join(strings.Fields(seen), " ")
	if runes := []rune(seen); len(runes) > maxSeen {
		seen = string(runes[:maxSeen-1]) + "…"
	}
	seen = strings.NewReplacer("://", "[:]//", "*", "", "_", "-", "~", "", "`", "").Replace(seen)
	seen = longNumber.ReplaceAllStringFunc(seen, hideMiddle)
	return openLink.ReplaceAllString(openLink.ReplaceAllString(seen, "$1[.]$2"), "$1[.]$2")
}

// hideMiddle leaves of a long number what it is known again by.
func hideMiddle(number string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
	return digits[:2] + strings.Repeat("•", len(digits)-4) + digits[len(digits)-2:]
}
