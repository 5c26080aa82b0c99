package talk

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"mitan/bot"
	"mitan/locales"
)

// Lang is the resident's language.
func (t *Talk) Lang() locales.Lang { return t.lang }

// Unit is the police unit's settings.
func (t *Talk) Unit() *bot.Unit { return t.d.unit }

// OwnName is the resident's own name; "" if it is not known.
func (t *Talk) OwnName() string { return t.conv.Resident.Name }

// OwnPhone is the resident's number, ten digits; "" if it is not known.
func (t *Talk) OwnPhone() string { return t.conv.Resident.Phone }

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

// Turn counts the messages of the conversation: a number that differs from
// talk to talk. A flow reads it within Once.
func (t *Talk) Turn() int { return t.conv.Messages }

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
	value := t.once("ahead", func() (string, error) {
		n, err := t.rec.Ahead()
		return strconv.Itoa(n), err
	})
	n, _ := strconv.Atoi(value)
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
