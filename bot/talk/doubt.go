package talk

import (
	"time"

	"mitan/bot"
)

// doubt is for a resident whose phone's security code has changed: it may be
// another person. The name is not told, and what was being talked about is put
// aside, a loss with the officers; see also [bot.Recall]. A new talk begins.
func (t *Talk) doubt() {
	changed := t.conv.Resident.Changed
	if changed.IsZero() {
		return
	}
	t.conv.Resident.Name = ""
	if t.s.Changed != unixOrZero(changed) {
		t.s.Changed = unixOrZero(changed)
		t.putAllAside()
	}
	if t.s.Aside && t.in != nil {
		t.s.Aside, t.putAside = false, true
		t.reply("talk.changed", t.render("talk.changed"))
	}
}

// putAllAside ends what is being talked about and what waits half-way.
func (t *Talk) putAllAside() {
	t.s.Aside = t.s.begun() || t.s.Parked != nil
	for _, m := range []*matter{&t.s.matter, t.s.Parked} {
		if m.unfinishedLoss() {
			t.out.Effects = append(t.out.Effects, bot.Escalate{Reason: bot.ReasonStalled, Urgent: true, Case: m.Case.ID})
		} else {
			t.giveUp(m)
		}
	}
	t.s.matter, t.s.Parked = matter{}, nil
}

func unixOrZero(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.Unix()
}

// Changed tells whether the person behind the resident's number may be another
// than before, and no officer has confirmed who it is.
func (t *Talk) Changed() bool {
	return t.Once("changed", func() string {
		if t.conv.Resident.Changed.IsZero() {
			return ""
		}
		return yes
	}) != ""
}
