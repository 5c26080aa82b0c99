package talk

import (
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode"

	"mitan/bot"
	"mitan/locales"
)

// MaxRead is how many characters of a message are read for understanding. All
// of it is stored, and all of it is searched for secrets.
const MaxRead = 4000

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
// question key, in the form in which the journal keeps them; empty if the
// message tells nothing that a question would ask.
type Extract func(text string, now time.Time) map[string]string

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
		lang: s.Conversation.Resident.Lang, out: &out, trace: tr,
	}
	if t.lang == "" {
		t.lang = locales.Hindi
	}
	defer t.recoverFlow(&err)
	if s.Message != nil {
		out.Text = withoutDigits(s.Message.Text) // should masking itself fail
		t.mask()
	}
	if s.Conversation.State == bot.Claimed {
		t.whileClaimed()
		out.Session = s.Conversation.Session
		return out, nil
	}
	if broken != nil {
		panic(broken) // an unreadable session ends as a broken flow does
	}
	if s.Message == nil {
		t.timer()
	} else {
		t.message()
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

// mask removes secrets from the message before anything is kept of it.
func (t *Talk) mask() {
	masked, found := locales.Mask(t.in.Text)
	if t.in.Kind == bot.Text && len(found) == 0 && !t.s.Kind.takesNumbers() && looksLikeCode(masked) {
		masked, found = strings.Repeat("•", 6), append(found, locales.OTP)
	}
	t.out.Text, t.out.Masked = masked, len(found) > 0
	runes := []rune(masked)
	t.text = strings.TrimSpace(string(runes[:min(len(runes), MaxRead)]))
}

// withoutDigits is text with each digit covered.
func withoutDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '•'
		}
		return r
	}, text)
}

// looksLikeCode tells whether a message is nothing but a code of four or six
// digits. A round number is more likely an amount.
func looksLikeCode(text string) bool {
	digits := locales.Fold(text)
	return locales.BareCode(text) && (len(digits) == 4 || len(digits) == 6) && !strings.HasSuffix(digits, "00")
}

// whileClaimed keeps a message for the officer who holds the conversation.
func (t *Talk) whileClaimed() {
	if t.in == nil {
		return
	}
	if t.s.Case != nil {
		t.out.Effects = append(t.out.Effects, bot.KeepEvidence{Case: t.s.Case.ID})
	}
	if t.d.catalog.MoneyGone(t.text) {
		t.out.Effects = append(t.out.Effects, bot.Escalate{Reason: bot.ReasonLoss, Urgent: true})
	}
}

// message answers a message: what counts everywhere first, then the question
// that stands, then what a message means when nothing is being asked.
func (t *Talk) message() {
	t.s.HeardAt, t.s.Stage = t.now.Unix(), notReminded
	if t.tooMany() {
		return
	}
	if t.out.Masked {
		t.reply("talk.secret", t.render("talk.secret"))
	}
	if t.in.Kind == bot.Call {
		t.call()
		return
	}
	if t.conv.Resident.Lang == "" && (t.s.Flow == "" || t.s.Flow == WelcomeFlow) && !t.chooseLanguage() {
		return
	}
	if t.everywhere() {
		t.helpFirst()
		return
	}
	if t.s.Flow != "" && t.s.Asked != "" {
		t.answer()
		return
	}
	t.unasked()
}

// tooMany bounds what one resident is answered: beyond BurstLimit messages in
// BurstWindow all are kept, one notice is sent and an officer is told.
func (t *Talk) tooMany() bool {
	if t.now.Sub(time.Unix(t.s.BurstAt, 0)) >= BurstWindow {
		t.s.BurstAt, t.s.Burst = t.now.Unix(), 0
	}
	t.s.Burst++
	if t.s.Burst <= BurstLimit {
		return false
	}
	if t.s.Case != nil {
		t.out.Effects = append(t.out.Effects, bot.KeepEvidence{Case: t.s.Case.ID})
	}
	if t.s.Burst == BurstLimit+1 {
		t.out.Effects = append(t.out.Effects, bot.Escalate{Reason: bot.ReasonFlood})
		t.reply("talk.too_many", t.render("talk.too_many"))
	}
	return true
}

// call answers a call, which nobody can take here, once in a while.
func (t *Talk) call() {
	if t.now.Sub(time.Unix(t.s.CallAt, 0)) < CallQuiet {
		return
	}
	t.s.CallAt = t.now.Unix()
	t.out.Effects = append(t.out.Effects, bot.Escalate{Reason: bot.ReasonVoice})
	t.reply("talk.call", t.render("talk.call"))
}

// answer gives the message to the question that stands.
func (t *Talk) answer() {
	if t.s.Offered && t.answerOffer() {
		return
	}
	if t.aside() {
		return
	}
	if t.hasMedia() && !t.s.Kind.freeText() && t.s.Kind != askUTR {
		t.mediaUnasked()
		return
	}
	if (t.s.Kind == askText || !t.s.Kind.freeText()) && t.kindWord() {
		return
	}
	t.run(true)
}

// answerOffer reads the answer to "shall an officer talk to you?". False means
// that the message is to be read as an answer to the question itself.
func (t *Talk) answerOffer() bool {
	switch value, ok := t.parseYesNo(); {
	case ok && value == yes:
		t.s.Offered = false
		t.park()
		t.start(OfficerFlow, entry{Key: "=officer.reason", Value: string(bot.ReasonMisses), Result: true})
	case ok:
		t.s.Offered, t.s.Misses = false, 0
		t.run(false)
	default:
		t.s.Offered = false
		return false
	}
	return true
}

