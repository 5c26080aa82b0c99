package storetest

import (
	"fmt"
	"time"

	"github.com/stretchr/testify/assert"

	"mitan/bot"
	"mitan/locales"
)

// loss files a loss of a resident with an id, in one turn.
func (h *house) loss(resident, id int64, amend ...func(*bot.Case)) bot.Case {
	h.Helper()
	c := draft(id)
	c.Resident, c.State, c.MoneyGone, c.Urgent, c.Kind, c.Filed = resident, bot.Filed, true, true, "otp", noon
	c.Legs = []bot.Leg{{Amount: 100_00, When: noon, Bank: "SBI", UTR: fmt.Sprintf("41234567%04d", id)}}
	for _, change := range amend {
		change(&c)
	}
	h.say(resident, "loss", bot.SaveCase{Case: c})
	return c
}

func (h *house) caseByID(id int64) bot.Case {
	h.Helper()
	c, err := h.CaseByID(h.ctx, id)
	h.ok(err)
	return c
}

func (h *house) amend(id, officer int64, what string, change ...bot.DraftEffect) error {
	return h.AmendCase(h.ctx, bot.Amendment{
		Case: id, Revision: h.caseByID(id).Revision, Officer: officer, At: noon, What: what, Change: change,
	})
}

// list are the ids of cases, in their order.
func (h *house) list(f bot.CaseFilter) []int64 {
	h.Helper()
	cases, err := h.Cases(h.ctx, f)
	h.ok(err)
	ids := []int64{}
	for _, c := range cases {
		ids = append(ids, c.ID)
	}
	return ids
}

func (h *house) history(resident int64) (done []string) {
	h.Helper()
	entries, err := h.HistoryOf(h.ctx, resident)
	h.ok(err)
	for _, e := range entries {
		done = append(done, e.Action+" "+e.Detail)
	}
	return done
}

