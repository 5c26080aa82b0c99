package talk

import (
	"time"

	"mitan/bot"
	"mitan/locales"
)

// A Flow talks a resident through one matter.
type Flow struct {
	Name  string // also the first part of its questions' and texts' keys
	Run   func(*Talk)
	Start []locales.Command // what a resident may write to start it
	Keeps bool              // left half-way it is reminded of, kept a day and offered again
}

// An Option is one choice of a question.
type Option struct {
	ID    string // what Choose returns
	Label string // the key of its label
	Name  string // the label itself, where it is data such as a place; wins over Label
}

// Unknown is the ID of the option that "I don't know" chooses.
const Unknown = "unknown"

// A Talk is one run of a flow, and all that a flow can touch.
type Talk struct {
	d     *Dialogue
	s     *session
	now   time.Time
	in    *bot.Message // the message of this turn; nil for a timer
	text  string       // its words as far as they are read, secrets masked
	lang  locales.Lang
	conv  *bot.Conversation
	rec   bot.Recall
	out   *bot.Outcome
	trace *trace

	lines    []string       // of the text, where it is several messages that were held
	helps    bool           // the first reply of this turn is help that comes before all else
	greeted  bool           // who we are is said in this turn
	putAside bool           // what was being talked about is put aside in this turn
	reads    bool           // the words of pictures are read here
	seen     bool           // text is what was read in pictures
	read     *Reading       // the message, once it was read
	input    bool           // the message has yet to be taken by a question
	live     bool           // past the newest answer: Say and Do act
	counts   map[string]int // how often a key was asked in this run
	draft    *bot.Case
	telling  map[string]string // what the flow that goes on is told
	amend    bool              // the draft has changed in this turn
}

// Say sends the text of a key. The vars are pairs of a name and a value for
// the places in the text; the unit's names and numbers are always there.
func (t *Talk) Say(key string, vars ...any) {
	if t.live {
		t.reply(key, t.render(key, vars...))
	}
}

// SayText sends a text that was put together from others with Render.
func (t *Talk) SayText(text string) {
	if t.live {
		t.reply("", text)
	}
}

// Do acts: it hands an effect to the store, in this turn's commit.
func (t *Talk) Do(e bot.Effect) {
	if amend, ok := e.(bot.DraftEffect); ok {
		if t.live {
			t.amend = true
		}
		amend.Amend(t.openDraft())
		return
	}
	if !t.live {
		return
	}
	if keep, ok := e.(bot.KeepEvidence); ok && keep.Case == 0 && t.s.Case != nil {
		e = bot.KeepEvidence{Case: t.s.Case.ID}
	}
	if escalate, ok := e.(bot.Escalate); ok && t.s.Case != nil {
		escalate.Case = t.s.Case.ID
		e = escalate
	}
	if set, ok := e.(bot.SetName); ok {
		t.conv.Resident.Name = set.Name
		if !t.conv.Resident.Changed.IsZero() {
			return // it may be somebody else's
		}
	}
	if _, ok := e.(bot.Erase); ok && !t.s.Parked.unfinishedLoss() {
		t.s.Parked = nil // it goes with what is erased
	}
	t.out.Effects = append(t.out.Effects, e)
}

// SetLanguage changes the language from here on.
func (t *Talk) SetLanguage(lang locales.Lang) {
	t.Do(bot.SetLanguage{Lang: lang})
	t.lang = lang
	t.conv.Resident.Lang = lang
}

// Go ends this flow and starts another, in the same turn.
func (t *Talk) Go(flow string) { panic(goTo{flow: flow}) }

// GoTelling is Go with answers that this flow knows: the other one treats them as
// told by the resident, see [Talk.Heard].
func (t *Talk) GoTelling(flow string, told map[string]string) { panic(goTo{flow, told}) }

// Greet says who we are to one who has not heard it yet.
func (t *Talk) Greet() {
	if t.live {
		t.greet()
	}
}

// AskAgain forgets the answers to questions, in each of a loop's rounds, and
// asks the first of them again.
func (t *Talk) AskAgain(keys ...string) { panic(askAgain{keys}) }

// reply adds a reply to the turn.
func (t *Talk) reply(key, text string) {
	t.trace.said(key, text)
	t.out.Replies, t.out.Choices = append(t.out.Replies, text), nil
}

// render is the text of a key with its places filled.
func (t *Talk) render(key string, vars ...any) string {
	t.trace.rendered(key)
	return t.d.render(t.lang, key, vars...)
}

// check ends the step with an error of the store: the message must come again.
func (t *Talk) check(err error) {
	if err != nil {
		panic(readFailed{err})
	}
}

// What unwinds a run of a flow. A panic with anything else is a broken flow.
type (
	suspended struct{} // a question waits for its answer
	goTo      struct { // another flow goes on
		flow string
		told map[string]string
	}
	handOver   struct{ reason bot.EscalationReason } // an officer goes on
	askAgain   struct{ keys []string }               // some answers are to be given anew
	readFailed struct{ err error }
)
