package talk

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"mitan/bot"
	"mitan/locales"
)

// Dialogue leads talks by its flows. It keeps nothing between steps and is
// safe for concurrent use.
type Dialogue struct {
	catalog *locales.Catalog
	unit    *bot.Unit
	flows   map[string]Flow
	order   []Flow
	starts  map[locales.Command]string // the flow that a command starts
	extract Extract
	tell    Tell
	vars    map[locales.Lang]map[string]any
}

// Extract reads a whole story told in one message. The result has answers by
// question key (with its count in a loop), in the form in which the journal
// keeps them; empty if the message tells nothing that a question would ask.
type Extract func(c *locales.Catalog, text string, now time.Time) map[string]string

// Tell puts what Extract has read into words for the resident, a line each.
type Tell func(t *Talk, told map[string]string) string

// The flows that the runtime itself starts; each Dialogue must have them.
const (
	WelcomeFlow = "welcome" // for one whose language is not known
	MenuFlow    = "menu"
	ReportFlow  = "report"
	CheckFlow   = "check"
	EnrolFlow   = "enrol"
	OfficerFlow = "officer"
	UrgentFlow  = "urgent"
	ResumeFlow  = "resume" // a flow was left half-way: go on, or anew?
)

// MoneyGoneKey is the question of the report that "my money is gone" answers.
const MoneyGoneKey = "report.money_gone"

// New makes a dialogue of flows. It panics if one of the flows that the
// runtime starts is missing: that is a mistake in the program.
func New(catalog *locales.Catalog, unit *bot.Unit, extract Extract, tell Tell, flows ...Flow) *Dialogue {
	d := &Dialogue{
		catalog: catalog, unit: unit, extract: extract, tell: tell, order: flows,
		flows: map[string]Flow{}, starts: map[locales.Command]string{},
		vars: map[locales.Lang]map[string]any{},
	}
	for _, f := range flows {
		d.flows[f.Name] = f
		for _, c := range f.Start {
			d.starts[c] = f.Name
		}
	}
	for _, name := range []string{WelcomeFlow, MenuFlow, ReportFlow, CheckFlow, EnrolFlow, OfficerFlow, UrgentFlow, ResumeFlow} {
		if _, ok := d.flows[name]; !ok {
			panic("talk: there is no flow " + name)
		}
	}
	for _, lang := range locales.Langs() {
		d.vars[lang] = unitVars(unit, lang)
	}
	return d
}

// unitVars are the names and numbers that every text may use.
func unitVars(u *bot.Unit, lang locales.Lang) map[string]any {
	return map[string]any{
		"unit": u.Name(lang), "proof": u.Proof(lang), "cyber": u.Numbers.Cyber, "emergency": u.Numbers.Emergency,
		"women": u.Numbers.Women, "child": u.Numbers.Child, "mind": u.Numbers.Mind,
		"unit_hi": u.Name(locales.Hindi), "unit_en": u.Name(locales.English),
		"portal": u.Numbers.Portal, "chakshu": u.Numbers.Chakshu, "efir": u.Unit.EFIR,
	}
}

// Step answers one message or timer; see bot.Dialogue.
func (d *Dialogue) Step(s bot.Situation) (bot.Outcome, error) {
	return d.step(s, nil)
}

func (d *Dialogue) step(s bot.Situation, tr *trace) (out bot.Outcome, err error) {
	state, broken := readSession(s.Conversation.Session)
	t := &Talk{
		d: d, s: &state, now: s.Now, in: s.Message, conv: &s.Conversation, rec: s.Recall,
		lang: s.Conversation.Resident.Lang, out: &out, trace: tr, reads: s.Reads,
	}
	if t.lang == "" {
		t.lang = locales.Hindi
	}
	defer t.recoverFlow(&err)
	if s.Message != nil {
		out.Text = withoutDigits(s.Message.Text) // should masking itself fail
		t.mask()
	}
	if s.Keep {
		out.Session = s.Conversation.Session
		return out, nil
	}
	if s.Conversation.State == bot.Claimed {
		t.whileClaimed()
		out.Session = s.Conversation.Session
		if state.kept(d.flows) != nil {
			out.Wake = s.Now.Add(KeepDraft) // the draft has its end, whoever talks
		}
		return out, nil
	}
	if broken != nil {
		panic(broken) // an unreadable session ends as a broken flow does
	}
	t.doubt()
	switch {
	case s.Message != nil:
		t.message()
	case s.Pictures != nil:
		t.pictures(s.Pictures)
	default:
		t.timer()
	}
	t.finish()
	return out, nil
}

// finish closes the turn: the draft, the session and the next timer.
func (t *Talk) finish() {
	t.saveDraft()
	t.out.Session = t.s.bytes()
	t.out.Wake = t.s.wake(t.d.flows)
}

// recoverFlow turns a failed read into an error, and a flow that panicked into
// a talk with an officer, in which nothing is lost.
func (t *Talk) recoverFlow(err *error) {
	cause := recover()
	if cause == nil {
		return
	}
	if failed, ok := cause.(readFailed); ok {
		*err = fmt.Errorf("step: %w", failed.err)
		return
	}
	where := panicPlace()
	loss := t.s.unfinishedLoss()
	masked := t.out.Text
	*t.out = bot.Outcome{Text: masked, Masked: t.out.Masked, Broken: t.s.Flow + " at " + where}
	if t.conv.State == bot.Claimed { // the officer who holds it reads the message
		t.out.Session = t.conv.Session
		return
	}
	t.s.matter = matter{}
	t.out.Effects = []bot.Effect{bot.Escalate{Reason: bot.ReasonBroken, Urgent: loss}}
	t.out.Replies = []string{t.render("talk.broken")}
	t.out.Session = t.s.bytes()
}

// panicPlace is the function and line of ours that panicked: the one that the
// panic came from first, not one that passed it on.
func panicPlace() string {
	place, passed := "unknown", false
	var callers [64]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers[:])])
	for {
		frame, more := frames.Next()
		switch {
		case strings.HasPrefix(frame.Function, "runtime."):
			passed = true
		case passed && strings.HasPrefix(frame.Function, "mitan/"):
			place, passed = fmt.Sprintf("%s:%d", frame.Function, frame.Line), false
		}
		if !more {
			return place
		}
	}
}
