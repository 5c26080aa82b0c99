package flows

import (
	"strings"

	"mitan/bot/talk"
	"mitan/locales"
)

// maxCases is how many of the resident's cases a message lists.
const maxCases = 5

// Cases tells the numbers and states of the resident's own cases.
func Cases(t *talk.Talk) {
	cases := t.Cases()
	if t.Changed() {
		t.Say("talk.changed")
	} else if len(cases) == 0 {
		t.Say("cases.none")
	}
	if len(cases) == 0 {
		return
	}
	var lines []string
	for i, c := range cases {
		if i == maxCases {
			lines = append(lines, t.Render("report.line_more", "count", len(cases)-maxCases))
			break
		}
		line := "*" + c.Number + "* " + t.Render("cases.state_"+string(c.State))
		if lost := c.Lost(); lost > 0 {
			line += ", " + locales.Rupees(int64(lost))
		}
		lines = append(lines, line)
	}
	t.Say("cases.list", "lines", strings.Join(lines, "\n"))
}
