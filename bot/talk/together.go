package talk

import (
	"slices"
	"strings"

	"mitan/locales"
)

// readTogether reads several messages that were held and are answered as one.
// Who greets, waits, and asks again says one thing: greetings and repeated
// lines are left out where there is anything else. The number of a choice is
// read by itself only, so that beside words it is not taken for an amount.
func (t *Talk) readTogether() {
	if !t.in.Held {
		return
	}
	var said, words []string
	for _, line := range strings.Split(t.text, "\n") {
		if line = strings.TrimSpace(line); t.saysNothing(line) || slices.Contains(said, line) {
			continue
		}
		said = append(said, line)
		if n, ok := locales.Number(line); !ok || n > officerNumber {
			words = append(words, line)
		}
	}
	switch {
	case len(said) == 0:
		t.text, _, _ = strings.Cut(t.text, "\n")
	case len(words) == 0:
		t.text = strings.Join(said, "\n")
	default:
		t.text = strings.Join(words, "\n")
	}
	if len(said) > 1 {
		t.lines = said
	}
}

// saysNothing tells a greeting, thanks, or a line without words.
func (t *Talk) saysNothing(line string) bool {
	switch t.d.catalog.Command(line) {
	case locales.CmdGreeting, locales.CmdThanks:
		return true
	}
	return locales.Fold(line) == ""
}

// anyLine reads each of the messages that were held by itself, until one is
// understood.
func (t *Talk) anyLine(understood func() bool) bool {
	whole, read := t.text, t.read
	defer func() { t.text, t.read = whole, read }()
	return slices.ContainsFunc(t.lines, func(line string) bool {
		t.text, t.read = line, nil
		return understood()
	})
}
