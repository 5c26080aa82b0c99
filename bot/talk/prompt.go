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
	t.out.Choices = t.labels(q)
}

func (t *Talk) promptText(q question) string {
	return t.render(q.base, q.vars...) + numbered(t.labels(q))
}

// labels are the choices of the page that stands, the last of them "more" where
// there is another page; none where words are asked for.
func (t *Talk) labels(q question) []string {
	if q.kind != askChoice && q.kind != askYesNo {
		return nil
	}
	shown, more := page(q.options, t.s.Page)
	labels := make([]string, 0, PageSize)
	for _, o := range shown {
		labels = append(labels, t.label(o))
	}
	if more {
		labels = append(labels, t.render(t.moreKey(q.base)))
	}
	return labels
}

// numbered are labels as lines under a text, with the numbers that choose them.
func numbered(labels []string) string {
	var lines strings.Builder
	for i, label := range labels {
		fmt.Fprintf(&lines, "\n*%d* %s", i+1, label)
	}
	return lines.String()
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
		t.prompt(q)
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
	t.out.Choices = t.labels(q)
}

// offerOfficer asks whether an officer shall talk to the resident.
func (t *Talk) offerOfficer() {
	t.s.Offered = true
	choices := []string{t.render("talk.yes"), t.render("talk.offer_retry")}
	t.reply("talk.offer_officer", t.render("talk.offer_officer")+numbered(choices))
	t.out.Choices = choices
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
		return sorry + " " + t.render(hint) + numbered(t.labels(q))
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
