package inbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"mitan/bot"
	"mitan/locales"
)

// A ready is a ready reply as it stands beside the field, filled in.
type ready struct {
	Name  string
	Texts []readyText // in the resident's language first
}

type readyText struct {
	Lang    locales.Lang
	Text    string
	Address string // of the page with the text in its field, for scripts off
	Chosen  bool   // this is that page
}

// ready are the ready replies of the unit and of the officer's thana.
func (in *Inbox) ready(r *http.Request, v visit, c *conversation) ([]ready, error) {
	if !c.May.Reply {
		return nil, nil
	}
	all, err := in.store.ReadyReplies(r.Context())
	if err != nil {
		return nil, fmt.Errorf("read ready replies: %w", err)
	}
	langs := []locales.Lang{locales.Hindi, locales.English}
	if c.Lang == locales.English {
		langs = []locales.Lang{locales.English, locales.Hindi}
	}
	fill := strings.NewReplacer(filled(c)...)
	chosen := r.URL.Query().Get("ready")
	var found []ready
	for _, one := range all {
		if one.Thana != "" && one.Thana != v.officer.Thana {
			continue
		}
		shown := ready{Name: one.Name}
		for _, lang := range langs {
			mark := strconv.FormatInt(one.ID, 10) + string(lang)
			again := url.Values{"tab": {chosenTab(r)}, "ready": {mark}}
			shown.Texts = append(shown.Texts, readyText{
				Lang: lang, Text: fill.Replace(one.In(lang)), Chosen: mark == chosen,
				Address: fmt.Sprintf("/conversations/%d?%s#compose", c.Resident, again.Encode()),
			})
		}
		found = append(found, shown)
	}
	return found, nil
}

// filled are the places of a ready reply with what is known for them. A place
// for which nothing is known stays open, and the desk does not send it.
func filled(c *conversation) []string {
	var pairs []string
	if c.Name != "" {
		pairs = append(pairs, "{name}", c.Name)
	}
	for _, one := range c.Facts.Cases {
		if one.Number != "" {
			return append(pairs, "{case}", one.Number)
		}
	}
	return pairs
}

// A readyPage is where ready replies are managed.
type readyPage struct {
	framed
	Groups  []readyGroup
	New     bot.ReadyReply // the form of a new one
	Refused string         // a key of words: why it was not done
	Changed int64          // the one that was to be changed; 0 for a new one
	Whole   bool           // the officer may manage the whole unit's
	Thanas  []bot.Thana    // whose the officer may manage
}

type readyGroup struct {
	Thana   string // in the language of the page; "" for the whole unit
	Stored  string
	May     bool // the officer may change these
	Replies []bot.ReadyReply
}

func (in *Inbox) readyPage(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.showReady(w, r, v, http.StatusOK, readyPage{})
}

func (in *Inbox) showReady(w http.ResponseWriter, r *http.Request, v visit, status int, data readyPage) error {
	var err error
	if data.framed, err = in.framed(r, v, "ready.title"); err != nil {
		return err
	}
	data.Back = "/replies"
	all, err := in.store.ReadyReplies(r.Context())
	if err != nil {
		return fmt.Errorf("read ready replies: %w", err)
	}
	data.Whole = v.officer.Role == bot.RoleAdmin || v.officer.Thana == ""
	for _, t := range in.unit.Thanas {
		if data.Whole || t.En == v.officer.Thana {
			data.Thanas = append(data.Thanas, t)
		}
	}
	for _, one := range all {
		if data.Changed == one.ID && data.Changed != 0 { // as it was given, not as it stands
			one = data.New
		}
		if n := len(data.Groups); n == 0 || data.Groups[n-1].Stored != one.Thana {
			data.Groups = append(data.Groups, readyGroup{
				Thana: in.thanaName(v.lang, one.Thana), Stored: one.Thana, May: data.Whole || one.Thana == v.officer.Thana,
			})
		}
		last := &data.Groups[len(data.Groups)-1]
		last.Replies = append(last.Replies, one)
	}
	return in.views.render(w, status, v.lang, "ready", data)
}

// saveReady adds a ready reply or changes one.
func (in *Inbox) saveReady(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	given := bot.ReadyReply{
		ID: readSeen(r.PostFormValue("id")), Thana: r.PostFormValue("thana"), Name: r.PostFormValue("name"),
		Hi: r.PostFormValue("hi"), En: r.PostFormValue("en"),
	}
	if given.Thana != "" && !in.knows(given.Thana) {
		return errBadRequest
	}
	err := in.desk.SaveReadyReply(context.WithoutCancel(r.Context()), v.officer, given)
	refused := readyPage{New: given, Changed: given.ID}
	status := http.StatusUnprocessableEntity
	switch {
	case err == nil:
		http.Redirect(w, r, "/replies", http.StatusSeeOther)
		return nil
	case errors.Is(err, bot.ErrEmpty):
		refused.Refused = "ready.both"
	case errors.Is(err, bot.ErrTooLong):
		refused.Refused = "ready.long"
	case errors.Is(err, bot.ErrTooLarge):
		refused.Refused = "ready.many"
	case errors.Is(err, bot.ErrExists):
		status, refused.Refused = http.StatusConflict, "ready.taken"
	default:
		return &unsent{err, given.Hi + "\n" + given.En}
	}
	return in.showReady(w, r, v, status, refused)
}

// knows tells whether the unit has a thana.
func (in *Inbox) knows(thana string) bool {
	for _, t := range in.unit.Thanas {
		if t.En == thana {
			return true
		}
	}
	return false
}

func (in *Inbox) removeReady(w http.ResponseWriter, r *http.Request, v visit) error {
	number, err := id(r, "reply")
	if err != nil {
		return err
	}
	if err := in.desk.RemoveReadyReply(context.WithoutCancel(r.Context()), v.officer, number); err != nil {
		return fmt.Errorf("remove a ready reply: %w", err)
	}
	http.Redirect(w, r, "/replies", http.StatusSeeOther)
	return nil
}
