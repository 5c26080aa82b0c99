package inbox

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"mitan/bot"
	"mitan/locales"
)

// momentForm is how a form of the browser writes a time.
const momentForm = "2006-01-02T15:04"

// errUnread is a field that could not be read; key says in words which.
type errUnread struct{ key string }

func (e errUnread) Error() string { return "cannot read the field: " + e.key }

// postedCase reads a form that changes a case, and gives the case's id.
func postedCase(r *http.Request) (int64, error) {
	number, err := id(r, "case")
	if err != nil {
		return 0, err
	}
	if err := r.ParseForm(); err != nil {
		return 0, formError(err)
	}
	return number, nil
}

// postedCaseWith is postedCase with one more number that the form must have.
func postedCaseWith(r *http.Request, field string) (number, value int64, err error) {
	if number, err = postedCase(r); err != nil {
		return 0, 0, err
	}
	if value, err = strconv.ParseInt(r.PostFormValue(field), 10, 64); err != nil {
		return 0, 0, errBadRequest
	}
	return number, value, nil
}

// amendCase changes one fact of a case, as the field "do" says which.
func (in *Inbox) amendCase(w http.ResponseWriter, r *http.Request, v visit) error {
	number, revision, err := postedCaseWith(r, "revision")
	if err != nil {
		return err
	}
	what := r.PostFormValue("do")
	change, err := amendment(what, r.PostFormValue)
	if err == nil {
		err = in.desk.AmendCase(context.WithoutCancel(r.Context()), v.officer, number, revision, auditKey(what), change)
	}
	return in.afterAmending(w, r, v, err)
}

// auditKey is how the audit calls what was amended.
func auditKey(what string) string {
	key, _, _ := strings.Cut(what, "_")
	return key
}

// amendment reads one change of a case out of a form.
func amendment(what string, get func(string) string) (bot.DraftEffect, error) {
	n, _ := strconv.Atoi(get("n"))
	suspect := bot.Suspect{Type: get("type"), Value: get("value")}
	switch what {
	case "kind":
		return bot.SetKind{Kind: get("kind")}, nil
	case "thana":
		return bot.SetThana{Thana: get("thana")}, nil
	case "money":
		return bot.SetMoneyGone{Gone: get("money") == "loss"}, nil
	case "victim":
		return bot.SetVictim{Victim: bot.Person{Name: get("name"), Phone: get("phone")}}, nil
	case "reporter":
		return bot.SetReporter{Name: get("name")}, nil
	case "state":
		return bot.SetState{State: bot.CaseState(get("state"))}, nil
	case "leg", "leg_add":
		leg, err := legOf(get)
		if what == "leg" {
			return bot.PutLeg{N: n, Leg: leg}, err
		}
		return bot.AddLeg{Leg: leg}, err
	case "leg_remove":
		return bot.RemoveLeg{N: n}, nil
	case "suspect_add":
		return bot.AddSuspects{suspect}, nil
	case "suspect_remove":
		return bot.RemoveSuspect{Suspect: suspect}, nil
	}
	return nil, errBadRequest
}

// legOf reads a transaction out of a form. What is empty is not known.
func legOf(get func(string) string) (leg bot.Leg, err error) {
	leg.Bank, leg.UTR = get("bank"), get("utr")
	if amount := strings.TrimSpace(get("amount")); amount != "" {
		paise, ok := locales.Amount(amount)
		if !ok {
			return leg, errUnread{"amend.wrong_amount"}
		}
		leg.Amount = bot.Paise(paise)
	}
	if when := strings.TrimSpace(get("when")); when != "" {
		if leg.When, err = time.ParseInLocation(momentForm, when, locales.IST); err != nil {
			return leg, errUnread{"amend.wrong_time"}
		}
	}
	return leg, nil
}

// afterAmending leads back to where the officer was, or shows the case again
// with what could not be done and what was written.
func (in *Inbox) afterAmending(w http.ResponseWriter, r *http.Request, v visit, err error) error {
	if err == nil {
		http.Redirect(w, r, localPath(r.PostFormValue("back")), http.StatusSeeOther)
		return nil
	}
	status, key := http.StatusUnprocessableEntity, ""
	var unread errUnread
	switch {
	case errors.As(err, &unread):
		key = unread.key
	case errors.Is(err, bot.ErrStale):
		status, key = http.StatusConflict, "amend.stale"
	case errors.Is(err, bot.ErrNotMergeable):
		status, key = http.StatusConflict, "amend.not_mergeable"
	case errors.Is(err, bot.ErrEmpty):
		key = "refused.empty"
	case errors.Is(err, bot.ErrBadFact):
		key = "amend.bad"
	default:
		return err
	}
	return in.showCase(w, r, v, status, &refusal{Key: key, Text: written(r)})
}

// written are the words of a form that was refused, to be copied.
func written(r *http.Request) string {
	var words []string
	for _, field := range []string{"amount", "bank", "utr", "when", "name", "phone", "value"} {
		if text := strings.TrimSpace(r.PostFormValue(field)); text != "" {
			words = append(words, text)
		}
	}
	return shorten(strings.Join(words, "\n"), mostText)
}

// mergeCases puts the case into another of the resident.
func (in *Inbox) mergeCases(w http.ResponseWriter, r *http.Request, v visit) error {
	number, into, err := postedCaseWith(r, "into")
	if err != nil {
		return err
	}
	if err := in.desk.MergeCases(context.WithoutCancel(r.Context()), v.officer, number, into); err != nil {
		return in.afterAmending(w, r, v, err)
	}
	http.Redirect(w, r, caseAddress(into), http.StatusSeeOther)
	return nil
}

// splitCase takes what was ticked out of the case into a new one.
func (in *Inbox) splitCase(w http.ResponseWriter, r *http.Request, v visit) error {
	number, revision, err := postedCaseWith(r, "revision")
	if err != nil {
		return err
	}
	places := func(field string) (found []int) {
		for _, value := range r.PostForm[field] {
			if n, err := strconv.Atoi(value); err == nil {
				found = append(found, n)
			}
		}
		return found
	}
	split := bot.Split{Case: number, Revision: revision, Legs: places("leg"), Suspects: places("suspect")}
	for _, message := range places("message") {
		split.Messages = append(split.Messages, int64(message))
	}
	fresh, err := in.desk.SplitCase(context.WithoutCancel(r.Context()), v.officer, split)
	if err != nil {
		return in.afterAmending(w, r, v, err)
	}
	http.Redirect(w, r, caseAddress(fresh), http.StatusSeeOther)
	return nil
}

// tickStep says that a next step is done, or that it is not.
func (in *Inbox) tickStep(w http.ResponseWriter, r *http.Request, v visit) error {
	number, err := postedCase(r)
	if err != nil {
		return err
	}
	key := r.PostFormValue("step")
	if !isStep(key) {
		return errBadRequest
	}
	err = in.desk.TickStep(context.WithoutCancel(r.Context()), v.officer, number, key, r.PostFormValue("done") == "yes")
	return in.afterAmending(w, r, v, err)
}