var recordTests = map[string]func(*house){
	"cases are listed by each filter, the newest first, page by page": func(h *house) {
		asha, birju, ravi := h.resident(1), h.resident(2), h.officer("ravi")
		h.loss(asha, 1, func(c *bot.Case) { c.Thana = "Kotwali" })
		h.loss(birju, 2, func(c *bot.Case) {
			c.Kind, c.Opened, c.Legs[0].Amount = "job", noon.AddDate(0, 0, -3), 5_000_00
			c.Suspects = []bot.Suspect{{Type: "upi", Value: "Thief@Bank"}}
		})
		h.loss(asha, 3, func(c *bot.Case) { c.MoneyGone, c.Legs, c.State = false, nil, bot.Draft })
		h.ok(h.Claim(h.ctx, birju, ravi, false, noon, time.Time{}))
		for name, test := range map[string]struct {
			filter bot.CaseFilter
			want   []int64
		}{
			"all":             {bot.CaseFilter{}, []int64{3, 2, 1}},
			"a page":          {bot.CaseFilter{Limit: 2}, []int64{3, 2}},
			"the next":        {bot.CaseFilter{Limit: 2, Before: 2}, []int64{1}},
			"state":           {bot.CaseFilter{States: []bot.CaseState{bot.Draft, bot.CaseClosed}}, []int64{3}},
			"kind":            {bot.CaseFilter{Kind: "job"}, []int64{2}},
			"thana":           {bot.CaseFilter{Thanas: []string{"Kotwali"}}, []int64{1}},
			"thana or none":   {bot.CaseFilter{Thanas: []string{"Kotwali", ""}}, []int64{3, 2, 1}},
			"no thana at all": {bot.CaseFilter{Thanas: []string{}}, []int64{}},
			"losses":          {bot.CaseFilter{Loss: true}, []int64{2, 1}},
			"attempts":        {bot.CaseFilter{Attempt: true}, []int64{3}},
			"from":            {bot.CaseFilter{From: noon}, []int64{3, 1}},
			"until":           {bot.CaseFilter{Until: noon}, []int64{2}},
			"least":           {bot.CaseFilter{Least: 100_01}, []int64{2}},
			"most":            {bot.CaseFilter{Most: 100_00}, []int64{3, 1}},
			"officer":         {bot.CaseFilter{Officer: ravi}, []int64{2}},
			"suspect":         {bot.CaseFilter{Suspect: "thief@bank"}, []int64{2}},
			"resident":        {bot.CaseFilter{Resident: asha}, []int64{3, 1}},
			"some together":   {bot.CaseFilter{Loss: true, Resident: asha, Most: 1}, []int64{}},
		} {
			assert.Equal(h, test.want, h.list(test.filter), name)
		}
	},
	"an officer's word on a case stands": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		c := h.loss(asha, 1, func(c *bot.Case) { c.State, c.Filed = bot.Draft, time.Time{} })
		h.ok(h.amend(1, ravi, "kind", bot.SetKind{Kind: "job"}))
		h.ok(h.amend(1, ravi, "leg", bot.AddLeg{Leg: bot.Leg{UTR: "999999999999", Amount: 1}}))
		h.ok(h.amend(1, ravi, "leg", bot.RemoveLeg{N: 1}))
		h.ok(h.amend(1, ravi, "suspect", bot.AddSuspects{{Type: "phone", Value: "9000000888"}}))
		assert.Equal(h, []int64{asha}, h.found("9999"), "it is found by what was added")
		assert.Empty(h, h.found("412345"), "and not by what was taken out")

		c.Kind, c.State, c.Filed = "lottery", bot.Filed, noon
		h.say(asha, "the talk goes on", bot.SaveCase{Case: c})
		got := h.caseByID(1)
		assert.Equal(h, "job", got.Kind)
		assert.Equal(h, []bot.Leg{{UTR: "999999999999", Amount: 1}}, got.Legs)
		assert.Equal(h, bot.Filed, got.State, "the resident's yes is kept")
		assert.Equal(h, noon, got.Filed)
		assert.EqualValues(h, 4, got.Revision)
		h.reopen()
		h.say(asha, "again", bot.SaveCase{Case: c})
		assert.Equal(h, got, h.caseByID(1))
		assert.Equal(h, []string{"case_amend case 1 kind", "case_amend case 1 leg", "case_amend case 1 leg", "case_amend case 1 suspect"}, h.history(asha))

		assert.ErrorIs(h, h.AmendCase(h.ctx, bot.Amendment{Case: 1, Revision: 3, Officer: ravi, At: noon}), bot.ErrStale)
		assert.ErrorIs(h, h.AmendCase(h.ctx, bot.Amendment{Case: 9, Officer: ravi, At: noon}), bot.ErrNotFound)
	},
	"cases are merged, and none is lost": func(h *house) {
		asha, birju, ravi := h.resident(1), h.resident(2), h.officer("ravi")
		h.say(asha, "the story", bot.SaveCase{Case: draft(1)}, bot.KeepEvidence{Case: 1})
		h.loss(asha, 1, func(c *bot.Case) { c.Suspects = []bot.Suspect{{Type: "upi", Value: "x@y"}} })
		h.loss(asha, 2, func(c *bot.Case) { c.Kind, c.Thana = "", "Kotwali" })
		h.loss(birju, 3)
		h.ok(h.TickStep(h.ctx, 1, "call_bank", true, ravi, noon))
		h.ok(h.MergeCases(h.ctx, 1, 2, ravi, noon))
		into := h.caseByID(2)
		assert.Len(h, into.Legs, 2)
		assert.Equal(h, []bot.Suspect{{Type: "upi", Value: "x@y"}}, into.Suspects)
		assert.Equal(h, "otp", into.Kind)
		assert.Equal(h, "Kotwali", into.Thana)
		from := h.caseByID(1)
		assert.Equal(h, bot.Merged, from.State)
		assert.EqualValues(h, 2, from.MergedInto)
		assert.Len(h, from.Legs, 1, "what it was stays to be read")
		story, err := h.StoryOf(h.ctx, 2)
		h.ok(err)
		assert.Equal(h, []string{"the story"}, texts(story))
		steps, err := h.StepsOf(h.ctx, 2)
		h.ok(err)
		assert.Equal(h, []bot.StepDone{{Step: "call_bank", Officer: ravi, Name: "SI ravi", At: noon}}, steps)
		for name, pair := range map[string][2]int64{"merged already": {1, 2}, "into a merged one": {2, 1}, "itself": {2, 2}, "of two people": {2, 3}} {
			assert.ErrorIs(h, h.MergeCases(h.ctx, pair[0], pair[1], ravi, noon), bot.ErrNotMergeable, name)
		}
		assert.ErrorIs(h, h.amend(1, ravi, "kind", bot.SetKind{Kind: "job"}), bot.ErrStale)
		assert.Contains(h, h.history(asha), "case_merge case 1 into 2")
	},
	"a case is split in two": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.loss(asha, 1, func(c *bot.Case) {
			c.Legs = append(c.Legs, bot.Leg{Amount: 7, UTR: "777777777777"})
			c.Suspects = []bot.Suspect{{Type: "upi", Value: "x@y"}, {Type: "phone", Value: "9000000888"}}
		})
		split := bot.Split{Case: 1, Legs: []int{1}, Suspects: []int{0}, ID: 2, Number: bot.CaseNumber("BSP", noon, 2), Officer: ravi, At: noon.Add(time.Hour)}
		h.ok(h.SplitCase(h.ctx, split))
		rest, taken := h.caseByID(1), h.caseByID(2)
		assert.Len(h, rest.Legs, 1)
		assert.Equal(h, []bot.Suspect{{Type: "phone", Value: "9000000888"}}, rest.Suspects)
		assert.Equal(h, []bot.Leg{{Amount: 7, UTR: "777777777777"}}, taken.Legs)
		assert.Equal(h, []bot.Suspect{{Type: "upi", Value: "x@y"}}, taken.Suspects)
		assert.EqualValues(h, 1, taken.SplitFrom)
		assert.Equal(h, asha, taken.Resident)
		found, err := h.FindCases(h.ctx, "777777", 10)
		h.ok(err)
		assert.Equal(h, []bot.Case{taken}, found)
		split.ID, split.Number, split.Revision = 3, bot.CaseNumber("BSP", noon, 3), rest.Revision
		split.Legs, split.Suspects = nil, nil
		assert.ErrorIs(h, h.SplitCase(h.ctx, split), bot.ErrNotMergeable, "nothing is moved")
		split.Legs, split.Suspects = []int{0}, []int{0}
		assert.ErrorIs(h, h.SplitCase(h.ctx, split), bot.ErrNotMergeable, "nothing is left")
		split.Revision--
		assert.ErrorIs(h, h.SplitCase(h.ctx, split), bot.ErrStale)
		n, err := h.NextNumber(h.ctx, bot.CaseIDSeries)
		h.ok(err)
		assert.EqualValues(h, 3, n, "the new case's id is not given again")
	},
	"a split case takes the messages that were chosen for it": func(h *house) {
		asha, birju, ravi := h.resident(1), h.resident(2), h.officer("ravi")
		h.loss(asha, 1, func(c *bot.Case) { c.Legs = append(c.Legs, bot.Leg{Amount: 7}) })
		h.loss(birju, 5)
		for resident, texts := range map[int64][]string{asha: {"of the one", "of the other"}, birju: {"of a stranger"}} {
			for _, text := range texts {
				h.say(resident, text, bot.KeepEvidence{Case: map[int64]int64{asha: 1, birju: 5}[resident]})
			}
		}
		told := func(number int64) (texts []string, ids []int64) {
			story, err := h.StoryOf(h.ctx, number)
			h.ok(err)
			for _, m := range story {
				texts, ids = append(texts, m.Text), append(ids, m.ID)
			}
			return texts, ids
		}
		_, own := told(1)
		_, strange := told(5)
		if !assert.Len(h, own, 2) || !assert.NotEmpty(h, strange) {
			return
		}
		split := bot.Split{Case: 1, Legs: []int{1}, Messages: strange, ID: 2, Number: bot.CaseNumber("BSP", noon, 2), Officer: ravi, At: noon}
		assert.ErrorIs(h, h.SplitCase(h.ctx, split), bot.ErrStale, "a message of another case is not taken")
		_, err := h.CaseByID(h.ctx, 2)
		assert.ErrorIs(h, err, bot.ErrNotFound, "and nothing was done")
		split.Messages = own[1:]
		h.ok(h.SplitCase(h.ctx, split))
		rest, _ := told(1)
		taken, _ := told(2)
		assert.Equal(h, []string{"of the one"}, rest)
		assert.Equal(h, []string{"of the other"}, taken)
	},
	"next steps are done, and undone": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.loss(asha, 1)
		for _, done := range []bool{true, true, false, true} {
			h.ok(h.TickStep(h.ctx, 1, "call_bank", done, ravi, noon))
		}
		steps, err := h.StepsOf(h.ctx, 1)
		h.ok(err)
		assert.Len(h, steps, 1)
		assert.Equal(h, []string{"case_step case 1 call_bank", "case_step case 1 call_bank undone", "case_step case 1 call_bank"}, h.history(asha), "what changes nothing is not told")
		assert.ErrorIs(h, h.TickStep(h.ctx, 9, "call_bank", true, ravi, noon), bot.ErrNotFound)
	},
	"a suspect is known in other cases": func(h *house) {
		thief := bot.Suspect{Type: "phone", Value: "9000000888"}
		for id := range int64(3) {
			h.loss(h.resident(int(id)+1), id+1, func(c *bot.Case) {
				c.Suspects = []bot.Suspect{thief, {Type: "upi", Value: fmt.Sprintf("x%d@y", id)}}
				c.Reporter.Phone = fmt.Sprintf("900000000%d", id)
			})
		}
		h.loss(h.resident(4), 4, func(c *bot.Case) { c.Reporter.Phone = thief.Value }) // a victim whose number was used
		counts, err := h.KnownElsewhere(h.ctx, h.caseByID(1))
		h.ok(err)
		assert.Equal(h, []int{2, 0}, counts)
	},
	"people are found by their names": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		h.say(asha, "name", bot.SetName{Name: "सुनीता देवी"})
		h.say(birju, "name", bot.SetName{Name: "Birju Lal"})
		h.loss(birju, 1, func(c *bot.Case) { c.Victim = bot.Person{Name: "Sunita Devi"} })
		h.say(asha, "new name", bot.SetName{Name: "सुनीता बाई"})
		for words, want := range map[string][]int64{
			"सुनीता": {asha}, "बाई सुनी*": {asha}, "देवी": nil, "birju": {birju}, "SUNITA": {birju}, "": nil, "nobody": nil,
		} {
			got, err := h.FindNames(h.ctx, words, 10)
			h.ok(err)
			assert.Equal(h, want, got, words)
		}
		h.say(asha, "forget me", bot.Erase{})
		got, err := h.FindNames(h.ctx, "सुनीता", 10)
		h.ok(err)
		assert.Empty(h, got)
	},
	"cases are found by parts of their numbers": func(h *house) {
		asha := h.resident(1)
		one := h.loss(asha, 1, func(c *bot.Case) { c.Reporter.Phone = "9000000001" })
		h.loss(h.resident(2), 2)
		for part, want := range map[string]int{"412345670001": 1, "0001": 1, "4123": 2, "+91 90000 00001": 1, "bsp26000001": 1, "26-000002": 1, "xx": 0} {
			found, err := h.FindCases(h.ctx, part, 10)
			h.ok(err)
			assert.Len(h, found, want, part)
		}
		found, err := h.FindCases(h.ctx, "0001", 10)
		h.ok(err)
		assert.Equal(h, []bot.Case{one}, found)
	},
	"figures count what happened, in days and hours of India": func(h *house) {
		asha, birju, ravi := h.resident(1), h.resident(2), h.officer("ravi")
		midnight := time.Date(2026, 3, 14, 0, 0, 0, 0, locales.IST)
		h.loss(asha, 1, func(c *bot.Case) { c.Opened, c.Legs[0].When, c.Thana = midnight, midnight.Add(-time.Minute), "Kotwali" })
		h.loss(asha, 2, func(c *bot.Case) {
			c.Opened, c.Legs = midnight.Add(-time.Millisecond), []bot.Leg{{Amount: 5, When: midnight}, {Amount: 6}}
		})
		h.loss(asha, 3, func(c *bot.Case) { c.Opened, c.MoneyGone, c.Legs = midnight, false, nil })
		h.loss(asha, 4, func(c *bot.Case) { c.Opened = midnight.AddDate(0, 0, -9) })
		h.ok(h.EscalateNow(h.ctx, asha, bot.Escalate{Reason: bot.ReasonLoss, Urgent: true}, midnight))
		h.ok(h.EscalateNow(h.ctx, birju, bot.Escalate{Reason: bot.ReasonAsked}, midnight.Add(time.Second)))
		h.ok(h.Claim(h.ctx, asha, ravi, false, midnight.Add(90*time.Second), time.Time{}))
		week := bot.FigureFilter{From: midnight.AddDate(0, 0, -6), Until: midnight.AddDate(0, 0, 1)}
		got, err := h.Figures(h.ctx, week)
		h.ok(err)
		assert.Equal(h, []bot.DayFigure{{Day: midnight.AddDate(0, 0, -1), Losses: 1, Lost: 11}, {Day: midnight, Losses: 1, Attempts: 1, Lost: 100_00}}, got.Days)
		assert.Equal(h, []bot.KindFigure{{Day: midnight.AddDate(0, 0, -1), Kind: "otp", N: 1}, {Day: midnight, Kind: "otp", N: 2}}, got.Kinds)
		assert.Equal(h, []bot.ThanaFigure{{Losses: 1, Attempts: 1, Lost: 11}, {Thana: "Kotwali", Losses: 1, Lost: 100_00}}, got.Thanas)
		assert.Equal(h, [24]int{0: 1, 23: 1}, got.Hours)
		assert.Equal(h, []bot.ClaimFigure{{Urgent: true, Waited: 90 * time.Second}, {Waited: -1}}, got.Claims)
		week.Thanas = []string{"Kotwali"}
		got, err = h.Figures(h.ctx, week)
		h.ok(err)
		assert.Len(h, got.Days, 1)
		assert.Len(h, got.Claims, 1, "those whose case is of the thana")
	},
	"cases out of sight are not there": func(h *house) {
		d := h.district()
		h.say(d.sarkanda, "name", bot.SetName{Name: "Sunita"})
		there, here := d.cases[d.sarkanda], d.cases[d.kotwali]
		_, err := h.CaseByID(d.inKotwali, there)
		assert.ErrorIs(h, err, bot.ErrNotFound)
		_, err = h.CaseByID(d.inKotwali, here)
		h.ok(err)
		cases, err := h.Cases(d.inKotwali, bot.CaseFilter{})
		h.ok(err)
		assert.Len(h, cases, 2, "their own and nobody's")
		cases, err = h.FindCases(d.inKotwali, "4123", 10)
		h.ok(err)
		assert.Len(h, cases, 2)
		names, err := h.FindNames(d.inKotwali, "Sunita", 10)
		h.ok(err)
		assert.Empty(h, names)
		names, err = h.FindNames(d.inSarkanda, "Sunita", 10)
		h.ok(err)
		assert.Equal(h, []int64{d.sarkanda}, names)
		_, err = h.HistoryOf(d.inKotwali, d.sarkanda)
		assert.ErrorIs(h, err, bot.ErrNotFound)
		figures, err := h.Figures(d.inKotwali, bot.FigureFilter{From: noon.Add(-time.Hour), Until: noon.Add(time.Hour)})
		h.ok(err)
		assert.Len(h, figures.Thanas, 2)
		assert.Len(h, figures.Claims, 2)
		for name, do := range map[string]func() error{
			"amend": func() error { return h.AmendCase(d.inKotwali, bot.Amendment{Case: there, Officer: d.ravi}) },
			"merge": func() error { return h.MergeCases(d.inKotwali, there, here, d.ravi, noon) },
			"split": func() error { return h.SplitCase(d.inKotwali, bot.Split{Case: there, Officer: d.ravi}) },
			"step":  func() error { return h.TickStep(d.inKotwali, there, "x", true, d.ravi, noon) },
		} {
			assert.ErrorIs(h, do(), bot.ErrNotFound, name)
		}
	},
}
