package talk

import (
	"encoding/json"
	"errors"
	"fmt"
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

	greeted bool             // who we are is said in this turn
	is      *locales.Command // what the whole message is, once it was looked up
	input   bool             // the message has yet to be taken by a question
	live    bool             // past the newest answer: Say and Do act
	counts  map[string]int   // how often a key was asked in this run
	draft   *bot.Case
	amend   bool // the draft has changed in this turn
}

// Lang is the resident's language.
func (t *Talk) Lang() locales.Lang { return t.lang }

// Unit is the police unit's settings.
func (t *Talk) Unit() *bot.Unit { return t.d.unit }

// OwnName is the resident's own name; "" if it is not known.
func (t *Talk) OwnName() string { return t.conv.Resident.Name }

// OwnPhone is the resident's number, ten digits; "" if it is not known.
func (t *Talk) OwnPhone() string { return t.conv.Resident.Phone }

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
	}
	t.out.Effects = append(t.out.Effects, e)
}

// Draft is the case that the flow is taking down, as its effects have made it
// so far.
func (t *Talk) Draft() bot.Case { return *t.openDraft() }

// Evidence keeps the message of this turn as evidence: of the case that is
// being taken down, if there is one.
func (t *Talk) Evidence() { t.Do(bot.KeepEvidence{}) }

// File confirms the draft and returns its number. Back does not go past it.
func (t *Talk) File() string {
	at := t.once("file", func() (string, error) { return t.now.Format(time.RFC3339Nano), nil })
	when, _ := time.Parse(time.RFC3339Nano, at)
	t.Do(bot.ConfirmCase{At: when})
	t.s.find("=file").Fixed = true
	t.s.Case.Filed = true
	return t.openDraft().Number
}

// SetLanguage changes the language from here on.
func (t *Talk) SetLanguage(lang locales.Lang) {
	t.Do(bot.SetLanguage{Lang: lang})
	t.lang = lang
	t.conv.Resident.Lang = lang
}

// Go ends this flow and starts another, in the same turn.
func (t *Talk) Go(flow string) { panic(goTo{flow}) }

// Cases are the resident's cases, the newest first, without the stories.
func (t *Talk) Cases() []bot.Case {
	cases, err := t.rec.Cases()
	t.check(err)
	return cases
}

// StoryOf is the evidence of a case, in its order.
func (t *Talk) StoryOf(caseID int64) []bot.Message {
	messages, err := t.rec.Story(caseID)
	t.check(err)
	return messages
}

// Volunteer is the resident's standing as a volunteer, as it was when the flow
// first asked. The zero Volunteer means that there never was one; one who has
// left has the state Left.
func (t *Talk) Volunteer() bot.Volunteer {
	value := t.once("volunteer", func() (string, error) {
		v, err := t.rec.Volunteer()
		if errors.Is(err, bot.ErrNotFound) {
			return "{}", nil
		}
		if err != nil {
			return "", err
		}
		data, err := json.Marshal(v)
		return string(data), err
	})
	var v bot.Volunteer
	t.check(json.Unmarshal([]byte(value), &v))
	return v
}

// Typed are the words of this turn's message, secrets masked. A flow reads
// them within Once.
func (t *Talk) Typed() string { return t.text }

// command is the command that the whole message is; "" if it is none.
func (t *Talk) command() locales.Command {
	if t.is == nil {
		c := t.d.catalog.Command(t.text)
		t.is = &c
	}
	return *t.is
}

// Turn counts the messages of the conversation: a number that differs from
// talk to talk. A flow reads it within Once.
func (t *Talk) Turn() int { return t.conv.Messages }

// Greet says who we are to one who has not heard it yet.
func (t *Talk) Greet() {
	if t.live {
		t.greet()
	}
}

// AskAgain forgets the answers to questions, in each of a loop's rounds, and
// asks the first of them again.
func (t *Talk) AskAgain(keys ...string) { panic(askAgain{keys}) }

// Wish is the flow that the resident asked for before the language was known;
// the menu if none was.
func (t *Talk) Wish() string {
	wish := t.Once("wish", func() string { return t.s.Wish })
	if wish == "" {
		return MenuFlow
	}
	return wish
}

// Subscribed tells whether the resident gets the weekly tip.
func (t *Talk) Subscribed() bool {
	return t.Once("subscribed", func() string {
		yes, err := t.rec.Subscribed()
		t.check(err)
		return fmt.Sprint(yes)
	}) == "true"
}

// Ahead is how many conversations the officers answer before this one.
func (t *Talk) Ahead() int {
	n, err := t.rec.Ahead()
	t.check(err)
	return n
}

// Next counts a series up and returns the same number on each later run.
func (t *Talk) Next(series string) int64 {
	value := t.once("next."+series, func() (string, error) {
		n, err := t.rec.Next(series)
		return fmt.Sprint(n), err
	})
	var n int64
	_, _ = fmt.Sscan(value, &n)
	return n
}

// Now is the time of the turn in which the flow first asked for it under this
// key: the same on each later run.
func (t *Talk) Now(key string) time.Time {
	value := t.once("now."+key, func() (string, error) { return t.now.Format(time.RFC3339Nano), nil })
	at, _ := time.Parse(time.RFC3339Nano, value)
	return at
}

// Once reads a fact and remembers it for each later run, so that what a flow
// decides by it does not change under its feet.
func (t *Talk) Once(key string, read func() string) string {
	return t.once(key, func() (string, error) { return read(), nil })
}

func (t *Talk) once(key string, read func() (string, error)) string {
	key = "=" + key
	if e := t.s.find(key); e != nil {
		return e.Value
	}
	value, err := read()
	t.check(err)
	t.s.Journal = append(t.s.Journal, entry{Key: key, Value: value, Result: true})
	return value
}

// openDraft is the draft, opened where there is none.
func (t *Talk) openDraft() *bot.Case {
	if t.draft != nil {
		return t.draft
	}
	if t.s.Case == nil {
		id, err := t.rec.Next("case")
		t.check(err)
		count, err := t.rec.Next(bot.CaseSeries(t.now))
		t.check(err)
		t.s.Case = &caseRef{
			ID: id, Number: bot.CaseNumber(t.d.unit.Unit.Prefix, t.now, count), Opened: t.now.UnixMilli(),
		}
	}
	ref := t.s.Case
	t.draft = &bot.Case{
		ID: ref.ID, Number: ref.Number, Opened: time.UnixMilli(ref.Opened).UTC(), State: bot.Draft,
		Resident: t.conv.Resident.ID,
		Reporter: bot.Person{Name: t.conv.Resident.Name, Phone: t.conv.Resident.Phone},
	}
	return t.draft
}

// saveDraft hands the draft to the store if it has changed in this turn. It
// comes before the effects that point at it.
func (t *Talk) saveDraft() {
	if t.draft == nil || !t.amend {
		return
	}
	t.s.Case.Loss = t.draft.MoneyGone
	t.out.Effects = append([]bot.Effect{bot.SaveCase{Case: *t.draft}}, t.out.Effects...)
	t.amend = false
}

// reply adds a reply to the turn.
func (t *Talk) reply(key, text string) {
	t.trace.said(key, text)
	t.out.Replies = append(t.out.Replies, text)
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
	suspended  struct{}                              // a question waits for its answer
	goTo       struct{ flow string }                 // another flow goes on
	handOver   struct{ reason bot.EscalationReason } // an officer goes on
	askAgain   struct{ keys []string }               // some answers are to be given anew
	readFailed struct{ err error }
)
