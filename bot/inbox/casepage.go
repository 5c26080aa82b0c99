package inbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"mitan/bot"
)

// historyLimit is how many entries of the audit a case shows, the newest.
const historyLimit = 200

// A casePage is one case: its facts, its story, its evidence and what officers
// did about it.
type casePage struct {
	framed
	Case     caseFacts
	Resident int64
	Story    []entry
	Evidence []medium
	Others   []caseRow // of the resident
	History  []deed
	Evident  bool // the officer may take the evidence along
	Refused  *refusal

	stored bot.Case
}

// A deed is an entry of the audit, ready to show.
type deed struct {
	Action string // a key of words: "action.ACTION"
	Detail string
	Name   string // "" for the program
	At     moment
}

func (in *Inbox) casePage(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.showCase(w, r, v, http.StatusOK, nil)
}

func (in *Inbox) showCase(w http.ResponseWriter, r *http.Request, v visit, status int, refused *refusal) error {
	data, err := in.caseData(r, v)
	if err != nil {
		return err
	}
	data.Refused = refused
	return in.views.render(w, status, v.lang, "casepage", data)
}

func (in *Inbox) caseData(r *http.Request, v visit) (data casePage, err error) {
	ctx := r.Context()
	number, err := id(r, "case")
	if err != nil {
		return data, err
	}
	c, err := in.store.CaseByID(ctx, number)
	if err != nil {
		return data, fmt.Errorf("read the case: %w", err)
	}
	if c.Story, err = in.store.StoryOf(ctx, c.ID); err != nil {
		return data, fmt.Errorf("read the story: %w", err)
	}
	around, err := in.framed(r, v, "case.title")
	if err != nil {
		return data, err
	}
	data = casePage{framed: around, stored: c, Resident: c.Resident, Evident: v.officer.Role.May(bot.RoleCharge)}
	data.Back = caseAddress(c.ID)
	cases, err := in.store.CasesOf(ctx, c.Resident)
	if err != nil {
		return data, fmt.Errorf("read cases: %w", err)
	}
	if data.Case, err = in.caseWork(ctx, v, c, cases, data.Back); err != nil {
		return data, err
	}
	for _, other := range cases {
		if other.ID != c.ID {
			data.Others = append(data.Others, in.caseRow(v, other))
		}
	}
	if data.Story, err = in.entries(ctx, c.Story); err != nil {
		return data, err
	}
	for _, e := range data.Story {
		if e.Medium != nil {
			data.Evidence = append(data.Evidence, *e.Medium)
		}
	}
	data.History, err = in.history(ctx, c.Resident)
	if errors.Is(err, bot.ErrNotFound) { // the case is in sight, the rest of the resident is not
		err = nil
	}
	return data, err
}

func caseAddress(id int64) string { return "/cases/" + strconv.FormatInt(id, 10) }

// entries are messages, ready to show, where no conversation is around them.
func (in *Inbox) entries(ctx context.Context, messages []bot.Message) ([]entry, error) {
	names, err := in.names(ctx, messages)
	if err != nil {
		return nil, err
	}
	tell := teller{names: names, now: in.clock.Now()}
	var found []entry
	for _, m := range messages {
		found = append(found, tell.entry(m))
	}
	markDays(found, in.clock.Now())
	return found, nil
}

// history is what officers did about a resident, the newest first.
func (in *Inbox) history(ctx context.Context, resident int64) ([]deed, error) {
	entries, err := in.store.HistoryOf(ctx, resident)
	if err != nil {
		return nil, fmt.Errorf("read the history: %w", err)
	}
	names := map[int64]string{}
	var found []deed
	for i := len(entries) - 1; i >= 0 && len(found) < historyLimit; i-- {
		e := entries[i]
		if _, known := names[e.Officer]; !known && e.Officer != 0 {
			o, err := in.store.OfficerByID(ctx, e.Officer)
			if err != nil && !errors.Is(err, bot.ErrNotFound) {
				return nil, fmt.Errorf("read an officer: %w", err)
			}
			names[e.Officer] = plain(o.Name)
		}
		found = append(found, deed{Action: plain(e.Action), Detail: plain(e.Detail), Name: names[e.Officer], At: *momentOf(e.At, in.clock.Now())})
	}
	return found, nil
}

// caseWork is a case with what an officer can do with it.
func (in *Inbox) caseWork(ctx context.Context, v visit, c bot.Case, all []bot.Case, back string) (caseFacts, error) {
	shown := in.caseFacts(v, c)
	known, err := in.store.KnownElsewhere(ctx, c)
	if err != nil {
		return shown, fmt.Errorf("look for the suspects elsewhere: %w", err)
	}
	for i := range shown.Suspects {
		shown.Suspects[i].Elsewhere = known[i]
	}
	done, err := in.store.StepsOf(ctx, c.ID)
	if err != nil {
		return shown, fmt.Errorf("read next steps: %w", err)
	}
	shown.Steps = stepList(c, done)
	shown.Amend = v.officer.Role.May(bot.RoleOfficer) && c.State != bot.Merged
	shown.Printable = v.officer.Role.May(bot.RoleOfficer)
	shown.Back = back
	shown.Kinds, shown.Thanas = in.kindChoices(v.lang, c.Kind), in.thanaChoices(v.lang, c.Thana)
	shown.SuspectTypes = bot.SuspectTypes()
	for _, other := range all {
		switch {
		case other.ID == c.MergedInto:
			shown.Into = &caseRow{ID: other.ID, Number: other.Number}
		case other.ID == c.SplitFrom:
			shown.From = &caseRow{ID: other.ID, Number: other.Number}
		case other.SplitFrom == c.ID:
			shown.Apart = append(shown.Apart, caseRow{ID: other.ID, Number: other.Number})
		}
		if other.ID != c.ID && other.State != bot.Merged {
			row := in.caseRow(v, other)
			shown.Mergeable = append(shown.Mergeable, row)
		}
	}
	return shown, nil
}

// NumberOr is a case's number, or its id where it has none yet.
func (c caseRow) NumberOr() string {
	if c.Number != "" {
		return c.Number
	}
	return "#" + strconv.FormatInt(c.ID, 10)
}