// mediaUnasked keeps a picture or voice note that came where words or a number
// were asked for, and asks again. A voice note needs a person to hear it.
func (t *Talk) mediaUnasked() {
	if t.s.Case != nil {
		t.out.Effects = append(t.out.Effects, bot.KeepEvidence{Case: t.s.Case.ID})
	}
	if t.in.Kind == bot.Sticker {
		t.reply("talk.kind_word", t.render("talk.kind_word"))
	} else if t.in.Kind == bot.Voice || t.in.Kind == bot.Video {
		t.out.Effects = append(t.out.Effects, bot.Escalate{Reason: bot.ReasonVoice})
		t.reply("talk.got_voice", t.render("talk.got_voice"))
	} else {
		t.reply("talk.got_file", t.render("talk.got_file"))
	}
	t.run(false)
}

// kindWord answers thanks, a greeting or an emoji with a kind word and the
// question that stands: it is no mistake.
func (t *Talk) kindWord() bool {
	if !t.isKindWord() || (t.s.Kind == askYesNo && t.isYesNo()) {
		return false
	}
	t.reply("talk.kind_word", t.render("talk.kind_word"))
	t.run(false)
	return true
}

// aside answers what has nothing to do with a question that keeps nothing, such
// as the menu: a forwarded message, a picture, a whole story.
func (t *Talk) aside() bool {
	if t.d.flows[t.s.Flow].Keeps || (t.s.Kind != askChoice && t.s.Kind != askYesNo) {
		return false
	}
	if t.in.Forwarded || t.tellsStory() || (t.hasMedia() && t.in.Kind != bot.Sticker) {
		t.unasked()
		return true
	}
	return false
}

func (t *Talk) isYesNo() bool {
	_, ok := t.parseYesNo()
	return ok
}

func (t *Talk) isKindWord() bool {
	switch t.command() {
	case locales.CmdGreeting, locales.CmdThanks:
		return true
	}
	if t.out.Masked {
		return false
	}
	return t.in.Kind == bot.Sticker || (!t.hasMedia() && locales.Fold(t.text) == "")
}

// run runs the flow that stands, with the message for its question or only to
// ask the question again.
func (t *Talk) run(withMessage bool) {
	t.input, t.live = withMessage, false
	t.runFlow()
}

// start starts a flow from its top with some answers already given.
func (t *Talk) start(flow string, known ...entry) {
	t.begin(flow, known...)
	t.input, t.live = false, true
	t.runFlow()
}

// startWith starts a flow whose first question takes this turn's message.
func (t *Talk) startWith(flow string, known ...entry) {
	t.begin(flow, known...)
	t.input, t.live = true, true
	t.runFlow()
}

func (t *Talk) begin(flow string, known ...entry) {
	t.saveDraft()
	t.s.matter = matter{Flow: flow, Journal: known}
	t.s.Page, t.s.Misses, t.s.Offered = 0, 0, false
	t.draft = nil
	t.trace.begun(flow)
}

// maxHops bounds how many flows may follow one another in a turn.
const maxHops = 8

// runFlow runs the flow until it waits, ends, or hands over to another.
func (t *Talk) runFlow() {
	for range maxHops {
		next, waits := t.runOnce()
		if waits {
			return
		}
		if next == "" {
			t.ended()
			return
		}
		if t.s.Parked != nil && t.s.Parked.Flow == next && t.s.Flow != ResumeFlow {
			next = ResumeFlow
		}
		t.begin(next)
		t.input, t.live = false, true
	}
	panic("talk: flows go round in a circle")
}

// runOnce runs the flow from its top. It returns the flow to go on with, or
// that a question waits; neither means that the flow has ended.
func (t *Talk) runOnce() (next string, waits bool) {
	t.counts, t.draft = map[string]int{}, nil
	defer func() {
		switch cause := recover().(type) {
		case nil:
		case suspended:
			waits = true
		case goTo:
			next = cause.flow
		case handOver:
			t.park()
			t.begin(OfficerFlow, entry{Key: "=officer.reason", Value: string(cause.reason), Result: true})
			t.input, t.live = false, true
			next, waits = t.runOnce()
		case askAgain:
			t.forgetAnswers(cause.keys)
			next, waits = t.runOnce()
		case resumeParked:
			next, waits = t.unpark()
		case nextPage:
			t.s.Page++
			t.input, t.live = false, false
			next, waits = t.runOnce()
		default:
			panic(cause)
		}
	}()
	t.d.flows[t.s.Flow].Run(t)
	return "", false
}

// ended puts the way on under the last reply of a flow that has ended.
func (t *Talk) ended() {
	t.saveDraft()
	t.s.matter = matter{}
	if n := len(t.out.Replies); n > 0 {
		t.out.Replies[n-1] += "\n\n" + t.render("talk.ended")
	} else {
		t.start(MenuFlow)
	}
}

// park puts the flow that stands aside, if it keeps and anything was answered.
func (t *Talk) park() {
	if t.d.flows[t.s.Flow].Keeps && t.s.begun() && (t.s.Case == nil || !t.s.Case.Filed) {
		t.saveDraft()
		parked := t.s.matter
		t.s.Parked = &parked
	}
	t.s.matter = matter{}
}

// forgetAnswers drops the answers to questions, with their counts in loops.
func (t *Talk) forgetAnswers(keys []string) {
	for _, key := range keys {
		t.s.drop(key)
		delete(t.s.Told, key)
		for n := 2; t.s.find(fmt.Sprintf("%s#%d", key, n)) != nil; n++ {
			t.s.drop(fmt.Sprintf("%s#%d", key, n))
		}
	}
	t.s.Asked, t.s.Kind = "", ""
	t.input, t.live, t.amend = false, false, true
}
