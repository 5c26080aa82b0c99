package talk

import (
	"strconv"

	"mitan/bot"
	"mitan/locales"
)

// Story asks for the story in the resident's own words: any number of
// messages, voice notes and pictures, each kept as evidence, until the
// resident says that this is all. It returns how many there were.
func (t *Talk) Story(key string, vars ...any) int {
	value := t.ask(question{
		base: key, kind: askStory, vars: vars, parse: func() (string, bool) { return t.parseStory(key) },
		valid: func(value string) bool { _, err := strconv.Atoi(value); return err == nil },
	})
	n, _ := strconv.Atoi(value)
	return n
}

// parseStory takes a part of the story, or its end.
func (t *Talk) parseStory(key string) (string, bool) {
	told := 0
	open := t.s.find(t.storyKey(key))
	if open != nil {
		told, _ = strconv.Atoi(open.Value)
	}
	if t.endsStory() {
		return strconv.Itoa(told), true
	}
	t.Evidence()
	told++
	if open == nil {
		t.s.Journal = append(t.s.Journal, entry{Key: t.storyKey(key), Value: "1", Open: true})
	} else {
		open.Value = strconv.Itoa(told)
	}
	t.s.Asked, t.s.Kind, t.s.Misses = t.storyKey(key), askStory, 0
	t.reply(key+"_more", t.render(key+"_more"))
	panic(suspended{})
}

// storyKey is the key under which the story that is being asked stands.
func (t *Talk) storyKey(key string) string {
	if n := t.counts[key]; n > 1 {
		return key + "#" + strconv.Itoa(n)
	}
	return key
}

// endsStory tells whether the message, alone, says that all is told.
func (t *Talk) endsStory() bool {
	if t.hasMedia() {
		return false
	}
	if n, ok := locales.Number(t.text); ok && n == 1 {
		return true
	}
	switch t.command() {
	case locales.CmdDone, locales.CmdNo, locales.CmdDontKnow:
		return true
	}
	return false
}

// keepForCase keeps the message as evidence of the case that is being taken
// down, or that was left half-way; if there is one.
func (t *Talk) keepForCase() {
	ref := t.s.Case
	if ref == nil && t.s.Parked != nil {
		ref = t.s.Parked.Case
	}
	if ref != nil {
		t.out.Effects = append(t.out.Effects, bot.KeepEvidence{Case: ref.ID})
	}
}

// keepForOfficer is keepForCase for what an officer gets to read: it is also
// evidence of the newest case that is filed, or of a loss.
func (t *Talk) keepForOfficer() {
	if t.s.Case != nil || (t.s.Parked != nil && t.s.Parked.Case != nil) {
		t.keepForCase()
		return
	}
	for _, c := range t.Cases() {
		if c.State == bot.Filed || (c.State == bot.Draft && c.MoneyGone) {
			t.out.Effects = append(t.out.Effects, bot.KeepEvidence{Case: c.ID})
			return
		}
	}
}

// Listen takes whatever the resident writes for the officers and does not end:
// the resident leaves it by the menu, or an officer by answering.
func (t *Talk) Listen(key string) {
	t.ask(question{base: key, kind: askListen, parse: func() (string, bool) {
		t.keepForOfficer()
		t.reply(key+"_more", t.render(key+"_more"))
		t.s.Asked, t.s.Kind = key, askListen
		panic(suspended{})
	}})
}
