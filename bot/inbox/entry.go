package inbox

import (
	"fmt"
	"html/template"
	"strings"
	"time"
	"unicode/utf8"

	"mitan/bot"
	"mitan/locales"
)

// mostSign is how many characters of a reaction or a vote are shown.
const mostSign = 20

// An entry is a message or a note of a thread.
type entry struct {
	ID        string // unique in the page
	Class     string // in, bot, out or note
	Kind      bot.MessageKind
	Name      string // the officer's, of a reply or note
	Day       *day   // set where a new day begins
	Time      string
	At        time.Time // in IST
	Script    locales.Lang
	Text      template.HTML
	Long      bool
	Cut       bool // there is more than is shown
	Forwarded bool
	Masked    bool
	Quote     *quote
	Medium    *medium
	Words     template.HTML // that were read in the picture
	WordsIn   locales.Lang
	Bare      bool // a kind that is told in a word, such as a location or a call

	Sign     string   // of a reaction or a vote: the emoji, the number; "" takes it back
	Choice   string   // the words that a vote chose; "" if not known
	Choices  []string // of a poll, whose question is Text
	Changed  *moment  // by the resident; Text is the first version
	Deleted  *moment  // by the resident
	External string   // the id by which an officer may answer it; "" if none may
	Answer   string   // the address that offers to answer it; "" if the officer may not

	Tells bool   // it has something that can go into the facts of a case
	Pick  string // the address that offers it; "" if the officer may not

	Delivery bot.Delivery // of bot and out
	Waits    bool         // for the link to come back
	Why      string       // a key of words: why it failed, or is held up; "" if plain
	Undo     *takeBack    // its writer may take it back; nil if they may not
	Message  int64        // its id; 0 of a note
	Release  string       // the address where its file is given out; "" if it is not, or not by this officer

	writer int64     // the officer, of out
	due    time.Time // of a queued message that was never tried
}

// A teller makes entries of messages.
type teller struct {
	names  map[int64]string       // of officers
	quoted map[string]bot.Message // by the channel's id
	now    time.Time
	down   bool // the link is
}

func (t teller) entry(m bot.Message) entry {
	text := m.Text
	switch m.Kind {
	case bot.Call, bot.Reaction, bot.Vote: // an id, an emoji, a number
		text = ""
	case bot.Poll:
		text, _ = pollOf(m)
	}
	e := newEntry(text, m.At)
	e.ID, e.Kind, e.Message = fmt.Sprintf("m%d", m.ID), m.Kind, m.ID
	e.Forwarded, e.Masked = m.Forwarded, m.Masked
	e.Medium = mediumOf(m)
	if m.Media != nil && m.Media.Words != "" {
		words := shorten(m.Media.Words, mostText)
		e.Words, e.WordsIn = chatText(words), script(words)
	}
	e.Changed, e.Deleted = momentOf(m.Edited, t.now), momentOf(m.Deleted, t.now)
	e.Quote = t.quote(m.QuoteID)
	switch m.Kind {
	case bot.Text, bot.Edit, bot.Deletion, "":
	case bot.Reaction:
		e.Sign = shorten(plain(m.Text), mostSign)
	case bot.Vote:
		e.Sign = shorten(plain(m.Text), mostSign)
		e.Choice = choiceOf(t.quoted[m.QuoteID], m.Text)
	case bot.Poll:
		_, e.Choices = pollOf(m)
	default:
		e.Bare = true
	}
	switch m.By {
	case bot.ByResident:
		e.Class = "in"
		e.Tells = len(pickables(m.Text, bot.Case{})) > 0
		if answerable(m) {
			e.External = m.ExternalID
		}
		return e
	case bot.ByOfficer:
		e.Class, e.Name, e.writer = "out", t.names[m.Officer], m.Officer
		if m.Delivery == bot.Queued && m.Attempts == 0 && m.Error == "" {
			e.due = m.Due
		}
	default:
		e.Class = "bot"
	}
	e.Delivery = m.Delivery
	e.Waits = m.Delivery == bot.Queued && t.down
	e.Why = whyFailed(m)
	return e
}

func noteEntry(n bot.Note) entry {
	e := newEntry(n.Text, n.At)
	e.ID, e.Class, e.Name = fmt.Sprintf("n%d", n.ID), "note", plain(n.Name)
	return e
}

func newEntry(text string, at time.Time) entry {
	shown := shorten(text, mostText)
	return entry{
		Text:   chatText(shown),
		Script: script(shown),
		Long:   utf8.RuneCountInString(shown) > longText,
		Cut:    len(shown) < len(text),
		Time:   clock(at),
		At:     at.In(locales.IST),
	}
}

// whyFailed says, as a key of words, why a message has failed or is held up.
// What the channel said may hold an address, so it is for the log alone.
func whyFailed(m bot.Message) string {
	barred := strings.Contains(m.Error, bot.ErrBarred.Error())
	switch {
	case m.Delivery == bot.Queued && barred:
		return "failure.held_up"
	case m.Delivery != bot.Failed:
		return ""
	case barred:
		return "failure.barred"
	case strings.Contains(m.Error, bot.ErrForbidden.Error()):
		return "failure.forbidden"
	}
	return "failure.tries"
}

// answerable tells whether a message of a resident can be quoted by an answer:
// it is one on their phone too.
func answerable(m bot.Message) bool {
	switch m.Kind {
	case bot.Call, bot.Vote, bot.Edit, bot.Deletion, bot.Reaction:
		return false
	}
	return m.By == bot.ByResident && m.ExternalID != "" && m.Deleted.IsZero()
}
