package inbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"mitan/bot"
	"mitan/locales"
)

// Limits of a search.
const (
	mostQuery      = 200 // characters of what is looked for
	foundPeople    = 20
	foundCases     = 20
	foundMessages  = 50
	leastBeginning = 3 // characters of a word that may be a beginning
)

type searchPage struct {
	framed
	Query    string
	Asked    bool
	People   []foundPerson
	Cases    []foundCase
	Messages []foundMessage
	Full     bool // there may be more messages
}

// A foundPerson is a resident whose name or number was found.
type foundPerson struct {
	row
	Name  []piece
	Phone []piece
	State bot.ConversationState
}

// A foundCase is a case with what it was found by.
type foundCase struct {
	caseRow
	By   string // a key of words: "found.BY"
	What []piece
}

// A foundMessage is a message with the words in it.
type foundMessage struct {
	Address string // of the message in its conversation
	Name    string
	Script  locales.Lang
	Words   []piece
	Lang    locales.Lang
	By      string
	Day     day
	Time    string
}

func (in *Inbox) searchPage(w http.ResponseWriter, r *http.Request, v visit) error {
	around, err := in.framed(r, v, "search.title")
	if err != nil {
		return err
	}
	data := searchPage{framed: around, Query: shorten(strings.TrimSpace(plain(r.URL.Query().Get("q"))), mostQuery)}
	if data.Asked = data.Query != ""; data.Asked {
		if err := in.search(r.Context(), v, &data); err != nil {
			return err
		}
	}
	return in.views.render(w, http.StatusOK, v.lang, "search", data)
}

func (in *Inbox) search(ctx context.Context, v visit, data *searchPage) error {
	if err := in.searchCases(ctx, v, data); err != nil {
		return err
	}
	if err := in.searchPeople(ctx, v, data); err != nil {
		return err
	}
	return in.searchMessages(ctx, data)
}

func (in *Inbox) searchCases(ctx context.Context, v visit, data *searchPage) error {
	cases, err := in.store.FindCases(ctx, data.Query, foundCases)
	if err != nil {
		return fmt.Errorf("find cases: %w", err)
	}
	for _, c := range cases {
		found := foundCase{caseRow: in.caseRow(v, c)}
		found.By, found.What = foundBy(v.officer, c, data.Query)
		data.Cases = append(data.Cases, found)
	}
	return nil
}

// foundBy says by what of a case it was found, with the part marked.
func foundBy(o bot.Officer, c bot.Case, query string) (by string, what []piece) {
	want := partDigits(query)
	try := func(key, value string) bool {
		pieces := markPart(plain(value), query)
		if !slices.ContainsFunc(pieces, func(p piece) bool { return p.Marked }) {
			return false
		}
		by, what = key, pieces
		return true
	}
	if try("number", c.Number) {
		return by, what
	}
	for _, leg := range c.Legs {
		if try("utr", leg.UTR) {
			return by, what
		}
	}
	for _, s := range c.Suspects {
		if try("suspect", s.Value) {
			return by, what
		}
	}
	for _, p := range []bot.Person{c.Reporter, c.Victim} {
		if want == "" || !strings.Contains(p.Phone, want) {
			continue
		}
		if !o.Role.May(bot.RoleOfficer) {
			return "phone", []piece{{Text: phoneFor(o, p.Phone)}}
		}
		return "phone", markPart(phoneFor(o, p.Phone), query)
	}
	return "", nil
}

func (in *Inbox) searchPeople(ctx context.Context, v visit, data *searchPage) error {
	named, err := in.store.FindNames(ctx, data.Query, foundPeople)
	if err == nil && len(named) == 0 {
		named, err = in.store.FindNames(ctx, beginning(data.Query), foundPeople)
	}
	if err != nil {
		return fmt.Errorf("find names: %w", err)
	}
	byNumber, err := in.store.FindIdentifier(ctx, data.Query, foundPeople)
	if err != nil {
		return fmt.Errorf("find numbers: %w", err)
	}
	for i, resident := range append(named, byNumber...) {
		shown := slices.ContainsFunc(data.People, func(p foundPerson) bool { return p.Resident == resident })
		if shown || len(data.People) == foundPeople {
			continue
		}
		c, err := in.store.Conversation(ctx, resident)
		if errors.Is(err, bot.ErrNotFound) {
			continue
		}
		if err != nil {
			return fmt.Errorf("read a conversation: %w", err)
		}
		if i >= len(named) && !strings.Contains(c.Resident.Phone, partDigits(data.Query)) {
			continue // found by what a case of theirs holds, which is listed above
		}
		person := foundPerson{row: in.row(v, c), State: c.State}
		person.Name = snippet(c.Resident.Name, data.Query+" "+beginning(data.Query))
		person.Phone = []piece{{Text: person.row.Phone}}
		if v.officer.Role.May(bot.RoleOfficer) {
			person.Phone = markPart(person.row.Phone, data.Query)
		}
		data.People = append(data.People, person)
	}
	return nil
}

// searchMessages finds the words whole; if they stand nowhere, the last one may
// be the beginning of a word.
func (in *Inbox) searchMessages(ctx context.Context, data *searchPage) error {
	query := data.Query
	messages, err := in.store.SearchMessages(ctx, query, foundMessages)
	if err == nil && len(messages) == 0 {
		if longer := beginning(query); longer != query {
			query = longer
			messages, err = in.store.SearchMessages(ctx, query, foundMessages)
		}
	}
	if err != nil {
		return fmt.Errorf("search messages: %w", err)
	}
	data.Full = len(messages) == foundMessages
	names := map[int64]string{}
	for _, m := range messages {
		if _, known := names[m.Resident]; !known {
			c, err := in.store.Conversation(ctx, m.Resident)
			if err != nil && !errors.Is(err, bot.ErrNotFound) {
				return fmt.Errorf("read a conversation: %w", err)
			}
			names[m.Resident] = plain(c.Resident.Name)
		}
		data.Messages = append(data.Messages, foundMessage{
			Address: fmt.Sprintf("/conversations/%d?before=%d#m%d", m.Resident, m.ID+1, m.ID),
			Name:    names[m.Resident], Script: script(names[m.Resident]), Words: snippet(m.Text, query),
			Lang: script(m.Text), By: m.By, Day: dayOf(m.At, in.clock.Now()), Time: clock(m.At),
		})
	}
	return nil
}

// beginning is a query whose last word may go on; the query itself where that
// word is short or ends in * already.
func beginning(query string) string {
	last, _ := utf8.DecodeLastRuneInString(query)
	words := strings.FieldsFunc(query, func(r rune) bool { return !isWordRune(r) })
	if len(words) == 0 || !isWordRune(last) || utf8.RuneCountInString(words[len(words)-1]) < leastBeginning {
		return query
	}
	return query + "*"
}
