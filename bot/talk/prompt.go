package talk

import (
	"fmt"
	"strings"

	"mitan/bot"
	"mitan/locales"
)

// prompt asks a question: its text, and a line for each choice.
func (t *Talk) prompt(q question) {
	t.trace.asked(q)
	t.reply(q.base, t.promptText(q))
}

func (t *Talk) promptText(q question) string {
	text := t.render(q.base, q.vars...)
	switch q.kind {
	case askYesNo:
		return text + "\n*1* " + t.render("talk.yes") + "\n*2* " + t.render("talk.no")
	case askChoice:
		return text + "\n" + t.choices(q)
	}
	return text
}

// choices are the lines of the page that stands, the last of them "more" where
// there is another page.
func (t *Talk) choices(q question) string {
	shown, more := page(q.options, t.s.Page)
	lines := make([]string, 0, PageSize)
	for i, o := range shown {
		lines = append(lines, fmt.Sprintf("*%d* %s", i+1, t.label(o)))
	}
	if more {
		lines = append(lines, fmt.Sprintf("*%d* %s", len(shown)+1, t.render(t.moreKey(q.base))))
	}
	return strings.Join(lines, "\n")
}

// moreKey is the key of the label that turns the page of a question's menu.
func (t *Talk) moreKey(base string) string {
	if own := base + "_more"; t.d.catalog.Has(own) {
		return own
	}
	return "talk.more"
}

func (t *Talk) label(o Option) string {
	if o.Name != "" {
		return o.Name
	}
	return t.render(o.Label)
}

// missed answers a message that the question could not take: first the
// question in other words, then the offer of an officer, then an officer.
func (t *Talk) missed(q question) {
	t.trace.asked(q)
	if t.out.Masked { // what was wrong has been said
		t.reply(q.base, t.promptText(q))
		return
	}
	t.s.Misses++
	if t.s.Misses > MaxMisses {
		panic(handOver{bot.ReasonMisses})
	}
	if t.s.Misses == MaxMisses {
		t.offerOfficer()
		return
	}
	t.reply("talk.not_understood", t.secondTry(q))
}

// offerOfficer asks whether an officer shall talk to the resident.
func (t *Talk) offerOfficer() {
	t.s.Offered = true
	t.reply("talk.offer_officer", t.render("talk.offer_officer")+"\n*1* "+t.render("talk.yes")+"\n*2* "+t.render("talk.offer_retry"))
}

// secondTry is the question in other words: its own "_again" text where it has
// one, else what to write for this kind of question.
func (t *Talk) secondTry(q question) string {
	sorry := t.render("talk.not_understood")
	if again := q.base + "_again"; t.d.catalog.Has(again) {
		return sorry + " " + t.render(again)
	}
	hint := "talk.again_" + string(q.kind)
	switch q.kind {
	case askChoice:
		return sorry + " " + t.render(hint) + "\n" + t.choices(q)
	case askYesNo:
		return sorry + "\n" + t.promptText(q)
	}
	if t.d.catalog.Has(hint) {
		return sorry + " " + t.render(hint)
	}
	return sorry + "\n" + t.promptText(q)
}

// Render is the text of a key, for a place in another text.
func (t *Talk) Render(key string, vars ...any) string { return t.render(key, vars...) }

// render is the text of a key in a language, with the unit's names and numbers
// and the vars filled in.
func (d *Dialogue) render(lang locales.Lang, key string, vars ...any) string {
	base := d.vars[lang]
	if len(vars) == 0 {
		return d.catalog.Text(lang, key, base)
	}
	all := make(map[string]any, len(base)+len(vars)/2)
	for name, value := range base {
		all[name] = value
	}
	for i := 0; i+1 < len(vars); i += 2 {
		all[vars[i].(string)] = vars[i+1]
	}
	return d.catalog.Text(lang, key, all)
}
